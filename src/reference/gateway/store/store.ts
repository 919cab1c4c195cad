import type { AppConfig } from "../app-config.ts";

/**
 * What the gateway remembers. Each function is atomic: it takes effect as a whole or not at all, and none of them
 * sees another half done. All reject with `StoreUnavailable` while the storage is away.
 */
export interface Store {
	/** Creates or overwrites; the allow-list stays. */
	saveApp(appId: string, config: AppConfig): Promise<"saved" | "key-in-use">;
	loadApp(appId: string): Promise<AppConfig | undefined>;
	/** Forgets the app, its key, its allow-list and its calls; false when there was none. */
	deleteApp(appId: string): Promise<boolean>;
	findAppByKey(apiKey: string): Promise<KeyOwner | undefined>;
	/** The allow-list is then exactly these numbers. */
	replaceCids(appId: string, numbers: readonly string[]): Promise<CidsWritten>;
	/** The allow-list then has these numbers as well. */
	appendCids(appId: string, numbers: readonly string[]): Promise<CidsWritten>;
	/** In ascending order. */
	listCids(appId: string): Promise<readonly string[] | undefined>;
	removeCid(appId: string, number: string): Promise<"removed" | "app-not-found" | "number-not-found">;
	hasCid(appId: string, number: string): Promise<boolean>;
	/** Counts one call in the app's minute, unless the limit is used up. */
	takeCall(appId: string, limit: number): Promise<CallTaken>;
	isReady(): boolean;
	close(): Promise<void>;
}

export interface KeyOwner {
	readonly appId: string;
	/** As sent: 0 stands for the default. */
	readonly rateLimit: number;
}

export type CidsWritten =
	| { readonly kind: "written"; readonly numbers: readonly string[] }
	| { readonly kind: "app-not-found" }
	| { readonly kind: "full" };

export type CallTaken =
	| { readonly kind: "taken" }
	| { readonly kind: "limited"; readonly retryAfterMs: number }
	| { readonly kind: "app-not-found" };

/** How long a minute of the rate limit is. */
export const RATE_WINDOW_MS = 60_000;
/** Appending may not grow an allow-list beyond this. */
export const CIDS_MAX = 10_000;

/** The storage cannot be asked now. Whether the request under way took effect is not known. */
export class StoreUnavailable extends Error {
	constructor(cause: unknown) {
		super("the storage cannot be reached", { cause });
		this.name = "StoreUnavailable";
	}
}

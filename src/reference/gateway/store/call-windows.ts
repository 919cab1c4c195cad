import { type CallTaken, RATE_WINDOW_MS } from "./store.ts";

/** Counts calls in fixed windows, one per key, each beginning with the first call that it counts. */
export interface CallWindows {
	take(key: string, limit: number): CallTaken;
	forget(key: string): void;
}

/**
 * @param clock milliseconds since some fixed moment
 * @example createCallWindows(Date.now).take("my-app", 100) // { kind: "taken" }
 */
export function createCallWindows(clock: () => number): CallWindows {
	const windows = new Map<string, { readonly startMs: number; count: number }>();
	return {
		take: (key, limit) => {
			const now = clock();
			const open = windows.get(key);
			const current = open !== undefined && now - open.startMs < RATE_WINDOW_MS ? open : { startMs: now, count: 0 };
			if (current.count >= limit) return { kind: "limited", retryAfterMs: current.startMs + RATE_WINDOW_MS - now };
			current.count += 1;
			windows.set(key, current);
			return { kind: "taken" };
		},
		forget: (key) => {
			windows.delete(key);
		},
	};
}

import type { Off } from "../finding/off.ts";
import type { ConfigIdentity } from "./identity.ts";

/** What `holdfast.config.ts` exports by default. Paths are relative to that file. */
export interface Config {
	/** By the short name that reports bear. */
	readonly apis: Readonly<Record<string, ApiConfig>>;
}

/**
 * Everything that a check or a mock of one API needs. Texts may hold `${NAME}`, taken from the environment, or
 * `${NAME:-default}`.
 */
export interface ApiConfig {
	/** The OpenAPI document. */
	readonly spec: string;
	/** OpenAPI Overlays, applied in this order. */
	readonly overlay?: string | readonly string[];
	/** Seed data of the mock. */
	readonly scenario?: string;
	/** Docs pages that `holdfast docs` holds against the document: Markdown, HTML, or text copied from a page. */
	readonly pages?: readonly string[];
	/** The known drifts of the target. */
	readonly ledger?: string;
	/** Rules that make no sense for this API, each with the reason that reports show. */
	readonly off?: readonly Off[];
	/** Who has the last word where document and service differ; it orders the repairs. */
	readonly authority?: "document" | "service";
	/** The base URL, when the target runs by itself. */
	readonly target?: string;
	/** Sent with every request: credentials, as a rule. */
	readonly headers?: Readonly<Record<string, string>>;
	/**
	 * Further callers by name, each with the headers that make it one, or with these as `headers` and what is known of it.
	 * `main` tells what is known of the caller whose headers go with every request.
	 */
	readonly identities?: Readonly<Record<string, ConfigIdentity>>;
	/** True when all of the target's data may be changed. */
	readonly disposable?: boolean;
	/** How to start the target, when the check shall do it. */
	readonly start?: StartConfig;
}

export interface StartConfig {
	/** Program and arguments; text is split at spaces, no shell looks at it. `node` is the Node.js that runs the check. */
	readonly command: string | readonly string[];
	/** Added to the environment; `PORT` (a free one) and `HOST` are set unless they are given here. */
	readonly env?: Readonly<Record<string, string>>;
	/** The base URL; `${PORT}` is the free port. By default `http://127.0.0.1:${PORT}`. */
	readonly url?: string;
	/** A text of the line that says that the target is ready; without it, the port must take a connection. */
	readonly ready?: string;
	/** How long starting may take, in milliseconds; by default 15,000. */
	readonly timeoutMs?: number;
}

/**
 * Types the configuration in an editor; it returns what it is given.
 *
 * @example export default defineConfig({ apis: { shop: { spec: "spec/shop.yaml", target: "http://127.0.0.1:8080" } } })
 */
export function defineConfig(config: Config): Config {
	return config;
}

import type { Headers } from "../../http/exchange.ts";

/** A request as either adapter hands it over. */
export interface MockRequest {
	/** Upper case. */
	readonly method: string;
	/** Path with query as they came, beginning with `/`. */
	readonly path: string;
	/** Names in lower case. */
	readonly headers: Headers;
	/** What stood in front of the path: the prefix under which this API is served beside others. */
	readonly prefix?: string;
	readonly body?: string | Uint8Array | typeof TOO_LARGE | undefined;
}

/** Stands for a body that was longer than the limit and was not kept. */
export const TOO_LARGE: unique symbol = Symbol("too large");

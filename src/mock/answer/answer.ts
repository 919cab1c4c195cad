import type { Headers } from "../../http/exchange.ts";

/** An answer on its way out, before either adapter writes it. */
export interface Answer {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Headers;
	/** Undefined when there is no body. */
	readonly body?: string | Uint8Array;
}

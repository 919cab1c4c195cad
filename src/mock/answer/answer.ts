import type { Headers } from "../../http/exchange.ts";
import type { Disturbance } from "../fault/faults.ts";

/** An answer on its way out, before either adapter writes it. */
export interface Answer {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Headers;
	/** Undefined when there is no body. */
	readonly body?: string | Uint8Array;
	/** How it gets lost or delayed on its way, on purpose. */
	readonly disturbance?: Pick<Disturbance, "drop" | "slowMs">;
}

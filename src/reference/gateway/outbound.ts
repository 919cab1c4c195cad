import { randomUUID } from "node:crypto";

/** The lines to the telephone network. */
export interface Outbound {
	/** Takes a line for a call and names the call; undefined when all lines are taken. */
	placeCall(): string | undefined;
}

export interface OutboundLimits {
	/** Calls at the same time; no limit when undefined. */
	readonly capacity: number | undefined;
	/** How long a call holds its line. */
	readonly callMs: number;
	/** Milliseconds since some fixed moment. */
	readonly clock: () => number;
}

/**
 * Stands for a carrier: it takes and frees lines, nobody's telephone rings. Calls end after a fixed time, because
 * the API has no way to hang up.
 *
 * @example createOutbound({ capacity: 30, callMs: 60_000, clock: Date.now }).placeCall()
 */
export function createOutbound({ capacity, callMs, clock }: OutboundLimits): Outbound {
	/** When each held line is free again, the soonest first. */
	const heldUntilMs: number[] = [];
	return {
		placeCall: () => {
			if (capacity === undefined) return randomUUID();
			const now = clock();
			while ((heldUntilMs[0] ?? Number.POSITIVE_INFINITY) <= now) heldUntilMs.shift();
			if (heldUntilMs.length >= capacity) return undefined;
			heldUntilMs.push(now + callMs);
			return randomUUID();
		},
	};
}

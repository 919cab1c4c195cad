import type { Answer } from "../answer/answer.ts";

/** A body as a fault lets it through. */
export interface DisturbedBody {
	readonly pieces: readonly Uint8Array[];
	/** Before each piece. */
	readonly pauseMs: number;
	/** Whether the connection is lost after the last piece. */
	readonly isLost: boolean;
}

/** So many pieces a slow body comes in, unless it is shorter. */
const PIECES = 10;

/** @example disturbedBody({ status: 200, headers: {}, body: "abcd", disturbance: { drop: "within-body" } }).pieces // "ab" */
export function disturbedBody({ body = "", disturbance = {} }: Answer): DisturbedBody {
	const { drop, slowMs = 0 } = disturbance;
	const bytes = Buffer.from(body as Uint8Array);
	const end = drop === "after-headers" ? 0 : drop === "within-body" ? Math.floor(bytes.length / 2) : bytes.length;
	const size = slowMs === 0 ? Math.max(1, end) : Math.max(1, Math.ceil(end / PIECES));
	const pieces: Uint8Array[] = [];
	for (let at = 0; at < end; at += size) pieces.push(bytes.subarray(at, Math.min(end, at + size)));
	return { pieces, pauseMs: slowMs / Math.max(1, pieces.length), isLost: drop !== undefined };
}

import { setTimeout } from "node:timers/promises";
import type { Call, Credential } from "../../model/call.ts";
import type { Rate } from "../../model/guard/rate.ts";
import type { Bindings } from "../../model/value.ts";
import type { Desk } from "../desk.ts";
import type { Turn } from "../session.ts";

/** One call again and again until it is refused. */
export interface Burst {
	/** How many were let through before the first refusal. */
	readonly accepted: number;
	/** The first refusal; undefined when there was none. */
	readonly refusal: Turn | undefined;
	/** The last that was let through. */
	readonly last: Turn | undefined;
	/** All, in order. */
	readonly turns: readonly Turn[];
	readonly elapsedMs: number;
	/** Something else came than success or the documented refusal. */
	readonly disturbed?: string;
}

/** A call with the credential that is counted. */
export interface Counted {
	readonly call: Call;
	readonly credential: Credential;
	readonly bindings: Bindings;
}

export function callWith({ call, credential }: Counted): Call {
	const credentials = Object.keys(call.credentials).map((scheme) => [scheme, credential] as const);
	return { ...call, credentials: Object.fromEntries(credentials) };
}

/**
 * However a limit of N in a window W is kept: a window that ends in the middle lets through twice N, and a bucket that
 * fills again lets through N·t/W more in the time t. Only beyond that it is not kept at all.
 */
export function legalMost({ max, windowMs }: Rate, elapsedMs: number): number {
	return 2 * max + Math.ceil((max * elapsedMs) / windowMs);
}

/** Sends until the first refusal, or until more was let through than any way of counting allows. */
export async function burst(desk: Desk, guard: Rate, counted: Counted): Promise<Burst> {
	const from = performance.now();
	const turns: Turn[] = [];
	for (;;) {
		const elapsedMs = performance.now() - from;
		const last = turns.at(-1);
		const accepted = turns.length;
		if (accepted > legalMost(guard, elapsedMs)) return { accepted, refusal: undefined, last, turns, elapsedMs };
		const turn =
			desk.stopReason() === undefined ? await desk.session.provoke(callWith(counted), counted.bindings) : undefined;
		const status = turn?.answer?.status;
		const ended = { accepted, refusal: turn, last, turns, elapsedMs };
		if (turn === undefined || status === undefined) return { ...ended, disturbed: "no answer came" };
		if (isRefusal(guard, turn)) return ended;
		if (status >= 400) return { ...ended, disturbed: `it was answered with ${status}` };
		turns.push(turn);
	}
}

export function isRefusal({ statuses }: Rate, turn: Turn | undefined): boolean {
	return turn?.answer !== undefined && statuses.includes(String(turn.answer.status));
}

/** Longer than this no window is waited for. */
export const WAIT_MS_MAX = 5_000;

/**
 * Whether it fills again little by little: within the time of two refills a call gets through. Undefined when that
 * takes longer than is waited for.
 */
export async function isSmooth(desk: Desk, guard: Rate, counted: Counted): Promise<boolean | undefined> {
	const refillMs = guard.windowMs / guard.max;
	if (2 * refillMs > WAIT_MS_MAX) return undefined;
	await setTimeout(2 * refillMs);
	const turn = await desk.session.provoke(callWith(counted), counted.bindings);
	return turn?.answer !== undefined && !isRefusal(guard, turn);
}

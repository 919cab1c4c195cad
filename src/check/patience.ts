import { setTimeout } from "node:timers/promises";
import type { HttpAnswer } from "../http/exchange.ts";

/** One pause is no longer than this, all together no longer than that. */
const PAUSE_MS_MAX = 30_000;
const PAUSES_MS_MAX = 120_000;
/** Without `Retry-After` a 429 gets a second. */
const PAUSE_MS = 1_000;
const TRIES_MAX = 4;

/** Waits as a service asks to (429, and 503 with `Retry-After`: RFC 6585 4, RFC 9110 10.2.3), up to a limit. */
export interface Patience {
	/** True when it has waited and the request is worth sending again. */
	wait(answer: HttpAnswer | undefined, tries: number): Promise<boolean>;
	/** Milliseconds. */
	waited(): number;
}

export function createPatience(now: () => number = Date.now): Patience {
	let waitedMs = 0;
	return {
		waited: () => waitedMs,
		wait: async (answer, tries) => {
			const pauseMs = answer === undefined || tries >= TRIES_MAX ? undefined : pauseFor(answer, now());
			if (pauseMs === undefined || pauseMs > PAUSE_MS_MAX || waitedMs + pauseMs > PAUSES_MS_MAX) return false;
			waitedMs += pauseMs;
			await setTimeout(pauseMs);
			return true;
		},
	};
}

/** Seconds or a date; undefined when the answer does not ask to wait. */
function pauseFor({ status, headers }: HttpAnswer, now: number): number | undefined {
	const text = headers["retry-after"]?.trim();
	if (status === 429 && text === undefined) return PAUSE_MS;
	if ((status !== 429 && status !== 503) || text === undefined) return undefined;
	if (/^\d+$/.test(text)) return Number(text) * 1_000;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

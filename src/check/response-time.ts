import type { Operation } from "../contract/contract.ts";
import { stepOf } from "./conform.ts";
import type { Draft } from "./draft.ts";
import type { Turn } from "./session.ts";

/** Looks at how long answers take; nothing is said of an operation that was late but once. */
export interface Stopwatch {
	note(operation: Operation, turn: Turn): readonly Draft[];
}

/** A machine that is busy with something else is late now and then. */
const LATE_MIN = 2;

/** @param maxMs how long an answer may take, in milliseconds; undefined where nobody asks */
export function createStopwatch(maxMs: number | undefined): Stopwatch {
	const late = new Map<string, readonly Turn[]>();
	return {
		note: (operation, turn) => {
			if (maxMs === undefined || turn.answer === undefined || turn.exchange.durationMs <= maxMs) return [];
			const all = [...(late.get(operation.id) ?? []), turn];
			late.set(operation.id, all);
			return all.length === LATE_MIN ? [draftOf(operation, { maxMs, late: all })] : [];
		},
	};
}

function draftOf(operation: Operation, { maxMs, late }: { maxMs: number; late: readonly Turn[] }): Draft {
	const times = late.map(({ exchange }) => `${Math.round(exchange.durationMs)} ms`).join(" and ");
	return {
		rule: "response-time",
		// Who asks for a limit wants to know when it is not kept.
		level: "drift",
		operation: operation.id,
		documented: `answered within ${maxMs} ms`,
		observed: "later",
		message: `${operation.method} ${operation.path} was to answer within ${maxMs} ms, and took ${times}.`,
		source: operation.source,
		evidence: late.map(stepOf),
		suspects: [],
		cause: `response-time ${operation.id}`,
	};
}

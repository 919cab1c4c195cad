import { renderProblem, UserError } from "../problem/problem.ts";
import { plural } from "../report/summary.ts";
import type { TerminalIo } from "./terminal-io.ts";

/** The user's mistake, and our bug. 0 and 1 are for runs that came to an end (`exitCode`). */
export const USER_MISTAKE = 2;
export const OUR_BUG = 3;

export interface FailureContext {
	/** Ends the count of problems: `Nothing was sent to the service.` */
	readonly reassurance?: string;
	/** Shown with a bug, so that it can be reproduced. */
	readonly seed?: number;
}

/**
 * Shows an error as what it is, and gives the exit code: problems with place and hint for the user's mistake, a stack
 * and the seed for a bug of ours.
 */
export function fail(error: unknown, io: TerminalIo, context: FailureContext = {}): 2 | 3 {
	if (error instanceof UserError) {
		const count = `${plural(error.problems.length, "problem")}.`;
		const last = context.reassurance === undefined ? count : `${count} ${context.reassurance}`;
		io.err(`${[...error.problems.map(renderProblem), last].join("\n")}\n`);
		return USER_MISTAKE;
	}
	const seed = context.seed === undefined ? "" : ` (seed ${context.seed})`;
	const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
	io.err(`This is a bug in holdfast${seed}. Please report it together with these lines:\n${stack}\n`);
	return OUR_BUG;
}

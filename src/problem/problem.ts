import type { Place } from "./source.ts";

/**
 * One thing that is wrong with what the user gave us (a document, an overlay, a flag, a target).
 * Loaders gather all problems and fail once.
 */
export interface Problem {
	/** Stable, kebab-case: `document-not-found`, `unknown-key`. */
	readonly code: string;
	/** One sentence: what is wrong. No trailing place, no stack. */
	readonly message: string;
	readonly place?: Place;
	/** What to do about it, as a sentence or as `did you mean "…"?`. */
	readonly hint?: string;
}

/**
 * The user is wrong. The only error type that reaches a person without a stack trace; the command exits with 2.
 *
 * @example throw new UserError([{ code: "document-not-found", message: "spec.yaml does not exist" }])
 */
export class UserError extends Error {
	readonly problems: readonly Problem[];

	constructor(problems: readonly Problem[], options?: { cause?: unknown }) {
		super(problems.map(renderProblem).join("\n"), options);
		this.name = "UserError";
		this.problems = problems;
	}
}

/** `file:line:column  message; hint`, the one form in which every problem is shown. */
export function renderProblem(problem: Problem): string {
	const place = problem.place === undefined ? "" : `${renderPlace(problem.place)}  `;
	const hint = problem.hint === undefined ? "" : `; ${problem.hint}`;
	return `${place}${problem.message}${hint}`;
}

/** `file`, `file:line` or `file:line:column`, as editors understand it. */
export function renderPlace(place: Place): string {
	const line = place.line === undefined ? "" : `:${place.line}`;
	const column = place.line === undefined || place.column === undefined ? "" : `:${place.column}`;
	return `${place.file}${line}${column}`;
}

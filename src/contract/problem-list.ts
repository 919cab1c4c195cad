import type { Problem } from "../problem/problem.ts";
import type { Place } from "../problem/source.ts";
import { lazy } from "./lazy.ts";
import { PROBLEM_COUNT_MAX } from "./limit.ts";

/** Gathers what is broken while a contract is read. A problem that is met twice is listed once. */
export interface ProblemList {
	readonly problems: readonly Problem[];
	report(problem: Problem): void;
}

/** @example const list = createProblemList(); list.report({ code: "broken-reference", message: "…" }); list.problems */
export function createProblemList(): ProblemList {
	const problems: Problem[] = [];
	const known = new Set<string>();
	return {
		problems,
		report: (problem) => {
			// Beside a pointer the line is left out: finding it parses the text, and it says the same.
			const { file, pointer } = problem.place ?? { file: "" };
			const where = pointer ?? problem.place?.line;
			const identity = JSON.stringify([problem.code, problem.message, file, where]);
			if (known.has(identity) || problems.length >= PROBLEM_COUNT_MAX) return;
			known.add(identity);
			problems.push(problem);
		},
	};
}

/**
 * A place whose line and column are found when somebody reads them, because most problems of a big document are never
 * shown and finding the first line costs a parse.
 */
export function lazyPlace(file: string, pointer: string, locate: () => Place): Place {
	const found = lazy(locate);
	const place: Place = {
		file,
		pointer,
		get line() {
			return found().line as number;
		},
		get column() {
			return found().column as number;
		},
	};
	return place;
}

import { didYouMean } from "../../contract/did-you-mean.ts";
import { renderProblem } from "../../problem/problem.ts";
import type { Source } from "../../problem/source.ts";
import type { Desk } from "../override.ts";

interface Note {
	readonly code: string;
	readonly message: string;
	readonly source: Source;
	/** Which end of the part is meant, where that is not what stands there. */
	readonly end?: "key" | "value" | undefined;
	readonly hint?: string | undefined;
}

/** Notes a mistake once, however many resources share the schema in which it stands. */
export function noteProblem(desk: Desk, { code, message, source, end, hint }: Note): void {
	const problem = { code, message, place: desk.contract.locate(source, end), ...(hint === undefined ? {} : { hint }) };
	const text = renderProblem(problem);
	if (!desk.problems.some((known) => renderProblem(known) === text)) desk.problems.push(problem);
}

/** Notes a name that nothing has. */
export function noteUnknown(
	desk: Desk,
	source: Source,
	{ what, name, known, end }: { what: string; name: string; known: readonly string[]; end?: "key" | "value" },
): void {
	const code = `unknown-${what.split(" of ")[0]?.replaceAll(" ", "-")}`;
	noteProblem(desk, { code, message: `no ${what} is called "${name}"`, source, end, hint: hintFor(name, known) });
}

/** Words of the vocabulary whose law is not there yet: accepting them and doing nothing would be a lie. */
const LATER: ReadonlySet<string> = new Set(["parent"]);

/** What to say of a word that no law knows. */
export function wordHint(word: string, known: readonly string[]): string {
	return LATER.has(word) ? "its law is not built yet" : hintFor(word, known);
}

/** Names the word that was probably meant, else all there are. */
export function hintFor(word: string, known: readonly string[]): string {
	const meant = didYouMean(word, known);
	if (meant !== undefined) return `did you mean "${meant}"?`;
	return known.length === 0 ? "there are none" : `there are ${known.join(", ")}`;
}

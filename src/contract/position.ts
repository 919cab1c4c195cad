import type { Place } from "../problem/source.ts";

/** Which end of a map's entry is meant: its key, or its value. */
export type EntryEnd = "key" | "value";

/** Where a part begins in a text, as an offset in UTF-16 units. A part that is not there gives its nearest ancestor. */
export type Locator = (tokens: readonly string[], end: EntryEnd | undefined) => number;

/** The line and column of an offset. Both count from 1, columns in UTF-16 units, as editors count. */
export type LineIndex = (offset: number) => { readonly line: number; readonly column: number };

/**
 * Finds lines in a text that is asked often: the ends of lines are looked for once.
 *
 * @example createLineIndex("x: 1\ny: 2")(5) // { line: 2, column: 1 }
 */
export function createLineIndex(text: string): LineIndex {
	const starts = [0];
	for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
	return (offset) => {
		let [line, after] = [0, starts.length];
		while (after - line > 1) {
			const middle = (line + after) >> 1;
			if ((starts[middle] ?? 0) <= offset) line = middle;
			else after = middle;
		}
		return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
	};
}

/** The place of one offset. */
export function linePlace(file: string, text: string, offset: number): Place {
	return { file, ...createLineIndex(text)(offset) };
}

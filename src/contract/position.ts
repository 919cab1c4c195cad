import type { Place } from "../problem/source.ts";

/** Which end of a map's entry is meant: its key, or its value. */
export type EntryEnd = "key" | "value";

/** Where a part begins in a text, as an offset in UTF-16 units. A part that is not there gives its nearest ancestor. */
export type Locator = (tokens: readonly string[], end: EntryEnd | undefined) => number;

/**
 * The place of an offset. Lines and columns count from 1, columns in UTF-16 units, as editors count.
 *
 * @example linePlace("a.yaml", "x: 1\ny: 2", 5) // { file: "a.yaml", line: 2, column: 1 }
 */
export function linePlace(file: string, text: string, offset: number): Place {
	const before = text.lastIndexOf("\n", offset - 1);
	let line = 1;
	for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
	return { file, line, column: offset - (offset === 0 ? -1 : before) };
}

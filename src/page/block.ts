/** One line of text with the line of the page that it stands on. */
export interface Line {
	readonly text: string;
	/** Counts from 1. */
	readonly line: number;
}

/** What a page consists of, whatever it is written in. */
export type Block = Heading | Paragraph | Table | Code;

export interface Heading {
	readonly kind: "heading";
	/** 1 is the outermost. Text copied from a page has lost its levels: all its headings are of one. */
	readonly level: number;
	readonly text: string;
	readonly line: number;
}

/** A paragraph or one item of a list, its markup taken away. */
export interface Paragraph {
	readonly kind: "paragraph";
	readonly lines: readonly Line[];
}

export interface Table {
	readonly kind: "table";
	readonly columns: readonly string[];
	readonly rows: readonly TableRow[];
	readonly line: number;
}

export interface TableRow {
	readonly cells: readonly string[];
	readonly line: number;
}

export interface Code {
	readonly kind: "code";
	/** As the page names it, in lower case; empty when it does not. */
	readonly language: string;
	readonly lines: readonly Line[];
}

/** One page, read. */
export interface Page {
	/** As the user named it. */
	readonly file: string;
	readonly format: PageFormat;
	readonly blocks: readonly Block[];
}

export type PageFormat = "markdown" | "html" | "text";

/** Lines as one text, with the line of any offset in it. */
export interface Passage {
	readonly text: string;
	lineAt(offset: number): number;
}

/**
 * Joins lines so that patterns can run over all of them and what they match keeps its place.
 *
 * @example passageOf([{ text: "a", line: 7 }, { text: "b", line: 9 }]).lineAt(2) // 9
 */
export function passageOf(lines: readonly Line[], separator: "\n" | " " = "\n"): Passage {
	const starts: number[] = [];
	let length = 0;
	for (const { text } of lines) {
		starts.push(length);
		length += text.length + separator.length;
	}
	return {
		text: lines.map(({ text }) => text).join(separator),
		lineAt: (offset) => {
			const after = starts.findIndex((start) => start > offset);
			return lines[(after === -1 ? lines.length : after) - 1]?.line ?? 1;
		},
	};
}

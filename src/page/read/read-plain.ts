import type { Block, Line } from "../block.ts";
import { isLabel } from "../label.ts";
import { endpointLine } from "../mention.ts";
import { codeAt } from "./plain/code-block.ts";
import { tableAt } from "./plain/table-at.ts";

/**
 * Reads text that was copied from a page: headings have lost their size, code its fences, tables their lines. What
 * cannot be told for certain is a paragraph.
 *
 * @param names everything that the document gives a name to: where cells stand without anything between them, it tells
 * where a name ends
 */
export function readPlain(text: string, names: ReadonlySet<string>): readonly Block[] {
	const lines = text.split(/\r?\n/).map((line, index): Line => ({ text: line, line: index + 1 }));
	const blocks: Block[] = [];
	for (let at = 0; at < lines.length; ) {
		const { block, end } = blockAt(lines, at, names);
		if (block !== undefined) blocks.push(block);
		at = end;
	}
	return blocks;
}

function blockAt(
	lines: readonly Line[],
	at: number,
	names: ReadonlySet<string>,
): { readonly block?: Block; readonly end: number } {
	const { text, line } = lines[at] as Line;
	if (text.trim() === "") return { end: at + 1 };
	const code = codeAt(lines, at);
	if (code !== undefined) return { block: code, end: at + code.lines.length };
	const found = tableAt(lines, at, names);
	if (found !== undefined) return { block: found.table, end: found.end };
	const level = headingLevel(lines, at);
	if (level !== undefined) return { block: { kind: "heading", level, text: text.trim(), line }, end: at + 1 };
	return paragraphAt(lines, at, names);
}

/** Of the endpoint that a heading names, all that follows is a part, until another title. */
const ENDPOINT_LEVEL = 3;
const TITLE_LEVEL = 2;
const LABEL_LEVEL = 4;
const TITLE_LENGTH_MAX = 80;
const TITLE_WORDS_MAX = 10;

function headingLevel(lines: readonly Line[], at: number): number | undefined {
	const text = lines[at]?.text.trim() ?? "";
	if (isBullet(text)) return undefined;
	if (endpointLine(text) !== undefined) return ENDPOINT_LEVEL;
	const isAlone = isBlank(lines[at - 1]) && isBlank(lines[at + 1]);
	if (isLabel(text) && (isAlone || !/[.,;]$/.test(text))) return LABEL_LEVEL;
	const isTitle = text.length <= TITLE_LENGTH_MAX && !/[.,:;!?]$/.test(text) && /^[\p{Lu}\d]/u.test(text);
	return isAlone && isTitle && text.split(/\s+/).length <= TITLE_WORDS_MAX ? TITLE_LEVEL : undefined;
}

function isBlank(line: Line | undefined): boolean {
	return line === undefined || line.text.trim() === "";
}

function isBullet(text: string): boolean {
	return /^(?:[•◦▪*–-]|\d+[.)])\s/.test(text);
}

/** Up to an empty line, or to a line that is something else. */
function paragraphAt(
	lines: readonly Line[],
	at: number,
	names: ReadonlySet<string>,
): { readonly block: Block; readonly end: number } {
	let end = at + 1;
	for (; end < lines.length; end++) {
		const text = lines[end]?.text.trim() ?? "";
		if (text === "" || isBullet(text) || endpointLine(text) !== undefined || isLabel(text)) break;
		if (codeAt(lines, end) !== undefined || tableAt(lines, end, names) !== undefined) break;
	}
	const taken = lines
		.slice(at, end)
		.map(({ text, line }) => ({ text: text.replace(/^\s*[•◦▪*–-]\s+/, "").trim(), line }));
	return { block: { kind: "paragraph", lines: taken }, end };
}

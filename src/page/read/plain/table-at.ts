import type { Line, Table, TableRow } from "../../block.ts";
import { roleOf, splitHeads } from "../../column.ts";
import { splitRow } from "./glued-row.ts";

/** A table of a text, and the line after it. */
export interface FoundTable {
	readonly table: Table;
	readonly end: number;
}

const COLUMNS_MIN = 2;

/**
 * The table that begins at a line, when one does. Text that is copied from a page shows tables in many ways: with
 * pipes, tabs or runs of spaces between the cells, with nothing between them, or with a line for each cell.
 */
export function tableAt(lines: readonly Line[], start: number, names: ReadonlySet<string>): FoundTable | undefined {
	return separatedTable(lines, start) ?? gluedTable(lines, start, names) ?? stackedTable(lines, start);
}

type Split = (text: string) => readonly string[];

const SEPARATORS: readonly { readonly sign: RegExp; readonly split: Split }[] = [
	{ sign: /\|/, split: (text) => trimEdges(text.split(/(?<!\\)\|/)).map((cell) => cell.replaceAll("\\|", "|").trim()) },
	{ sign: /\t/, split: (text) => text.split("\t").map((cell) => cell.trim()) },
	{ sign: /\S {2,}\S/, split: (text) => text.trim().split(/ {2,}/) },
];

/** `| a | b |` has empty text before the first pipe and after the last. */
function trimEdges(cells: readonly string[]): readonly string[] {
	const from = cells[0]?.trim() === "" ? 1 : 0;
	const to = cells.length > 1 && cells.at(-1)?.trim() === "" ? cells.length - 1 : cells.length;
	return cells.slice(from, to);
}

const RULE = /^[\s|+:=-]*-[\s|+:=-]*$/;

function separatedTable(lines: readonly Line[], start: number): FoundTable | undefined {
	const head = lines[start];
	if (head === undefined) return undefined;
	for (const separator of SEPARATORS) {
		if (!separator.sign.test(head.text)) continue;
		const columns = separator.split(head.text);
		if (columns.length < COLUMNS_MIN || !areHeads(columns)) continue;
		const { rows, end } = takeRows(lines, start + 1, { ...separator, count: columns.length });
		if (rows.length > 0) return { table: { kind: "table", columns, rows, line: head.line }, end };
	}
	return undefined;
}

interface Separator {
	readonly sign: RegExp;
	readonly split: Split;
	readonly count: number;
}

function takeRows(
	lines: readonly Line[],
	start: number,
	{ sign, split, count }: Separator,
): { readonly rows: readonly TableRow[]; readonly end: number } {
	const rows: TableRow[] = [];
	let end = start;
	for (; end < lines.length; end++) {
		const { text, line } = lines[end] as Line;
		if (RULE.test(text)) continue;
		if (!sign.test(text)) break;
		rows.push({ cells: joinRest(split(text), count), line });
	}
	return { rows, end };
}

/** More cells than columns: a sign that separates cells stood in the last one. */
function joinRest(cells: readonly string[], count: number): readonly string[] {
	return cells.length <= count ? cells : [...cells.slice(0, count - 1), cells.slice(count - 1).join(" | ")];
}

/** All heads are known, or nearly all: a line of prose has none. */
function areHeads(columns: readonly string[]): boolean {
	const known = columns.filter((column) => roleOf(column) !== undefined).length;
	return known >= COLUMNS_MIN && known >= columns.length - 1;
}

function gluedTable(lines: readonly Line[], start: number, names: ReadonlySet<string>): FoundTable | undefined {
	const head = lines[start];
	const columns = head === undefined ? undefined : splitHeads(head.text);
	if (head === undefined || columns === undefined) return undefined;
	const rows: TableRow[] = [];
	let end = start + 1;
	for (; end < lines.length; end++) {
		const { text, line } = lines[end] as Line;
		if (text.trim() === "") break;
		const cells = splitRow(text, columns, names);
		// A row that cannot be read is left out; it is still a row.
		if (cells !== undefined) rows.push({ cells, line });
	}
	return rows.length === 0 ? undefined : { table: { kind: "table", columns, rows, line: head.line }, end };
}

/** Heads one below the other, then the cells in the same way; empty lines between them mean nothing. */
function stackedTable(lines: readonly Line[], start: number): FoundTable | undefined {
	if (roleOf(lines[start]?.text ?? "") === undefined) return undefined;
	const filled: { readonly index: number; readonly line: Line }[] = [];
	for (let index = start; index < Math.min(lines.length, start + STACKED_LINES_MAX); index++) {
		const line = lines[index] as Line;
		if (line.text.trim() !== "") filled.push({ index, line });
	}
	const columns = takeHeads(filled.map(({ line }) => line.text));
	if (columns.length < 3) return undefined;
	const rows: TableRow[] = [];
	let end = start;
	for (let at = columns.length; at + columns.length <= filled.length; at += columns.length) {
		const row = filled.slice(at, at + columns.length);
		const cells = row.map(({ line }) => line.text.trim());
		if (!fits(cells, columns)) break;
		rows.push({ cells, line: row[0]?.line.line ?? 1 });
		end = (row.at(-1)?.index ?? start) + 1;
	}
	const line = lines[start]?.line ?? 1;
	return rows.length === 0 ? undefined : { table: { kind: "table", columns, rows, line }, end };
}

const STACKED_LINES_MAX = 600;

function takeHeads(texts: readonly string[]): readonly string[] {
	const end = texts.findIndex((text) => roleOf(text) === undefined);
	return texts.slice(0, end === -1 ? 0 : end).map((text) => text.trim());
}

/** Cells of a closed vocabulary must be of it, else these lines are no row. */
function fits(cells: readonly string[], columns: readonly string[]): boolean {
	return cells.every((cell, index) => {
		const role = roleOf(columns[index] ?? "");
		if (role === "name") return /^[\w.[\]<>{}$-]+\*?$/.test(cell);
		if (role === "type") return cell.length <= 40 && /^[a-z"'[{(]/i.test(cell);
		if (role === "required") return /^(?:required|optional|mandatory|yes|no|true|false|✓|✔|✅|✗|✘|❌|—|-)/i.test(cell);
		if (role === "status") return /^[1-5](?:\d\d|xx)/i.test(cell);
		if (role === "method") return /^[A-Z]+$/.test(cell);
		return role !== "path" || cell.includes("/");
	});
}

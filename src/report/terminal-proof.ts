import { type ProofRow, wordsOf } from "./proof.ts";
import type { Paint } from "./style.ts";

const REQUEST_WIDTH_MAX = 44;
const PREDICTED_WIDTH_MAX = 40;
const OBSERVED_WIDTH_MAX = 60;
const HEADINGS = { request: "request", predicted: "docs predict", observed: "service shows" } as const;

/**
 * The proof as a table of three columns, the difference underlined; where a cell is too long for that, one block a step.
 * Lines carry no indentation.
 */
export function renderProof(rows: readonly ProofRow[], paint: Paint): readonly string[] {
	if (rows.length === 0) return [];
	// Where both sides agree, a cut cell tells enough; where they part, every word counts.
	const fits = rows.every(
		(row) =>
			row.difference === undefined ||
			(row.predicted.length <= PREDICTED_WIDTH_MAX && row.observed.length <= OBSERVED_WIDTH_MAX),
	);
	return fits ? renderTable(rows.map(cutRow), paint) : renderBlocks(rows, paint);
}

function cutRow(row: ProofRow): ProofRow {
	const predicted = cut(row.predicted, PREDICTED_WIDTH_MAX);
	const observed = cut(row.observed, OBSERVED_WIDTH_MAX);
	const room = REQUEST_WIDTH_MAX - row.request.method.length - 1;
	return { ...row, predicted, observed, ...(row.body === undefined ? {} : { body: cut(row.body, room) }) };
}

function cut(text: string, width: number): string {
	return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function renderTable(rows: readonly ProofRow[], paint: Paint): readonly string[] {
	const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length)) + 3;
	const request = widest([HEADINGS.request, ...rows.flatMap(requestLines)]);
	const predicted = widest([HEADINGS.predicted, ...rows.map((row) => row.predicted)]);
	const line = (cells: readonly [string, string, string], number = ""): string =>
		`${number.padStart(3)} ${cells[0].padEnd(request)}${cells[1].padEnd(predicted)}${cells[2]}`.trimEnd();
	const heading = paint("dim", line([HEADINGS.request, HEADINGS.predicted, HEADINGS.observed]));
	const body = rows.flatMap((row, index) => {
		const lines = requestLines(row);
		const last = lines.length - 1;
		return [
			...lines.map((text, at) => {
				const isLast = at === last;
				return line([text, isLast ? row.predicted : "", isLast ? row.observed : ""], at === 0 ? `${index + 1}` : "");
			}),
			...underline(row, { predictedAt: 4 + request, observedAt: 4 + request + predicted }, paint),
		];
	});
	return [heading, ...body];
}

/** Method and path on the first line, the body under it. */
function requestLines(row: ProofRow): readonly string[] {
	const { method, path } = row.request;
	const room = REQUEST_WIDTH_MAX - method.length - 1;
	const first = `${method} ${path.length > room ? shortenPath(path, room) : path}`;
	return row.body === undefined ? [first] : [first, `${" ".repeat(method.length + 1)}${row.body}`];
}

/** The end of a path tells more than its beginning. */
function shortenPath(path: string, room: number): string {
	const segments = path.split("/");
	while (segments.length > 2 && segments.join("/").length + 1 > room) segments.shift();
	return `…/${segments.join("/")}`;
}

interface Columns {
	readonly predictedAt: number;
	readonly observedAt: number;
}

function underline(row: ProofRow, { predictedAt, observedAt }: Columns, paint: Paint): readonly string[] {
	const { difference } = row;
	if (difference === undefined) return [];
	const marks = [
		{ at: predictedAt, text: carets(row.predicted, difference.missing), label: "missing" },
		{ at: observedAt, text: carets(row.observed, difference.extra), label: extraLabel(difference.stillThere) },
	].filter((mark) => mark.text !== "");
	// One line each: the label of the first would run into the second.
	return marks.map(({ at, text, label }) => paint("red", `${" ".repeat(at)}${text} ${label}`));
}

function extraLabel(stillThere: boolean): string {
	return stillThere ? "still there" : "not predicted";
}

/** Carets under the words that differ, spaces under the rest. */
function carets(text: string, words: readonly string[]): string {
	const left = [...words];
	const marked = text.replace(/\S+/g, (word) => {
		const at = left.indexOf(word);
		if (at === -1) return " ".repeat(word.length);
		left.splice(at, 1);
		return "^".repeat(word.length);
	});
	return marked.trimEnd();
}

const BLOCK_WIDTH_MAX = 110;

function renderBlocks(rows: readonly ProofRow[], paint: Paint): readonly string[] {
	return rows.flatMap((row, index) => {
		const { method, path } = row.request;
		const lines = [`${String(index + 1).padStart(3)} ${method} ${path}`];
		if (row.body !== undefined) lines.push(`      ${row.body}`);
		if (row.predicted !== "") lines.push(...labelled("docs predict  ", row.predicted));
		const observed = labelled("service shows ", row.observed);
		return [...lines, ...(row.difference === undefined ? observed : observed.map((line) => paint("red", line)))];
	});
}

function labelled(label: string, text: string): readonly string[] {
	const lines: string[] = [];
	let line = "";
	for (const word of wordsOf(text)) {
		if (line !== "" && line.length + word.length + 1 > BLOCK_WIDTH_MAX) {
			lines.push(line);
			line = "";
		}
		line = line === "" ? word : `${line} ${word}`;
	}
	return [...lines, line].map((each, index) => `      ${index === 0 ? label : " ".repeat(label.length)} ${each}`);
}

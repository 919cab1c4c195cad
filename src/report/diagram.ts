import { admits, isExpectedStatus, pairItems } from "../finding/expected.ts";
import type { Expected, Finding, Step } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { type HttpRequest, isAnswer, type Json } from "../http/exchange.ts";
import { type ProofRow, proofRows } from "./proof.ts";
import { symbolsOf } from "./symbol.ts";

/** The proof of a finding as something to be drawn: requests down the side, two states beside each other. */
export interface DiagramRow {
	readonly request: HttpRequest;
	readonly body?: string;
	readonly predicted: Side;
	readonly observed: Side;
	/** True where the two part. */
	readonly parts: boolean;
}

/** One state: plain words, the items of a list, or the fields of an object. */
export type Side =
	| { readonly kind: "text"; readonly piece: Piece }
	| { readonly kind: "items"; readonly items: readonly Piece[]; readonly more: number }
	| { readonly kind: "fields"; readonly fields: readonly Field[]; readonly more: number };

export interface Field {
	readonly name: string;
	readonly pieces: readonly Piece[];
}

export interface Piece {
	readonly text: string;
	readonly mark: Mark;
}

/** `missing`: predicted and not shown. `stale`: shown, not predicted, and an earlier step showed it. */
export type Mark = "same" | "missing" | "extra" | "stale" | "other";

const ITEMS_MAX = 12;
const FIELDS_MAX = 12;
const TEXT_MAX = 120;

/** @example diagramOf(run, finding).at(-1)?.observed // { kind: "items", items: [{ text: "1", mark: "stale" }, …] } */
export function diagramOf(run: Run, finding: Finding): readonly DiagramRow[] {
	const symbols = symbolsOf(run, finding);
	const rows = proofRows(run, finding);
	const seen = new Set<string>();
	return finding.evidence.map((step, index) => {
		const row = rows[index] as ProofRow;
		const drawing = { text: (value: Json | undefined) => cut(symbols.text(show(value))), seen };
		const sides = sidesOf(step, row, { drawing, finding });
		for (const text of textsIn(sides.observed)) seen.add(text);
		return {
			request: row.request,
			...(row.body === undefined ? {} : { body: row.body }),
			...(step.parts ? sides : quiet(sides)),
			parts: step.parts,
		};
	});
}

interface Drawing {
	readonly text: (value: Json | undefined) => string;
	readonly seen: ReadonlySet<string>;
}

interface Sides {
	readonly predicted: Side;
	readonly observed: Side;
}

function sidesOf(
	step: Step,
	row: ProofRow,
	{ drawing, finding }: { readonly drawing: Drawing; readonly finding: Finding },
): Sides {
	const { expects, exchange } = step;
	const { answer } = exchange;
	const actual = isAnswer(answer) ? parse(answer.body) : undefined;
	const isOther = expects !== undefined && isAnswer(answer) && !isExpectedStatus(expects, answer.status);
	if (expects?.body !== undefined && actual !== undefined && !isOther) {
		const drawn = drawState(expects.body, actual, drawing) ?? words(row);
		return step.parts ? withUnpredicted(drawn, actual, drawing) : drawn;
	}
	if (expects === undefined && step.parts) return drawPlace(finding, actual, { row, drawing }) ?? words(row, finding);
	return words(row, step.parts ? finding : undefined);
}

/** Two states of which nothing is known but words. */
function words(row: ProofRow, finding?: Finding): Sides {
	const predicted = row.predicted === "" ? (finding?.documented ?? "") : row.predicted;
	const mark = finding === undefined ? "same" : "other";
	return { predicted: text(predicted, "same"), observed: text(row.observed, mark) };
}

function text(value: string, mark: Mark): Side {
	return { kind: "text", piece: { text: value, mark } };
}

function drawState(expected: Expected, actual: Json, drawing: Drawing): Sides | undefined {
	if (expected.kind === "list" && Array.isArray(actual)) {
		const { predicted, observed } = drawList(expected, actual, drawing);
		return { predicted: itemsOf(predicted), observed: itemsOf(observed) };
	}
	if (expected.kind !== "object" || typeof actual !== "object" || actual === null || Array.isArray(actual))
		return undefined;
	const shown = actual as Readonly<Record<string, Json>>;
	const pairs = Object.entries(expected.members).map(([name, member]) => ({
		name,
		...drawMember(member, shown[name], drawing),
	}));
	return {
		predicted: fieldsOf(pairs.map(({ name, predicted }) => ({ name, pieces: predicted }))),
		observed: fieldsOf(pairs.map(({ name, observed }) => ({ name, pieces: observed }))),
	};
}

/** Where nothing that is predicted differs, what is shown besides it does. */
function withUnpredicted(sides: Sides, actual: Json, drawing: Drawing): Sides {
	const { observed } = sides;
	const isMarked = [sides.predicted, observed].some((side) => piecesOf(side).some(({ mark }) => mark !== "same"));
	if (isMarked || observed.kind !== "fields" || typeof actual !== "object" || actual === null) return sides;
	const others = Object.entries(actual as Readonly<Record<string, Json>>)
		.filter(([name]) => observed.fields.every((field) => field.name !== name))
		.map(([name, value]): Field => {
			const shown = drawing.text(value);
			return { name, pieces: [{ text: shown, mark: drawing.seen.has(shown) ? "stale" : "extra" }] };
		});
	return { ...sides, observed: fieldsOf([...observed.fields, ...others]) };
}

function piecesOf(side: Side): readonly Piece[] {
	if (side.kind === "text") return [side.piece];
	return side.kind === "items" ? side.items : side.fields.flatMap((field) => field.pieces);
}

interface Pieces {
	readonly predicted: readonly Piece[];
	readonly observed: readonly Piece[];
}

function drawMember(expected: Expected, actual: Json | undefined, drawing: Drawing): Pieces {
	if (expected.kind === "list" && Array.isArray(actual)) return drawList(expected, actual, drawing);
	const isSame = admits(expected, actual);
	const predicted: Piece = {
		text: describe(expected, drawing),
		mark: isSame || actual !== undefined ? "same" : "missing",
	};
	const observed: Piece =
		actual === undefined
			? { text: "not there", mark: isSame ? "same" : "other" }
			: { text: drawing.text(actual), mark: isSame ? "same" : "other" };
	return { predicted: [predicted], observed: [observed] };
}

function drawList(expected: Expected & { kind: "list" }, actual: readonly Json[], drawing: Drawing): Pieces {
	const { missing, extra } = pairItems(expected, actual);
	const predicted = expected.items.map(
		(item, index): Piece => ({ text: describe(item, drawing), mark: missing.has(index) ? "missing" : "same" }),
	);
	const observed = actual.map((item, index): Piece => {
		const shown = drawing.text(item);
		const mark = extra.has(index) ? (drawing.seen.has(shown) ? "stale" : "extra") : "same";
		return { text: shown, mark };
	});
	return { predicted: isDisordered(expected, actual) ? withOrder(predicted) : predicted, observed };
}

/** The same items in another order. */
function isDisordered(expected: Expected & { kind: "list" }, actual: readonly Json[]): boolean {
	const { missing, extra } = pairItems(expected, actual);
	return missing.size === 0 && extra.size === 0 && !admits(expected, actual);
}

function withOrder(pieces: readonly Piece[]): readonly Piece[] {
	return pieces.map(({ text: value }, index) => ({ text: `${index + 1}. ${value}`, mark: "other" }));
}

function describe(expected: Expected, drawing: Drawing): string {
	return drawing.text(plain(expected));
}

/** An expected value as one that can be shown: what is open is an ellipsis. */
function plain(expected: Expected): Json {
	switch (expected.kind) {
		case "any":
			return "…";
		case "value":
			return expected.value;
		case "absent":
			return "not there";
		case "not":
			return `not ${show(expected.value)}`;
		case "object":
			return Object.fromEntries(Object.entries(expected.members).map(([name, member]) => [name, plain(member)]));
		case "list":
			return expected.items.map(plain);
	}
}

const PLACE = /^body((?:\/[^/\s]*)*) of \d{3}$/;

/** A finding about one place of a body: the object around that place, and the place in it marked. */
function drawPlace(
	{ subject = "", documented }: Finding,
	actual: Json | undefined,
	{ row, drawing }: { readonly row: ProofRow; readonly drawing: Drawing },
): Sides | undefined {
	const tokens = PLACE.exec(subject)?.[1]
		?.split("/")
		.slice(1)
		.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
	if (tokens === undefined) return undefined;
	const name = tokens.at(-1);
	const around = objectAround(actual, tokens.slice(0, -1), name);
	if (name === undefined || around === undefined) return undefined;
	const observed = Object.entries(around).map(
		([key, value]): Field => ({
			name: key,
			pieces: [{ text: drawing.text(value), mark: key === name ? "other" : "same" }],
		}),
	);
	const place = observed.filter((field) => field.name === name);
	const others = observed.filter((field) => field.name !== name);
	return {
		predicted: fieldsOf([{ name, pieces: [{ text: documented, mark: "same" }] }]),
		observed: place.length === 0 ? text(row.observed, "other") : fieldsOf([...place, ...others]),
	};
}

/** The first object on the way that holds the last step of it. */
function objectAround(
	value: Json | undefined,
	way: readonly string[],
	name: string | undefined,
): Readonly<Record<string, Json>> | undefined {
	const [step, ...rest] = way;
	if (Array.isArray(value)) {
		const inner = step === "*" ? rest : way;
		return value.map((item: Json) => objectAround(item, inner, name)).find((found) => found !== undefined);
	}
	if (typeof value !== "object" || value === null) return undefined;
	const record = value as Readonly<Record<string, Json>>;
	if (step !== undefined) return objectAround(record[step], rest, name);
	return name !== undefined && Object.hasOwn(record, name) ? record : undefined;
}

function itemsOf(pieces: readonly Piece[]): Side {
	const items = important(pieces, ITEMS_MAX, ({ mark }) => mark);
	return { kind: "items", items, more: pieces.length - items.length };
}

function fieldsOf(all: readonly Field[]): Side {
	const fields = important(all, FIELDS_MAX, ({ pieces }) => pieces.find(({ mark }) => mark !== "same")?.mark ?? "same");
	return { kind: "fields", fields, more: all.length - fields.length };
}

/** Where not all can be shown, those that differ are. */
function important<Item>(items: readonly Item[], most: number, markOf: (item: Item) => Mark): readonly Item[] {
	if (items.length <= most) return items;
	const differing = items.filter((item) => markOf(item) !== "same").slice(0, most);
	const others = items.filter((item) => markOf(item) === "same").slice(0, most - differing.length);
	return items.filter((item) => differing.includes(item) || others.includes(item));
}

function quiet({ predicted, observed }: Sides): Sides {
	return { predicted: unmarked(predicted), observed: unmarked(observed) };
}

function unmarked(side: Side): Side {
	const plainly = (pieces: readonly Piece[]): readonly Piece[] => pieces.map((piece) => ({ ...piece, mark: "same" }));
	if (side.kind === "text") return { ...side, piece: { ...side.piece, mark: "same" } };
	if (side.kind === "items") return { ...side, items: plainly(side.items) };
	return { ...side, fields: side.fields.map((field) => ({ ...field, pieces: plainly(field.pieces) })) };
}

function textsIn(side: Side): readonly string[] {
	return piecesOf(side).map((piece) => piece.text);
}

function parse(body: string): Json | undefined {
	try {
		return JSON.parse(body) as Json;
	} catch {
		return undefined;
	}
}

function show(value: Json | undefined): string {
	return typeof value === "string" && value.trim() !== "" ? value : (JSON.stringify(value) ?? "");
}

function cut(value: string): string {
	const line = value.replace(/\s+/g, " ");
	return line.length > TEXT_MAX ? `${line.slice(0, TEXT_MAX - 1)}…` : line;
}

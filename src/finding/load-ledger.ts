import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { hintOf } from "../contract/did-you-mean.ts";
import { type Problem, UserError } from "../problem/problem.ts";
import type { Place } from "../problem/source.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";
import { RULES, type Rule } from "./rule.ts";

/**
 * Reads the ledger of one target.
 *
 * @throws UserError with every problem at once: file:line:column, and what was probably meant.
 * @example await loadLedger("contracts/gateway/known-drift.yaml")
 */
export async function loadLedger(file: string, cwd: string = process.cwd()): Promise<Ledger> {
	let text: string;
	try {
		text = await readFile(resolve(cwd, file), "utf8");
	} catch (cause) {
		const problem: Problem = { code: "ledger-not-found", message: `cannot read the ledger ${file}`, place: { file } };
		throw new UserError([problem], { cause });
	}
	return parseLedger(text, file);
}

/** The ledger in a text; see `loadLedger`. */
export function parseLedger(text: string, file: string): Ledger {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines });
	const reader = createReader(file, lines);
	for (const error of document.errors) {
		reader.complain("ledger-syntax", error.message.split("\n")[0] ?? "", reader.placeAt(error.pos[0]));
	}
	const ledger = document.errors.length === 0 ? readRoot(document.contents, reader) : undefined;
	if (ledger === undefined || reader.problems.length > 0) throw new UserError(reader.problems);
	return ledger;
}

interface Reader {
	readonly file: string;
	readonly problems: Problem[];
	placeAt(offset: number): Place;
	placeOf(node: unknown): Place;
	complain(code: string, message: string, place: Place, hint?: { readonly hint?: string }): void;
}

function createReader(file: string, lines: LineCounter): Reader {
	const problems: Problem[] = [];
	const placeAt = (offset: number): Place => {
		const { line, col } = lines.linePos(offset);
		return { file, line, column: col };
	};
	return {
		file,
		problems,
		placeAt,
		placeOf: (node) => placeAt((node as Node | undefined)?.range?.[0] ?? 0),
		complain: (code, message, place, hint = {}) => void problems.push({ code, message, place, ...hint }),
	};
}

const ROOT_KEYS: readonly string[] = ["target", "known"];
const REQUIRED = ["rule", "operation", "documented", "observed", "reason"] as const;
const OPTIONAL = ["subject", "owner", "workaround", "since", "expires", "ticket"] as const;
const ENTRY_KEYS: readonly string[] = [...REQUIRED, ...OPTIONAL];

function readRoot(root: unknown, reader: Reader): Ledger | undefined {
	if (!isMap(root)) {
		reader.complain("ledger-form", "a ledger is an object with the list `known`", reader.placeAt(0));
		return undefined;
	}
	refuseUnknownKeys(root, ROOT_KEYS, reader);
	const target = root.get("target");
	const known = root.get("known", true) as unknown;
	if (!isSeq(known)) {
		reader.complain(
			"ledger-form",
			"`known` must be a list; `known: []` is an empty ledger",
			reader.placeOf(known ?? root),
		);
		return undefined;
	}
	const entries = known.items.flatMap((item) => readEntry(item, reader) ?? []);
	refuseTwins(entries, reader);
	return { file: reader.file, ...(typeof target === "string" ? { target } : {}), entries };
}

function readEntry(item: unknown, reader: Reader): LedgerEntry | undefined {
	const place = reader.placeOf(item);
	if (!isMap(item)) {
		reader.complain("ledger-form", "an entry is an object", place);
		return undefined;
	}
	const before = reader.problems.length;
	refuseUnknownKeys(item, ENTRY_KEYS, reader);
	const texts: Record<string, string> = {};
	for (const pair of item.items) Object.assign(texts, readText(pair, reader));
	for (const key of REQUIRED) {
		if (texts[key] === undefined && !item.has(key)) reader.complain("missing-key", `the entry has no ${key}`, place);
	}
	checkRule(item, texts.rule, reader);
	for (const key of ["since", "expires"]) checkDate(item, key, texts[key], reader);
	return reader.problems.length > before ? undefined : ({ ...texts, source: place } as unknown as LedgerEntry);
}

function refuseUnknownKeys(map: YAMLMap, keys: readonly string[], reader: Reader): void {
	for (const { key } of map.items) {
		const name = isScalar(key) ? String(key.value) : String(key);
		if (keys.includes(name)) continue;
		reader.complain("unknown-key", `unknown key "${name}"`, reader.placeOf(key), hintOf(name, keys));
	}
}

function readText(pair: Pair, reader: Reader): Readonly<Record<string, string>> {
	const name = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
	const value = isScalar(pair.value) ? pair.value.value : undefined;
	if (!ENTRY_KEYS.includes(name)) return {};
	// A ticket may be a number.
	if ((typeof value === "string" && value.trim() !== "") || typeof value === "number")
		return { [name]: String(value).trim() };
	reader.complain("empty-text", `${name} must be text`, reader.placeOf(pair.value ?? pair.key));
	return {};
}

function checkRule(entry: YAMLMap, rule: string | undefined, reader: Reader): rule is Rule {
	if (rule === undefined || Object.hasOwn(RULES, rule)) return true;
	const place = reader.placeOf(entry.get("rule", true));
	reader.complain("unknown-rule", `unknown rule "${rule}"`, place, hintOf(rule, Object.keys(RULES)));
	return false;
}

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/;

function checkDate(entry: YAMLMap, key: string, text: string | undefined, reader: Reader): void {
	if (text === undefined || (DATE.test(text) && isOnTheCalendar(text))) return;
	const place = reader.placeOf(entry.get(key, true));
	reader.complain("bad-date", `${key} is no date: "${text}"`, place, { hint: "write it like 2026-11-21 or 2026-11" });
}

function isOnTheCalendar(text: string): boolean {
	const date = new Date(text);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Two entries for one drift would have two reasons and two dates. */
function refuseTwins(entries: readonly LedgerEntry[], reader: Reader): void {
	const seen = new Map<string, LedgerEntry>();
	for (const entry of entries) {
		const key = JSON.stringify([entry.rule, entry.operation, entry.subject, entry.documented, entry.observed]);
		const twin = seen.get(key);
		if (twin === undefined) seen.set(key, entry);
		else reader.complain("duplicate-entry", `the same drift stands in line ${twin.source.line} already`, entry.source);
	}
}

import type { Json } from "../http/exchange.ts";
import { assign } from "./assign.ts";
import {
	type Bindings,
	concretize,
	identify,
	isObject,
	isServerValue,
	ownerOf,
	propertyOf,
	type ServerValue,
	type Value,
} from "./value.ts";

/** What an answer may be: known where the model knows, open where it does not. */
export type Pattern =
	| { readonly kind: "any" }
	/** The value; objects inside it may have further members, arrays may not. */
	| {
			readonly kind: "value";
			readonly value: Value;
			readonly order: Order;
			/** It need not be there at all: what is left out tells nothing. */
			readonly optional?: boolean;
	  }
	/** These members match; the others are open. */
	| { readonly kind: "object"; readonly members: Readonly<Record<string, Pattern>> }
	| {
			readonly kind: "list";
			readonly items: readonly Pattern[];
			readonly order: Order;
			/** False: other people's items may stand among ours. */
			readonly complete: boolean;
			/** So many of the items are missing, nobody knows which. */
			readonly lacks: number;
			/** Items that must not be there. */
			readonly without: readonly Pattern[];
			/** Nothing says whether the same value may stand there twice: how often it does tells nothing. */
			readonly repeats?: "ignored";
	  }
	/** Absent, or anything but this value. As long as nobody knows the value, anything is something else. */
	| { readonly kind: "not"; readonly value: Value };

/** `kept`: position matters. `free`: it does not. */
export type Order = "kept" | "free";

export const ANY: Pattern = { kind: "any" };

/** Where and how an answer leaves its pattern. */
export interface Mismatch {
	/** JSON Pointer into the answer. */
	readonly pointer: string;
	readonly expected: Value | undefined;
	readonly actual: Json | undefined;
	readonly what: "differs" | "missing" | "unexpected" | "not-a-list" | "not-an-object";
}

export type Match =
	| { readonly ok: true; readonly bindings: Bindings }
	| { readonly ok: false; readonly mismatch: Mismatch };

/**
 * Holds an answer against a pattern. Symbols that are met for the first time are bound; bound ones are compared.
 *
 * @example match({ kind: "value", value: ["b", "a"], order: "free" }, ["a", "b"], new Map()).ok === true
 */
export function match(pattern: Pattern, actual: Json | undefined, bindings: Bindings, pointer = ""): Match {
	switch (pattern.kind) {
		case "any":
			return { ok: true, bindings };
		case "not":
			return isSurely(pattern.value, actual, bindings)
				? failed({ pointer, expected: undefined, actual, what: "unexpected" })
				: { ok: true, bindings };
		case "value":
			if (actual === undefined && pattern.optional === true) return { ok: true, bindings };
			return matchValue(pattern.value, actual, { bindings, pointer, order: pattern.order });
		case "object":
			return matchMembers(pattern.members, actual, { bindings, pointer, order: "kept" });
		case "list":
			return matchList(pattern, actual, { bindings, pointer, order: pattern.order });
	}
}

interface Place {
	readonly bindings: Bindings;
	readonly pointer: string;
	readonly order: Order;
}

function failed(mismatch: Mismatch): Match {
	return { ok: false, mismatch };
}

function matchValue(expected: Value, actual: Json | undefined, place: Place): Match {
	if (isServerValue(expected)) return matchServerValue(expected, actual, place);
	if (Array.isArray(expected)) {
		const items = expected.map((value: Value): Pattern => ({ kind: "value", value, order: place.order }));
		return matchList({ kind: "list", items, order: place.order, complete: true, lacks: 0, without: [] }, actual, place);
	}
	if (isObject(expected)) {
		const members = Object.entries(expected).map(([name, value]): [string, Pattern] => [
			name,
			{ kind: "value", value, order: place.order },
		]);
		return matchMembers(Object.fromEntries(members), actual, place);
	}
	if (Object.is(expected, actual) || areEqualScalars(expected as Json, actual))
		return { ok: true, bindings: place.bindings };
	const what = actual === undefined ? "missing" : "differs";
	return failed({ pointer: place.pointer, expected, actual, what });
}

/** Zero has no sign on the wire, and one instant has several spellings (RFC 3339): neither is a difference. */
function areEqualScalars(expected: Json, actual: Json | undefined): boolean {
	if (expected === actual) return true;
	if (typeof expected !== "string" || typeof actual !== "string") return false;
	if (!INSTANT.test(expected) || !INSTANT.test(actual)) return false;
	return distanceMs(expected, actual) === 0;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

function matchServerValue(expected: ServerValue, actual: Json | undefined, place: Place): Match {
	const owner = ownerOf(expected);
	const { bindings, pointer } = place;
	if (expected.not !== undefined && isSurely(expected.not, actual, bindings))
		return failed({ pointer, expected: undefined, actual, what: "unexpected" });
	if (owner === "volatile") return { ok: true, bindings };
	if (!bindings.has(expected.name)) {
		// Only what nobody set can turn out to be nothing; an id or a time that is not shown is still to be learned.
		if (actual === undefined && owner !== "default") return { ok: true, bindings };
		return { ok: true, bindings: new Map(bindings).set(expected.name, actual) };
	}
	const known = bindings.get(expected.name);
	if (isSame(known, actual) || (owner === "stable" && areAlmostSameInstant(known, actual)))
		return { ok: true, bindings };
	const what = actual === undefined ? "missing" : "differs";
	return failed({ pointer, expected: known, actual, what });
}

function isSame(known: Json | undefined, actual: Json | undefined): boolean {
	return identify(known) === identify(actual) || (known !== undefined && areEqualScalars(known, actual));
}

const ROUNDING_MS_MAX = 1_000;

/** Storage rounds times, so the answer that makes an item is often more exact than those that show it later. */
function areAlmostSameInstant(known: Json | undefined, actual: Json | undefined): boolean {
	if (typeof known !== "string" || typeof actual !== "string") return false;
	return INSTANT.test(known) && INSTANT.test(actual) && distanceMs(known, actual) <= ROUNDING_MS_MAX;
}

function distanceMs(a: string, b: string): number {
	return Math.abs(Date.parse(a) - Date.parse(b));
}

/** Whether it is certain that this is the value: a symbol that is not known yet is nothing for certain. */
function isSurely(value: Value, actual: Json | undefined, bindings: Bindings): boolean {
	const known = concretize(value, bindings);
	if (known === undefined || actual === undefined) return false;
	return matchValue(known, actual, { bindings, pointer: "", order: "kept" }).ok;
}

function matchMembers(members: Readonly<Record<string, Pattern>>, actual: Json | undefined, place: Place): Match {
	if (!isObject(actual)) {
		const what = actual === undefined ? "missing" : "not-an-object";
		return failed({ pointer: place.pointer, expected: undefined, actual, what });
	}
	let bindings = place.bindings;
	for (const [name, pattern] of Object.entries(members)) {
		const result = match(
			pattern,
			propertyOf(actual, name) as Json | undefined,
			bindings,
			`${place.pointer}/${escapePointer(name)}`,
		);
		if (!result.ok) return result;
		bindings = result.bindings;
	}
	return { ok: true, bindings };
}

type ListPattern = Extract<Pattern, { kind: "list" }>;

function matchList(pattern: ListPattern, actual: Json | undefined, place: Place): Match {
	if (!Array.isArray(actual)) {
		const what = actual === undefined ? "missing" : "not-a-list";
		return failed({ pointer: place.pointer, expected: undefined, actual, what });
	}
	const unwanted = actual.findIndex((item: Json) =>
		pattern.without.some((one) => isKnown(one, place.bindings) && match(one, item, place.bindings).ok),
	);
	if (unwanted >= 0) return failed(unexpectedAt(place, { index: unwanted, item: actual[unwanted] as Json }));
	if (pattern.repeats === "ignored")
		return matchSome({ ...pattern, items: once(pattern.items) }, distinct(actual), place);
	const ordered = pattern.order === "kept" && pattern.complete;
	return ordered && pattern.lacks === 0 ? matchInOrder(pattern, actual, place) : matchSome(pattern, actual, place);
}

function once(items: readonly Pattern[]): readonly Pattern[] {
	const known = new Map(
		items.map((item): [unknown, Pattern] => [item.kind === "value" ? identify(item.value) : item, item]),
	);
	return [...known.values()];
}

/** Whether every symbol in it is known: else it is true of anything, and tells nothing about what must not be there. */
function isKnown(pattern: Pattern, bindings: Bindings): boolean {
	if (pattern.kind === "value") return concretize(pattern.value, bindings) !== undefined;
	return pattern.kind === "object" && Object.values(pattern.members).every((member) => isKnown(member, bindings));
}

function distinct(items: readonly Json[]): readonly Json[] {
	return [...new Map(items.map((item) => [identify(item), item])).values()];
}

function matchInOrder(pattern: ListPattern, actual: readonly Json[], place: Place): Match {
	let bindings = place.bindings;
	for (const [index, item] of pattern.items.entries()) {
		if (index >= actual.length) return missing(item, place);
		const result = match(item, actual[index], bindings, `${place.pointer}/${index}`);
		if (!result.ok) return result;
		bindings = result.bindings;
	}
	const index = pattern.items.length;
	const extra = actual[index];
	return extra === undefined ? { ok: true, bindings } : failed(unexpectedAt(place, { index, item: extra }));
}

/** Some of the actual items are the expected ones: in any order, or in theirs with some left out. */
function matchSome(pattern: ListPattern, actual: readonly Json[], place: Place): Match {
	const expected = [...pattern.items];
	const inOrder = pattern.order === "kept" && pattern.complete;
	// Items that name known values go first, so that an open pattern does not take what a closed one needs.
	if (!inOrder) expected.sort((a, b) => openness(a) - openness(b));
	const start = { bindings: place.bindings, taken: new Set<number>(), lacks: pattern.lacks };
	const found = assign({ expected, actual, inOrder, fits }, start);
	if (found.kind === "none") return missing(found.item, place);
	if (found.kind === "unknown") return { ok: true, bindings: place.bindings };
	const index = actual.findIndex((_, candidate) => !found.taken.has(candidate));
	if (found.lacks > 0) return failed(unexpectedAt(place, { index: actual.length - 1, item: actual.at(-1) as Json }));
	if (!pattern.complete || index < 0) return { ok: true, bindings: found.bindings };
	return failed(unexpectedAt(place, { index, item: actual[index] as Json }));
}

function fits(item: Pattern, actual: Json, bindings: Bindings): Bindings | undefined {
	const result = match(item, actual, bindings);
	return result.ok ? result.bindings : undefined;
}

function unexpectedAt({ pointer }: Place, { index, item }: { index: number; item: Json }): Mismatch {
	return { pointer: `${pointer}/${index}`, expected: undefined, actual: item, what: "unexpected" };
}

function missing(item: Pattern, { pointer }: Place): Match {
	return failed({
		pointer,
		expected: item.kind === "value" ? item.value : undefined,
		actual: undefined,
		what: "missing",
	});
}

function openness(pattern: Pattern): number {
	if (pattern.kind === "value") return isServerValue(pattern.value) ? 2 : 0;
	return pattern.kind === "object" ? 1 : 3;
}

function escapePointer(name: string): string {
	return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Puts what is shown where the answer carries it: at a JSON Pointer inside the body. */
export function inEnvelope(shows: Pattern, at: string): Pattern {
	const names = at === "" ? [] : at.slice(1).split("/");
	return names.reduceRight<Pattern>(
		(inner, name) => ({ kind: "object", members: { [unescapePointer(name)]: inner } }),
		shows,
	);
}

function unescapePointer(name: string): string {
	return name.replaceAll("~1", "/").replaceAll("~0", "~");
}

import type { Json } from "../http/exchange.ts";
import { assign } from "./assign.ts";
import { matchLog } from "./match-log.ts";
import { firstDisorder, matchPage } from "./page-pattern.ts";
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
			/** Items that may be there or not. */
			readonly may?: readonly Pattern[];
			/** What is served, where that is more than what must be there. */
			readonly shown?: readonly Pattern[];
			readonly sorted?: Sorted;
	  }
	| PagePattern
	/** Where the next page is said to be: a token, or a URL that carries it in a parameter. It is learned. */
	| NextPattern
	/** What a server says that is the model; another may say anything. */
	| { readonly kind: "hint"; readonly value: Value }
	/** Absent, or anything but this value. As long as nobody knows the value, anything is something else. */
	| { readonly kind: "not"; readonly value: Value }
	| LogPattern;

/** A log holds at least what must have been written to it. */
export interface LogPattern {
	readonly kind: "log";
	/** Under which it is remembered how long the log was. */
	readonly name: string;
	readonly entries: readonly { readonly about: Value | undefined; readonly omitted: boolean }[];
	/** So many of them a rival does not show. */
	readonly lacks: number;
	/** The answer may be a part of a longer list. */
	readonly isPart: boolean;
	/** What is answered by who serves. */
	readonly served: Pattern;
}

/**
 * A part of a list in an order that the server owns: nobody knows which item stands where until it was seen there, and
 * from then on it stays until something is written.
 */
export interface PagePattern {
	readonly kind: "page";
	/** Whatever stands there. Read only by who judges. */
	readonly items: readonly Pattern[];
	/** What stands on this page when it is served in the order of creation. Read only by who serves. */
	readonly shown: readonly Pattern[];
	readonly from: number;
	/** May be infinite. */
	readonly size: number;
	/** The page begins behind the last item: nothing says how that is answered. */
	readonly beyond: boolean;
	/** The name of the order: in the same order the same items stand at the same places. */
	readonly order: string;
	/** Where each item stands in an order that is asked for or documented. */
	readonly ranks: Ranks | undefined;
	readonly sorted?: Sorted;
	/** The key of the last item on this page, by which the next one is asked for. */
	readonly last?: { readonly property: string; readonly value: ServerValue };
}

export interface Ranks {
	/** Of each item, how many ranks stand before its own; items of one rank stand in any order. */
	readonly of: readonly number[];
	/** False where only the server knows the values: then they tell what is served, and judge nothing. */
	readonly areCertain: boolean;
}

/** Where the next page is. */
export interface NextPattern {
	readonly kind: "next";
	/** What the answer says, to be sent back as it is. */
	readonly value: ServerValue;
	/** In a URL it stands in this parameter. */
	readonly parameter?: string;
	readonly isLink: boolean;
	/** The query that asks for the next page. */
	readonly query: Readonly<Record<string, Value>>;
	/** False where it may be told otherwise, or not at all. */
	readonly isCertain: boolean;
}

/** The order in which the values of a member must stand, as they are shown. */
export interface Sorted {
	readonly property: string;
	readonly descending: boolean;
}

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
		case "log":
			return matchLog(pattern, actual, bindings, pointer);
		case "object":
			return matchMembers(pattern.members, actual, { bindings, pointer, order: "kept" });
		case "list":
			return matchList(pattern, actual, { bindings, pointer, order: pattern.order });
		case "page":
			return matchPage(pattern, actual, { bindings, pointer, fits });
		case "next":
			return matchNext(pattern, actual, { bindings, pointer, order: "kept" });
		case "hint":
			return { ok: true, bindings };
	}
}

/** Where there is more, it is said where: null, nothing or an empty text say that there is no more. */
function matchNext(
	{ value, parameter, isLink, isCertain }: NextPattern,
	actual: Json | undefined,
	{ bindings, pointer }: Place,
): Match {
	if (!isCertain) return { ok: true, bindings };
	const token =
		!isLink || parameter === undefined || typeof actual !== "string" ? actual : parameterOf(actual, parameter);
	if ((typeof token !== "string" && typeof token !== "number") || token === "")
		return failed({ pointer, expected: undefined, actual, what: "missing" });
	return { ok: true, bindings: new Map(bindings).set(value.name, token) };
}

/** A relative URL will do (RFC 3986, section 4.2). */
function parameterOf(text: string, name: string): string | undefined {
	return (URL.parse(text, "http://relative.invalid/") ?? undefined)?.searchParams.get(name) ?? undefined;
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
		const isNothing = actual === undefined && place.pointer !== "" && mayBeLeftOut({ kind: "object", members });
		if (isNothing) return { ok: true, bindings: place.bindings };
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
	const wrong = pattern.sorted === undefined ? undefined : firstDisorder(actual, pattern.sorted);
	if (wrong !== undefined) return failed(unexpectedAt(place, { index: wrong, item: actual[wrong] as Json }));
	if (pattern.repeats === "ignored")
		return matchSome({ ...pattern, items: once(pattern.items) }, distinct(actual), place);
	const ordered = pattern.order === "kept" && pattern.complete && pattern.may === undefined;
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
	// What an expected item has taken may bear the name of one that is gone: ids are used again.
	const unwanted = actual.findIndex(
		(item, candidate) => !found.taken.has(candidate) && isUnwanted(pattern, item, found.bindings),
	);
	if (unwanted >= 0) return failed(unexpectedAt(place, { index: unwanted, item: actual[unwanted] as Json }));
	const index = actual.findIndex((one, candidate) => {
		if (found.taken.has(candidate)) return false;
		return pattern.may?.some((item) => fits(item, one, found.bindings) !== undefined) !== true;
	});
	if (found.lacks > 0 && pattern.may === undefined)
		return failed(unexpectedAt(place, { index: actual.length - 1, item: actual.at(-1) as Json }));
	if (!pattern.complete || index < 0) return { ok: true, bindings: found.bindings };
	return failed(unexpectedAt(place, { index, item: actual[index] as Json }));
}

function isUnwanted({ without }: ListPattern, item: Json, bindings: Bindings): boolean {
	return without.some((one) => isKnown(one, bindings) && match(one, item, bindings).ok);
}

function fits(item: Pattern, actual: Json, bindings: Bindings): Bindings | undefined {
	const result = match(item, actual, bindings);
	return result.ok ? result.bindings : undefined;
}

function unexpectedAt({ pointer }: Place, { index, item }: { index: number; item: Json }): Mismatch {
	return { pointer: `${pointer}/${index}`, expected: undefined, actual: item, what: "unexpected" };
}

/** An object of nothing but what may be left out may be left out itself. */
function mayBeLeftOut(pattern: Pattern): boolean {
	if (pattern.kind === "object") {
		const members = Object.values(pattern.members);
		// One without members is empty, and not left out.
		return members.length > 0 && members.every(mayBeLeftOut);
	}
	if (pattern.kind === "value") return pattern.optional === true;
	return pattern.kind === "any" || pattern.kind === "hint";
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

/** The pattern of a body with what else is known of it; what is told of a place that something else fills is left out. */
export function withBeside(
	body: Pattern,
	beside: readonly { readonly at: string; readonly pattern: Pattern }[],
): Pattern {
	return beside.reduce((whole, { at, pattern }) => put(whole, at === "" ? [] : at.slice(1).split("/"), pattern), body);
}

function put(whole: Pattern, [token, ...rest]: readonly string[], pattern: Pattern): Pattern {
	if (token === undefined || whole.kind !== "object") return whole;
	const name = unescapePointer(token);
	const known = Object.hasOwn(whole.members, name) ? whole.members[name] : undefined;
	const inner = rest.length === 0 ? (known ?? pattern) : put(known ?? { kind: "object", members: {} }, rest, pattern);
	return { kind: "object", members: { ...whole.members, [name]: inner } };
}

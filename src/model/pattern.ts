import type { Json } from "../http/exchange.ts";
import { type Bindings, identify, isObject, isServerValue, ownerOf, type Value } from "./value.ts";

/** What an answer may be: known where the model knows, open where it does not. */
export type Pattern =
	| { readonly kind: "any" }
	/** The value; objects inside it may have further members, arrays may not. */
	| { readonly kind: "value"; readonly value: Value; readonly order: Order }
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
	  }
	/** Absent, or anything but this value. */
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
			return matchValue(pattern.value, actual, { bindings, pointer, order: "kept" }).ok
				? failed({ pointer, expected: undefined, actual, what: "unexpected" })
				: { ok: true, bindings };
		case "value":
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
	return Date.parse(expected) === Date.parse(actual);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

function matchServerValue(expected: Value & { name: string }, actual: Json | undefined, place: Place): Match {
	if (isServerValue(expected) && ownerOf(expected) === "volatile") return { ok: true, bindings: place.bindings };
	if (!place.bindings.has(expected.name)) {
		return { ok: true, bindings: new Map(place.bindings).set(expected.name, actual) };
	}
	const known = place.bindings.get(expected.name);
	if (identify(known) === identify(actual)) return { ok: true, bindings: place.bindings };
	return failed({
		pointer: place.pointer,
		expected: known,
		actual,
		what: actual === undefined ? "missing" : "differs",
	});
}

function matchMembers(members: Readonly<Record<string, Pattern>>, actual: Json | undefined, place: Place): Match {
	if (!isObject(actual)) {
		const what = actual === undefined ? "missing" : "not-an-object";
		return failed({ pointer: place.pointer, expected: undefined, actual, what });
	}
	let bindings = place.bindings;
	for (const [name, pattern] of Object.entries(members)) {
		const value = Object.hasOwn(actual, name) ? (actual[name] as Json) : undefined;
		const result = match(pattern, value, bindings, `${place.pointer}/${escapePointer(name)}`);
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
		pattern.without.some((known) => match(known, item, place.bindings).ok),
	);
	if (unwanted >= 0) {
		return failed({
			pointer: `${place.pointer}/${unwanted}`,
			expected: undefined,
			actual: actual[unwanted],
			what: "unexpected",
		});
	}
	return pattern.order === "kept" && pattern.complete
		? matchInOrder(pattern, actual, place)
		: matchAsBag(pattern, actual, place);
}

function matchInOrder(pattern: ListPattern, actual: readonly Json[], place: Place): Match {
	let bindings = place.bindings;
	for (const [index, item] of pattern.items.entries()) {
		const result = match(item, actual[index], bindings, `${place.pointer}/${index}`);
		if (!result.ok) return result;
		bindings = result.bindings;
	}
	if (actual.length === pattern.items.length) return { ok: true, bindings };
	const index = pattern.items.length;
	return failed({
		pointer: `${place.pointer}/${index}`,
		expected: undefined,
		actual: actual[index],
		what: "unexpected",
	});
}

/**
 * Greedy, each expected item takes the first actual one that it fits; items that name known values are tried first, so
 * that an open pattern does not take what a closed one needs.
 */
function matchAsBag(pattern: ListPattern, actual: readonly Json[], place: Place): Match {
	const left = actual.map((item, index) => ({ item, index }));
	let bindings = place.bindings;
	let lacking = pattern.lacks;
	for (const item of [...pattern.items].sort((a, b) => openness(a) - openness(b))) {
		const found = left.findIndex((candidate) => match(item, candidate.item, bindings).ok);
		if (found < 0 && lacking-- <= 0) return missing(item, place);
		if (found < 0) continue;
		const result = match(item, left[found]?.item, bindings);
		if (result.ok) bindings = result.bindings;
		left.splice(found, 1);
	}
	const extra = left[0];
	if (lacking > 0)
		return failed({ pointer: place.pointer, expected: undefined, actual: actual.at(-1), what: "unexpected" });
	if (!pattern.complete || extra === undefined) return { ok: true, bindings };
	return failed({
		pointer: `${place.pointer}/${extra.index}`,
		expected: undefined,
		actual: extra.item,
		what: "unexpected",
	});
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

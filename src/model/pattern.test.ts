import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../http/exchange.ts";
import { ANY, type Mismatch, match, type Order, type Pattern } from "./pattern.ts";
import { type Bindings, isObject, serverValue, type Value } from "./value.ts";

const NOTHING_KNOWN: Bindings = new Map();
const ID = serverValue("unique", "pets#0");
const OTHER_ID = serverValue("unique", "pets#1");
const MADE_AT = serverValue("stable", "pets#0.created_at");
const SEEN_AT = serverValue("volatile", "pets#0.seen_at");
const UNSET = serverValue("default", "pets.colour");

const value = (known: Value, order: Order = "kept"): Pattern => ({ kind: "value", value: known, order });
const object = (members: Record<string, Pattern>): Pattern => ({ kind: "object", members });
const list = (items: readonly Pattern[], options: Partial<Extract<Pattern, { kind: "list" }>> = {}): Pattern => ({
	kind: "list",
	items,
	order: "free",
	complete: true,
	lacks: 0,
	without: [],
	...options,
});
const values = (...known: readonly Value[]): readonly Pattern[] => known.map((one) => value(one));
const known = (...pairs: readonly (readonly [{ name: string }, Json | undefined])[]): Bindings =>
	new Map(pairs.map(([{ name }, one]) => [name, one]));

const fits = (pattern: Pattern, actual: Json | undefined, bindings = NOTHING_KNOWN): boolean =>
	match(pattern, actual, bindings).ok;

const mismatch = (pattern: Pattern, actual: Json | undefined): Mismatch | undefined => {
	const result = match(pattern, actual, NOTHING_KNOWN);
	return result.ok ? undefined : result.mismatch;
};

type Case = readonly [title: string, pattern: Pattern, actual: Json | undefined, bindings?: Bindings];

const titled = ([title, pattern, actual, bindings]: Case): { title: string; admitted: boolean } => ({
	title,
	admitted: fits(pattern, actual, bindings),
});

const ADMITTED: readonly Case[] = [
	["anything, for an open pattern", ANY, { any: "thing" }],
	["nothing at all, for an open pattern", ANY, undefined],
	["an equal scalar", value("a"), "a"],
	["an object with more members than are known", value({ a: 1 }), { a: 1, b: 2 }],
	["zero without its sign", value(-0), 0],
	["the same instant in another spelling", value("2026-01-01T00:00:00Z"), "2026-01-01T01:00:00.000+01:00"],
	["a list in another order where order means nothing", value(["a", "b"], "free"), ["b", "a"]],
	["a list inside an object in another order where order means nothing", value({ a: [1, 2] }, "free"), { a: [2, 1] }],
	["a symbol that is met for the first time", value(ID), 7],
	["a symbol that is known", value(ID), 7, known([ID, 7])],
	["an id that is not shown, as long as it is not known", value(ID), undefined],
	["another value of what changes at any time", value(SEEN_AT), "later", known([SEEN_AT, "now"])],
	["nothing, for what nobody set", value(UNSET), undefined],
	["nothing again, for what nobody set", value(UNSET), undefined, known([UNSET, undefined])],
	[
		"a time of creation that storage rounded",
		value(MADE_AT),
		"2026-01-01T00:00:00Z",
		known([MADE_AT, "2026-01-01T00:00:00.912345Z"]),
	],
	["nothing, where the value is optional", { ...value("a"), optional: true } as Pattern, undefined],
	["a member that may have any value", object({ a: ANY }), {}],
	["another value than the secret", { kind: "not", value: "secret" }, "***"],
	["nothing instead of the secret", { kind: "not", value: "secret" }, undefined],
	["anything instead of a secret that nobody knows", { kind: "not", value: ID }, "s3cr3t"],
	["nothing instead of a secret that turned out to be nothing", { kind: "not", value: UNSET }, undefined],
	["a bag in any order", list(values(1, 2, 3)), [3, 1, 2]],
	["others' items in a list that is not complete", list(values(1), { complete: false }), [9, 1]],
	[
		"others' items in a list that is in order and not complete",
		list(values(1), { complete: false, order: "kept" }),
		[9, 1],
	],
	["a bag of which one is missing that may be missing", list(values(1, 2, 3), { lacks: 1 }), [3, 1]],
	["a list of which one is missing that may be missing", list(values(1, 2, 3), { lacks: 1, order: "kept" }), [1, 3]],
	["a repeated item where repeating means nothing", list(values(1, 2), { repeats: "ignored" }), [1, 2, 1]],
	["an item once where repeating means nothing", list(values(1, 2, 1), { repeats: "ignored" }), [2, 1]],
	[
		"items that are like what must not be there",
		list([], { complete: false, without: [object({ id: value(1) })] }),
		[{ id: 2 }],
	],
	[
		"any item as long as the key of what must not be there is not known",
		list([], { complete: false, without: [object({ id: value(ID) })] }),
		[{ id: 2 }],
	],
	[
		"items that look alike, whichever is tried first",
		list([object({ a: value(UNSET) }), object({ a: value(1) })]),
		[{ a: 1 }, { a: 5 }],
	],
	[
		"a wider item before a narrower one",
		list([object({ a: value(1) }), object({ a: value(1), b: value(2) })]),
		[{ a: 1, b: 2 }, { a: 1 }],
	],
];

test.each(ADMITTED.map(titled))("admits $title", ({ admitted }) => {
	expect(admitted).toBe(true);
});

const REFUSED: readonly Case[] = [
	["another scalar", value("a"), "b"],
	["nothing for something", value("a"), undefined],
	["another type", value("1"), 1],
	["null for what was set", value("a"), null],
	["another instant", value("2026-01-01T00:00:00Z"), "2026-01-01T00:00:00.001Z"],
	["a date that is no instant in another spelling", value("2026-01-01"), "2026-01-01T00:00:00Z"],
	["an object that lacks a member", value({ a: 1, b: 2 }), { a: 1 }],
	["what every object inherits as a member", object({ constructor: value("x") }), {}],
	["a list in another order", value(["a", "b"]), ["b", "a"]],
	["a longer list", value(["a"]), ["a", "b"]],
	["a shorter list of what is not known", value([ID]), []],
	["a known symbol with another value", value(ID), 8, known([ID, 7])],
	["a known symbol that is not shown", value(ID), undefined, known([ID, 7])],
	["another default", value(UNSET), "red", known([UNSET, undefined])],
	["another time of creation", value(MADE_AT), "2026-01-01T00:00:02Z", known([MADE_AT, "2026-01-01T00:00:00Z"])],
	["the secret", { kind: "not", value: "secret" }, "secret"],
	["the secret that became known", { kind: "not", value: ID }, "s3cr3t", known([ID, "s3cr3t"])],
	["what is no list", list([]), {}],
	["no list at all", list([]), undefined],
	["what is no object", object({}), []],
	["a bag with one too many", list(values(1, 2)), [1, 2, 3]],
	["a bag with one missing", list(values(1, 2)), [1]],
	["a bag with an item twice that was expected once", list(values(1, 2)), [1, 2, 2]],
	["a bag of which all are there and one should be missing", list(values(1, 2), { lacks: 1 }), [1, 2]],
	["a list of which all are there and one should be missing", list(values(1, 2), { lacks: 1, order: "kept" }), [1, 2]],
	["a list that lacks one and is in another order", list(values(1, 2, 3), { lacks: 1, order: "kept" }), [3, 1]],
	["two missing where one may be", list(values(1, 2, 3), { lacks: 1 }), [1]],
	["an incomplete list without our item", list(values(1), { complete: false }), [9]],
	["an item that must not be there", list([], { complete: false, without: [object({ id: value(1) })] }), [{ id: 1 }]],
	["one symbol with two values", list([object({ a: value(ID), b: value(ID) })]), [{ a: 1, b: 2 }]],
];

test.each(REFUSED.map(titled))("refuses $title", ({ admitted }) => {
	expect(admitted).toBe(false);
});

const LEARNED: readonly (readonly [string, Pattern, Json | undefined, Bindings])[] = [
	["an id when it is first shown", object({ id: value(ID) }), { id: 7 }, known([ID, 7])],
	["no id from an answer that does not show it", object({ id: value(ID) }), {}, known()],
	["that what nobody set is nothing", object({ c: value(UNSET) }), {}, known([UNSET, undefined])],
	["nothing of what changes at any time", value(SEEN_AT), 1, known()],
	[
		"which item is which from what is known of them",
		list([object({ id: value(ID), n: value("x") }), object({ id: value(OTHER_ID), n: value("y") })]),
		[
			{ id: 1, n: "y" },
			{ id: 2, n: "x" },
		],
		known([ID, 2], [OTHER_ID, 1]),
	],
	["nothing from what it only must not be", { kind: "not", value: ID }, 7, known()],
];

test.each(LEARNED)("learns %s", (_, pattern, actual, expected) => {
	const result = match(pattern, actual, NOTHING_KNOWN);
	expect(result.ok && new Map(result.bindings)).toEqual(expected);
});

const MISMATCHES: readonly (readonly [string, Pattern, Json | undefined, Partial<Mismatch>])[] = [
	["a member deep inside", value({ a: { b: [1, 2] } }), { a: { b: [1, 3] } }, { pointer: "/a/b/1", what: "differs" }],
	["a member whose name needs escaping", value({ "a/b~c": 1 }), {}, { pointer: "/a~1b~0c", what: "missing" }],
	["the first item too many", list(values(1)), [1, 2], { pointer: "/1", what: "unexpected", actual: 2 }],
	["an item that is missing", list(values(1, 2)), [1], { pointer: "", what: "missing", expected: 2 }],
	["what is no list", list([]), "x", { pointer: "", what: "not-a-list" }],
	["what is no object", object({}), "x", { pointer: "", what: "not-an-object" }],
	["a list in order that is too short", value([1, 2]), [1], { pointer: "", what: "missing", expected: 2 }],
	[
		"a value that is not the known one",
		object({ a: value(ID), b: value(ID) }),
		{ a: 1, b: 2 },
		{ pointer: "/b", expected: 1, actual: 2 },
	],
];

test.each(MISMATCHES)("points at %s", (_, pattern, actual, expected) => {
	expect(mismatch(pattern, actual)).toMatchObject(expected);
});

/** JSON as a service can send it: no member is called `__proto__`, and zero has no sign. */
const json = fc.jsonValue().map((one) => JSON.parse(JSON.stringify(one)) as Json);

test("the pattern of a value admits that value", () => {
	fc.assert(
		fc.property(json, fc.constantFrom<Order>("kept", "free"), (one, order) => {
			expect(fits(value(one, order), one)).toBe(true);
		}),
	);
});

test("a list in any order admits every order, and none with an item more or less", () => {
	const shuffled = fc
		.array(json, { minLength: 1, maxLength: 8 })
		.chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })));
	fc.assert(
		fc.property(shuffled, ([items, other]) => {
			const pattern = value(items, "free");
			expect(fits(pattern, other)).toBe(true);
			expect(fits(pattern, other.slice(1))).toBe(false);
			expect(fits(pattern, [...other, { more: true }])).toBe(false);
		}),
	);
});

test("what is learned once is admitted again and learned no more", () => {
	const withSymbols = fc.array(fc.oneof(json, fc.constantFrom(ID, OTHER_ID, UNSET, MADE_AT)), { maxLength: 6 });
	fc.assert(
		fc.property(withSymbols, fc.array(json, { minLength: 6, maxLength: 6 }), (expected, actual) => {
			const pattern = list(values(...expected), { order: "kept" });
			const first = match(pattern, actual.slice(0, expected.length), NOTHING_KNOWN);
			fc.pre(first.ok);
			const again = match(pattern, actual.slice(0, expected.length), first.bindings);
			expect(again.ok && again.bindings).toBe(first.bindings);
		}),
	);
});

test("an object that has less than the pattern names is refused", () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string(), json, { minKeys: 1 }), (members) => {
			const [first = ""] = Object.keys(members);
			const { [first]: _left, ...less } = members;
			expect(isObject(less) && fits(value(members), less as Json)).toBe(false);
		}),
	);
});

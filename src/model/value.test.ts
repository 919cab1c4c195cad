import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bindings, concretize, identify, isObject, isServerValue, propertyOf, serverValue } from "./value.ts";

const ID = serverValue("unique", "pets#0");

test.each([
	["a string and its number", "1", 1],
	["null and nothing", null, undefined],
	["a list and an object", [], {}],
	["a symbol and a string that looks like it", ID, "§pets#0"],
	["two symbols", ID, serverValue("unique", "pets#1")],
	["lists in another order", [1, 2], [2, 1]],
])("tells %s apart", (_, a, b) => {
	expect(identify(a)).not.toBe(identify(b));
});

test("equal values are identified alike whatever the order of keys", () => {
	expect(identify({ a: 1, b: { c: 2, d: ID } })).toBe(identify({ b: { d: ID, c: 2 }, a: 1 }));
});

test("values are identified alike exactly when they are equal", () => {
	const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)));
	fc.assert(
		fc.property(json, json, (a, b) => {
			expect(identify(a) === identify(b)).toBe(isEqual(a, b));
		}),
	);
});

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	const members = Object.entries(value).map(([name, member]) => [name, sorted(member)]);
	return { members: members.sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1)) };
}

test.each([
	["a bound symbol with its value", ID, new Map([["pets#0", 7]]), 7],
	["symbols inside lists and objects", { a: [ID, "x"] }, new Map([["pets#0", 7]]), { a: [7, "x"] }],
	["nothing as long as a symbol inside is not known", { a: [ID] }, new Map(), undefined],
	["nothing for what turned out to be nothing", [ID], new Map([["pets#0", undefined]]), undefined],
	["a plain value as it is", { a: null }, new Map(), { a: null }],
] as const)("concretizes %s", (_, value, bindings, expected) => {
	expect(concretize(value, bindings as Bindings)).toEqual(expected);
});

test("a symbol is no object, although it is one in the language", () => {
	expect([isServerValue(ID), isObject(ID), isObject([]), isObject(null), isObject({})]).toEqual([
		true,
		false,
		false,
		false,
		true,
	]);
});

test.each([
	["its own member", { a: 1 }, "a", 1],
	["no member that every object inherits", {}, "constructor", undefined],
	["no member of a list", ["a"], "0", undefined],
	["no member of a symbol", ID, "name", undefined],
	["no member of nothing", undefined, "a", undefined],
])("gives %s", (_, value, name, expected) => {
	expect(propertyOf(value, name)).toBe(expected);
});

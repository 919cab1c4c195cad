import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../http/exchange.ts";
import { type Assigned, type Assigning, assign } from "./assign.ts";

/** An expected item is the set of numbers that it can be. */
const search = (
	expected: readonly (readonly number[])[],
	actual: readonly number[],
	{ lacks = 0, inOrder = false }: { lacks?: number; inOrder?: boolean } = {},
): Assigned<readonly number[]> => {
	const fits: Assigning<readonly number[]>["fits"] = (item, one: Json, bindings) =>
		item.includes(one as number) ? bindings : undefined;
	return assign({ expected, actual, inOrder, fits }, { bindings: new Map(), taken: new Set(), lacks });
};

test.each([
	["each its only choice", [[1], [2]], [2, 1], {}],
	["a choice that must be taken back", [[1, 2], [1]], [1, 2], {}],
	["a chain of choices that must be taken back", [[1, 2], [2, 3], [3, 4], [1]], [1, 2, 3, 4], {}],
	["all but one", [[1], [2], [3]], [3, 1], { lacks: 1 }],
	["all but one in order", [[1], [2], [3]], [1, 3], { lacks: 1, inOrder: true }],
	["nothing to nothing", [], [], {}],
] as const)("assigns %s", (_, expected, actual, options) => {
	expect(search(expected, actual, options).kind).toBe("found");
});

test.each([
	["one actual item for two expected ones", [[1], [1]], [1, 2], {}],
	["items in another order", [[1], [2]], [2, 1], { inOrder: true }],
	["more missing than may be", [[1], [2], [3]], [3], { lacks: 1 }],
	[
		"three items on two places",
		[
			[1, 2],
			[1, 2],
			[1, 2],
		],
		[1, 2, 3],
		{},
	],
] as const)("does not assign %s", (_, expected, actual, options) => {
	expect(search(expected, actual, options).kind).toBe("none");
});

test("names the item that found no place", () => {
	expect(search([[1], [7], [2]], [1, 2])).toMatchObject({ kind: "none", item: [7] });
});

test("gives up on a search without end, and says so", () => {
	const alike = Array.from({ length: 12 }, () => Array.from({ length: 11 }, (_, index) => index));
	expect(search(alike, [...Array(11).keys(), 99]).kind).toBe("unknown");
});

test("does not search long lists, and is quick with them", () => {
	const long = Array.from({ length: 5_000 }, (_, index) => [index]);
	expect(search(long, [...Array(5_000).keys()]).kind).toBe("found");
});

test("whatever was chosen for each item is found in any order", () => {
	const items = fc.array(fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }), { maxLength: 7 });
	fc.assert(
		fc.property(items, fc.infiniteStream(fc.nat()), (expected, picks) => {
			const pick = picks[Symbol.iterator]();
			const chosen = expected.map((item) => item[(pick.next().value as number) % item.length] as number);
			const shuffled = chosen.toSorted((a, b) => ((a * 7 + 3) % 5) - ((b * 7 + 3) % 5));
			expect(search(expected, shuffled).kind).toBe("found");
		}),
	);
});

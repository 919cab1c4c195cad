import fc from "fast-check";
import { expect, test } from "vitest";
import { createOrder } from "./order.ts";

/** So many that there are blocks of blocks, with so many taken away that whole blocks are empty. */
function holed(): { order: ReturnType<typeof createOrder<number>>; left: readonly number[] } {
	const all = Array.from({ length: 140_000 }, (_, index) => index);
	const order = createOrder(all);
	const isGone = (index: number): boolean => (index > 300 && index < 70_000) || index % 7 === 0;
	for (const index of all) if (isGone(index)) order.remove(index);
	return { order, left: all.filter((index) => !isGone(index)) };
}

const { order: large, left: rest } = holed();

test("a page of what is left is the same part of a plain list, from either end", () => {
	fc.assert(
		fc.property(fc.nat(80_000), fc.nat(600), fc.boolean(), (offset, limit, newestFirst) => {
			const plain = newestFirst ? rest.toReversed() : rest;
			expect(large.page({ offset, limit, newestFirst })).toEqual(plain.slice(offset, offset + limit));
		}),
		{ numRuns: 60 },
	);
});

test("a rank is how many are left before a place", () => {
	for (const index of [0, 17, 40_000, rest.length - 1]) expect(large.rank(rest[index] ?? 0)).toBe(index);
});

test("it is sparse when more is gone than left", () => {
	const order = createOrder(Array.from({ length: 4_000 }, (_, index) => index));
	for (let place = 0; place < 2_000; place++) order.remove(place);
	expect(order.isSparse()).toBe(false);
	order.remove(2_000);
	expect(order.isSparse()).toBe(true);
});

test("what came last stands last, in the place of nothing that was taken away", () => {
	const order = createOrder(["a", "b"]);
	order.remove(0);
	order.push("c");
	expect([order.size(), order.page({ offset: 0, limit: Number.POSITIVE_INFINITY })]).toEqual([2, ["b", "c"]]);
});

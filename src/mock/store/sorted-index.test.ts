import fc from "fast-check";
import { expect, test } from "vitest";
import { createSortedIndex } from "./sorted-index.ts";

const compare = (a: number, b: number): number => a - b;

test("shows pages like a sorted list, whatever was added and removed", () => {
	const number = fc.integer({ min: 0, max: 5_000 });
	const step = fc.record({ isAdded: fc.boolean(), value: number });
	const given = fc.uniqueArray(number, { maxLength: 1_500, size: "max" });
	fc.assert(
		fc.property(given, fc.array(step, { maxLength: 600, size: "max" }), number, (start, steps, offset) => {
			const index = createSortedIndex(compare, start);
			const held = new Set(start);
			for (const { isAdded, value } of steps) {
				if (isAdded === held.has(value)) continue;
				if (isAdded) index.add(value);
				else index.remove(value);
				if (isAdded) held.add(value);
				else held.delete(value);
			}
			const sorted = [...held].sort(compare);
			const everything = { offset: 0, limit: Number.POSITIVE_INFINITY };
			expect(index.page(everything)).toEqual(sorted);
			expect(index.page({ ...everything, newestFirst: true })).toEqual(sorted.toReversed());
			const part = { offset: offset % 2_000, limit: 20 };
			expect(index.page(part)).toEqual(sorted.slice(part.offset, part.offset + 20));
		}),
		{ numRuns: 30 },
	);
});

test("leaves what it does not hold", () => {
	const index = createSortedIndex(compare, [1, 3]);
	index.remove(2);
	expect(index.page({ offset: 0, limit: 9 })).toEqual([1, 3]);
});

import { expect, test } from "vitest";
import type { Json } from "../http/exchange.ts";
import { admits, isExpectedStatus, pairItems } from "./expected.ts";
import type { Expected } from "./finding.ts";

const value = (raw: Json): Expected => ({ kind: "value", value: raw });
const list = (
	items: readonly Json[],
	parts: Partial<Expected & { kind: "list" }> = {},
): Expected & { kind: "list" } => ({
	kind: "list",
	items: items.map(value),
	ordered: false,
	complete: true,
	without: [],
	...parts,
});
const object = (members: Readonly<Record<string, Expected>>): Expected => ({ kind: "object", members });

test.each<[Expected, Json | undefined, boolean]>([
	[{ kind: "any" }, undefined, true],
	[value(1), 1, true],
	[value(1), "1", false],
	[value({ a: 1 }), { a: 1, b: 2 }, true],
	[value({ a: 1 }), [1], false],
	[value([1]), [1, 2], false],
	[{ kind: "absent" }, undefined, true],
	[{ kind: "absent" }, null, false],
	[{ kind: "not", value: 1 }, undefined, true],
	[{ kind: "not", value: 1 }, 2, true],
	[{ kind: "not", value: 1 }, 1, false],
	[object({ a: value(1) }), { a: 1, b: 2 }, true],
	[object({ a: value(1) }), {}, false],
	[object({ a: { kind: "any" } }), {}, true],
	[object({}), [], false],
	[list([1, 2]), [2, 1], true],
	[list([1, 2], { ordered: true }), [2, 1], false],
	[list([1, 2]), [1, 2, 3], false],
	[list([1, 2]), [1, 1], false],
	[list([1], { complete: false }), [2, 1], true],
	[list([1], { complete: false, without: [2] }), [2, 1], false],
	[list([], { items: [{ kind: "any" }, value(1)] }), [1, 5], true],
	[list([1]), { 0: 1 }, false],
])("%j admits %j: %s", (expected, actual, admitted) => {
	expect(admits(expected, actual)).toBe(admitted);
});

test("says which items are missing, and which are too many", () => {
	expect(pairItems(list([1, 2]), [2, 3])).toEqual({ missing: new Set([0]), extra: new Set([1]) });
});

test.each([
	[["200"], 200, true],
	[["2XX", "404"], 404, true],
	[["2XX"], 404, false],
	[["default"], 404, false],
] as const)("%j means %d: %s", (statuses, status, means) => {
	expect(isExpectedStatus({ statuses }, status)).toBe(means);
});

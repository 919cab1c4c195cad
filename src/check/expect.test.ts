import { expect, test } from "vitest";
import { ANY, type PagePattern, type Pattern } from "../model/pattern.ts";
import { serverValue } from "../model/value.ts";
import { expectationOf } from "./expect.ts";

const known = new Map<string, number | undefined>([
	["id1", 7],
	["gone", undefined],
]);
const expectation = (body: Pattern, mask = (text: string) => text) =>
	expectationOf(
		{ kind: "expected", statuses: ["200"], body, changes: [] },
		{ state: {} as never, bindings: known },
		mask,
	).body;
const value = (raw: unknown): Pattern => ({ kind: "value", value: raw as never, order: "free" });
const list = {
	kind: "list",
	items: [value("a")],
	order: "free",
	complete: true,
	lacks: 0,
	without: [value("b")],
} as const;
const page: PagePattern = {
	kind: "page",
	items: [value("a"), value("b"), value("c")],
	shown: [],
	from: 1,
	size: 1,
	beyond: false,
	order: "o",
	ranks: { of: [2, 1, 0], areCertain: true },
};

test.each<[string, Pattern, unknown]>([
	["nothing of what is open", ANY, undefined],
	["that nothing is there, where nothing was", value(serverValue("default", "gone")), { kind: "absent" }],
	["what must not be there", { kind: "not", value: "a" }, { kind: "not", value: "a" }],
	[
		"nothing of what must not be, where nobody knows it",
		{ kind: "not", value: serverValue("unique", "id2") },
		undefined,
	],
	["a value", value(5), { kind: "value", value: 5 }],
	[
		"a set",
		value(["a"]),
		{ kind: "list", items: [{ kind: "value", value: "a" }], ordered: false, complete: true, without: [] },
	],
	["what the server has named", value(serverValue("unique", "id1")), { kind: "value", value: 7 }],
	["nothing of what it has not", value(serverValue("unique", "id2")), undefined],
	[
		"the members that are known",
		value({ a: 1, at: serverValue("volatile", "t") }),
		{ kind: "object", members: { a: { kind: "value", value: 1 } } },
	],
	[
		"a list, and what must not stand in it",
		list,
		{ kind: "list", items: [{ kind: "value", value: "a" }], ordered: false, complete: true, without: ["b"] },
	],
	[
		"no whole of a list in which something may be",
		{ ...list, may: [value("c")] },
		expect.objectContaining({ complete: false }),
	],
	["nothing of a list that lacks something", { ...list, lacks: 1 }, undefined],
	["a page in a known order", page, expect.objectContaining({ ordered: true, items: [{ kind: "value", value: "b" }] })],
	["nothing of a page in any order", { ...page, ranks: undefined }, undefined],
])("says %s", (_, pattern, expected) => {
	expect(expectation(pattern)).toEqual(expected);
});

test("says no secret, also none that is short", () => {
	const mask = (text: string): string => text.replace('"abc"', '"«key»"');
	expect(expectation(value({ key: "abc" }), mask)).toEqual({
		kind: "object",
		members: { key: { kind: "value", value: "«key»" } },
	});
});

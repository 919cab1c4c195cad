import { beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../call.ts";
import type { Model } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { serverValue, type Value } from "../value.ts";
import { cursorAt } from "./cursor.ts";
import { type Filter, passes } from "./filter.ts";

const PET = sampleObject({
	"id!": { type: "string", readOnly: true },
	"name!": TEXT,
	"code!": TEXT,
	state: { type: "string", enum: ["open", "done"], default: "open" },
	age: { type: "integer", default: 0 },
});
const NEW_PET = sampleObject({
	"name!": TEXT,
	"code!": TEXT,
	state: { type: "string", enum: ["open", "done"], default: "open" },
	age: { type: "integer", default: 0 },
});

interface Asked {
	readonly name: string;
	readonly schema?: unknown;
	readonly description?: string;
}

async function pets(
	asked: readonly Asked[],
	told: Readonly<Record<string, unknown>> = {},
	description = "",
): Promise<Model> {
	return sampleModel({
		"POST /pets": { id: "createPet", body: NEW_PET, answers: { 201: PET } },
		"GET /pets/{petId}": { id: "getPet", answers: { 200: PET, 404: null } },
		"DELETE /pets/{petId}": { id: "deletePet", answers: { 204: null, 404: null } },
		"GET /pets": {
			id: "listPets",
			summary: "List pets",
			description,
			parameters: asked.map(({ name, schema = { type: "string" }, description: said }) => ({
				name,
				in: "query",
				schema,
				description: said,
			})),
			answers: { 200: sampleObject({ "pets!": { type: "array", items: PET }, ...told }) },
		},
	});
}

const NUMBER = { type: "integer", minimum: 0, maximum: 50 };

function create(tag: string, item: Readonly<Record<string, Value>>): Call {
	return sampleCall("createPet", {}, { tag, body: { name: tag, code: tag, ...item } });
}

function list(query: Readonly<Record<string, Value>>, tag = "l"): Call {
	return sampleCall("listPets", {}, { query, tag });
}

const five = ["a", "b", "c", "d", "e"].map((tag, index) => create(tag, { age: [9, 100, 10, 20, 9][index] ?? 0 }));

function names(model: Model, calls: readonly Call[], order?: "created" | "reversed"): string {
	return (
		told(model, calls, order)
			.at(-1)
			?.match(/"name":"[^"]*"/g)
			?.map((text) => text.slice(8, -1))
			.join("") ?? ""
	);
}

describe("a pager", () => {
	test.each([
		[
			"limit-offset",
			[
				{ name: "offset", schema: NUMBER },
				{ name: "limit", schema: NUMBER },
			],
			{ offset: 2, limit: 2 },
		],
		[
			"pages from 1",
			[
				{ name: "page", schema: { type: "integer", minimum: 1 } },
				{ name: "per_page", schema: NUMBER },
			],
			{ page: 2, per_page: 2 },
		],
		[
			"pages from 0",
			[
				{ name: "page", schema: NUMBER },
				{ name: "size", schema: NUMBER },
			],
			{ page: 1, size: 2 },
		],
		[
			"pages said to be counted from 0",
			[{ name: "page", description: "Zero-based page" }, { name: "size" }],
			{ page: 1, size: 2 },
		],
	])("of %s shows the part that is asked for", async (_, asked, query) => {
		const model = await pets(asked);
		expect(names(model, [...five, list(query)])).toBe("cd");
		expect(names(model, [...five, list(query)], "reversed")).toBe("cb");
	});

	test("goes on from the cursor that the answer before said, and from the key of its last item", async () => {
		const byToken = await pets([{ name: "cursor" }, { name: "limit", schema: NUMBER }], { next_cursor: TEXT });
		const second = list({ limit: 2, cursor: cursorAt(2, 5, "l") }, "m");
		expect(names(byToken, [...five, list({ limit: 2 }), second])).toBe("cd");
		const byKey = await pets([{ name: "starting_after" }, { name: "limit", schema: NUMBER }]);
		const key = serverValue("unique", "pets#b");
		expect(byKey.behaviours.get("listPets")?.query?.pager?.cursor).toBe("key");
		expect(names(byKey, [...five, list({ limit: 2, starting_after: key })])).toBe("");
	});

	test("takes the documented length where none is asked for", async () => {
		const model = await pets([
			{ name: "offset", schema: NUMBER },
			{ name: "limit", schema: { ...NUMBER, default: 3 } },
		]);
		expect(names(model, [...five, list({})])).toBe("abc");
	});

	test("is told from each of its rivals by a walk, whatever order the server has", async () => {
		const asked = [{ name: "offset", schema: NUMBER }, { name: "limit", schema: NUMBER }, { name: "state" }];
		const model = await pets(asked, { total: { type: "integer" }, has_more: { type: "boolean" } });
		const calls = [
			...five,
			create("f", { state: "done" }),
			list({ limit: 6 }, "w"),
			...[0, 2, 4].map((offset) => list({ limit: 2, offset }, `w${offset}`)),
			list({ limit: 4, offset: 4 }, "x"),
			list({ limit: 2, offset: 1 }, "y"),
			list({ state: "done" }, "z"),
			list({ limit: 4, offset: 0 }, "v"),
			list({ limit: 4, offset: 4 }, "u"),
			list({ offset: 1 }, "t"),
		];
		const rivals = [...rivalsNamed(model, "listPets", "pager").values()].flat();
		expect(rivals.length).toBeGreaterThan(12);
		expect(untold(model, rivals, calls)).toEqual([]);
	});
});

describe("a filter", () => {
	let model: Model;
	beforeAll(async () => {
		model = await pets([
			{ name: "state" },
			{ name: "code", description: "Only pets whose code is exactly this" },
			{ name: "name", description: "Only pets with this in their name" },
			{ name: "min_age", schema: { type: "integer" }, description: "At least this old" },
		]);
	});
	const zoo = [
		create("a", { code: "ab", age: 1 }),
		create("b", { code: "abc", state: "done", age: 2 }),
		create("c", { code: "AB", age: 3 }),
		create("d", { code: "xab", age: 2 }),
	];

	test.each([
		[{ state: "open" }, "acd"],
		[{ state: ["open", "done"] }, "abcd"],
		[{ code: "ab" }, "a"],
		[{ min_age: 2 }, "bcd"],
		[{ state: "open", min_age: 2 }, "cd"],
	])("%j shows %s", (query, expected) => {
		expect(names(model, [...zoo, list(query)])).toBe(expected);
	});

	test.each([
		["filter0", [list({ state: "open" }), list({ state: "done" }, "m")]],
		["filter1", [list({ code: "ab" })]],
		["filter3", [list({ min_age: 2 })]],
	])("%s is told from each of its rivals", (law, calls) => {
		const rivals = [...rivalsNamed(model, "listPets", law).values()].flat();
		expect(rivals.length).toBeGreaterThan(2);
		expect(untold(model, rivals, [...zoo, ...calls])).toEqual([]);
	});

	test("of a name, nobody says whether a part of it is enough: prefixes and cases are no rivals", () => {
		expect([...rivalsNamed(model, "listPets", "filter2").keys()]).toEqual([
			"ignores the filter",
			"shows nothing",
			"turned around",
		]);
	});
});

test.each([
	["in UTC", "included", "2026-01-31T23:59:00Z", "yes"],
	["in UTC", "included", "2026-02-01T00:00:00Z", "no"],
	["in UTC", "excluded", "2026-01-31T00:00:00Z", "no"],
	["of a zone that nobody tells", "included", "2026-02-01T00:00:00Z", "perhaps"],
	["of a zone that nobody tells", "included", "2026-02-03T00:00:00Z", "no"],
] as const)("a day %s as the last, %s: %s is within it: %s", (zone, bound, held, expected) => {
	const filter: Filter = {
		kind: "filter",
		parameter: "until",
		field: "at",
		compares: "most",
		texts: "unknown",
		bound,
		isText: false,
		isList: false,
		isDay: true,
		...(zone === "in UTC" ? { isUtc: true } : {}),
		isNow: false,
		does: "as-documented",
		evidence: [],
	};
	const { isShown } = passes(filter, held, "2026-01-31");
	expect(isShown === undefined ? "perhaps" : isShown ? "yes" : "no").toBe(expected);
});

describe("a sort", () => {
	const asked = [{ name: "sort", schema: { type: "string", enum: ["age", "-age", "name", "-name"] } }];

	test.each([
		["age", "aecdb"],
		["-age", "bdcea"],
		["-name", "edcba"],
	])("by %s shows %s, items that are equal in any order", async (sort, expected) => {
		const model = await pets(asked);
		const shown = names(model, [...five, list({ sort })]);
		expect([expected, expected.replace("ae", "ea"), expected.replace("ea", "ae")]).toContain(shown);
	});

	test("is told from each of its rivals", async () => {
		const model = await pets(asked);
		const calls = [...five, ...["age", "-age", "name", "-name"].map((sort) => list({ sort }, `l${sort}`))];
		const rivals = [...rivalsNamed(model, "listPets", "sort").values()].flat();
		expect(rivals.map(({ name }) => name)).toContain("orders numbers as texts");
		expect(untold(model, rivals, calls)).toEqual([]);
	});

	test("is documented in words, and not where the sentence limits it", async () => {
		const sortOf = async (words: string): Promise<unknown> =>
			(await pets([], {}, words)).behaviours.get("listPets")?.query?.sort?.standard;
		expect(await sortOf("Sorted by age descending.")).toEqual({ field: "age", descending: true });
		expect(await sortOf("Returns the newest pets first.")).toEqual({ descending: true });
		expect(await sortOf("Pets may be sorted by age.")).toBeUndefined();
	});

	test("names no direction where only fields are named", async () => {
		const model = await pets([{ name: "sort", schema: { type: "string", enum: ["age", "name"] } }]);
		expect([...rivalsNamed(model, "listPets", "sort").keys()]).toEqual([]);
	});
});

describe("a search", () => {
	test("in documented fields is told from each of its rivals", async () => {
		const description = "Pets that contain this text in their name, case-insensitively";
		const model = await pets([{ name: "q", description }]);
		const zoo = [create("Rexington", {}), create("Otherwise", {})];
		const calls = [...zoo, list({ q: "rexing" }), list({ q: "ington" }, "m")];
		const rivals = [...rivalsNamed(model, "listPets", "search").values()].flat();
		expect(rivals.map(({ name }) => name)).toEqual([
			"ignores the search",
			"finds nothing",
			"heeds case",
			"finds prefixes only",
		]);
		expect(untold(model, rivals, calls)).toEqual([]);
	});

	test("that nothing explains must find the whole of a name and nothing that holds it nowhere", async () => {
		const model = await pets([{ name: "q" }]);
		const calls = [create("Rexington", { code: "k" }), create("Otherwise", { code: "l" }), list({ q: "Rexington" })];
		const rivals = [...rivalsNamed(model, "listPets", "search").values()].flat();
		expect(untold(model, rivals, calls)).toEqual([]);
	});
});

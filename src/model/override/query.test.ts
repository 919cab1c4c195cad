import { expect, test } from "vitest";
import { refusal } from "../../contract/sample-files.ts";
import type { ListQuery } from "../query-law.ts";
import { PET_STORE, type SampleOperations, sampleModel } from "../sample-model.ts";

const NUMBER = { type: "integer" };
const asked = ["from", "most", "named", "since", "text", "by", "way"].map((name) => ({
	name,
	in: "query",
	schema: name === "from" || name === "most" ? NUMBER : { type: "string" },
}));

function pets(declares: unknown): SampleOperations {
	const list = PET_STORE["GET /pets"];
	return { ...PET_STORE, "GET /pets": { ...list, answers: list?.answers ?? {}, parameters: asked, declares } };
}

async function queryOf(declares: unknown): Promise<ListQuery | undefined> {
	return (await sampleModel(pets(declares))).behaviours.get("listPets")?.query;
}

test("what is declared of a list is what is believed of it", async () => {
	const query = await queryOf({
		pager: { style: "limit-offset", at: "from", size: "most", base: 1, default: 5, max: 20 },
		filters: { named: "name", since: { field: "created_at", compares: "least", bound: "included" } },
		sort: { by: "by", values: ["name", "-name"], order: "-created_at" },
		search: { parameter: "text", fields: ["name", "tag"], case: "ignored" },
	});
	expect(query?.pager).toMatchObject({ at: "from", size: "most", base: 1, sizes: { default: 5, max: 20 } });
	expect(query?.filters.map(({ parameter, field, compares, bound }) => [parameter, field, compares, bound])).toEqual([
		["named", "name", "equal", "unknown"],
		["since", "created_at", "least", "included"],
	]);
	expect(query?.sort).toMatchObject({ by: "by", standard: { field: "created_at", descending: true } });
	expect(query?.sort?.asks.map((ask) => [ask.query.by, ask.field, ask.descending])).toEqual([
		["name", "name", false],
		["-name", "name", true],
	]);
	expect(query?.search).toMatchObject({ parameter: "text", fields: ["name", "tag"], caseless: true });
	expect(query?.pager?.evidence.map(({ kind }) => kind)).toEqual(["overlay"]);
});

test("a cursor, and what an answer says of its parts, is declared too", async () => {
	const query = await queryOf({
		pager: { style: "cursor", at: "from", cursor: "key", total: "/total", next: "/next", more: "/more" },
		filters: { named: { field: "name", texts: "exact" } },
		sort: { by: "by", direction: "way", values: ["name"] },
		search: { parameter: "text", fields: ["name"], part: true },
	});
	expect(query?.pager).toMatchObject({ cursor: "key", total: "/total", next: "/next", more: "/more" });
	expect(query?.filters).toMatchObject([{ parameter: "named", texts: "exact" }]);
	expect(query?.sort?.asks[0]).toMatchObject({ query: { by: "name", way: "asc" }, descending: false });
	expect(query?.search).toMatchObject({ fields: ["name"], partial: true });
});

test("false takes away what was inferred", async () => {
	const list = PET_STORE["GET /pets"];
	const inferred = ["offset", "limit", "name", "sort", "q"].map((name) => ({
		name,
		in: "query",
		schema: { type: "string" },
	}));
	const declares = { pager: false, filters: { name: false }, sort: false, search: false };
	const operations = {
		...PET_STORE,
		"GET /pets": { ...list, answers: list?.answers ?? {}, parameters: inferred, declares },
	};
	expect((await sampleModel(operations)).behaviours.get("listPets")?.query).toEqual({ filters: [] });
});

test.each([
	[{ pager: { at: "fron" } }, 'no query parameter is called "fron"', 'did you mean "from"?'],
	[{ pager: { stile: "page" } }, 'unknown key "stile" in x-holdfast', 'did you mean "style"?'],
	[{ filters: { named: "nam" } }, 'no field of pets is called "nam"', 'did you mean "name"?'],
	[{ filters: { name: "name" } }, 'no query parameter is called "name"', 'did you mean "named"?'],
	[{ sort: { by: "by", order: "-nam" } }, 'no field of pets is called "nam"', 'did you mean "name"?'],
	[{ search: { parameter: "text", feilds: [] } }, 'unknown key "feilds" in x-holdfast', 'did you mean "fields"?'],
])("%j is refused", async (declares, message, hint) => {
	const [told] = await refusal(sampleModel(pets(declares)));
	expect(told).toContain(message);
	expect(told).toContain(hint);
});

test("only a list is asked for anything", async () => {
	const operations: SampleOperations = {
		...PET_STORE,
		"GET /pets/{petId}": {
			id: "getPet",
			answers: PET_STORE["GET /pets/{petId}"]?.answers ?? {},
			declares: { pager: { style: "page" } },
		},
	};
	expect((await refusal(sampleModel(operations)))[0]).toContain("`pager` says something only of a list");
});

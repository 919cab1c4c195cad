import { expect, test } from "vitest";
import {
	outline,
	type SampleOperation,
	type SampleOperations,
	sampleModel,
	sampleObject,
	TEXT,
} from "../sample-model.ts";

const NUMBER = { type: "integer" };
const PET = sampleObject({ id: { type: "integer", readOnly: true }, "name!": TEXT, born: TEXT });
const NEW = sampleObject({ "name!": TEXT, born: TEXT });
const many = (schema: unknown): unknown => ({ type: "array", items: schema });
const reads: SampleOperation = { answers: { 200: PET, 404: null } };

type Case = [title: string, operations: SampleOperations, ...lines: string[]];
const infers = async (...[, operations, ...lines]: Case): Promise<void> => {
	expect(outline(await sampleModel(operations))).toEqual(expect.arrayContaining(lines));
};

test.each<Case>([
	[
		"bare",
		{ "GET /pets": { answers: { 200: many(PET) } }, "GET /pets/{id}": reads },
		"GET /pets: list pets shows list",
	],
	[
		"under data",
		{ "GET /pets": { answers: { 200: sampleObject({ data: many(PET), meta: { type: "object" } }) } } },
		"GET /pets: list pets shows list/data",
	],
	[
		"under items with a total",
		{ "GET /pets": { answers: { 200: sampleObject({ items: many(PET), total: NUMBER }) } } },
		"GET /pets: list pets shows list/items",
	],
	[
		"under the resource's name",
		{ "GET /pets": { answers: { 200: sampleObject({ pets: many(PET), owners: many(PET) }) } } },
		"GET /pets: list pets shows list/pets",
	],
	[
		"under another name beside what envelopes carry",
		{
			"GET /pets": {
				answers: { 200: sampleObject({ found: many(PET), next_cursor: TEXT, has_more: { type: "boolean" } }) },
			},
		},
		"GET /pets: list pets shows list/found",
	],
	[
		"as HAL embeds it",
		{ "GET /pets": { answers: { 200: sampleObject({ _embedded: sampleObject({ pets: many(PET) }), _links: {} }) } } },
		"GET /pets: list pets shows list/_embedded/pets",
	],
	[
		"what shares few names with the item",
		{
			"GET /pets/{id}": reads,
			"DELETE /pets/{id}": { answers: { 200: sampleObject({ name: TEXT, deleted: {}, took: {} }) } },
		},
		"DELETE /pets/{id}: remove pets if valid",
	],
	[
		"an item bare",
		{ "GET /pets/{id}": { answers: { 200: PET } } },
		"GET /pets/{id}: read pets shows item if exists pets, valid",
	],
	[
		"an item under data",
		{ "GET /pets/{id}": { answers: { 200: sampleObject({ data: PET }) } } },
		"GET /pets/{id}: read pets shows item/data if exists pets, valid",
	],
	[
		"an item under its singular",
		{ "GET /pets/{id}": { answers: { 200: sampleObject({ success: { const: true }, pet: PET }) } } },
		"GET /pets/{id}: read pets shows item/pet if exists pets, valid",
	],
	[
		"an item that itself has data",
		{ "GET /pets/{id}": { answers: { 200: sampleObject({ id: TEXT, name: TEXT, data: {} }) } } },
		"GET /pets/{id}: read pets shows item if exists pets, valid",
	],
	[
		"a wrapped body",
		{
			"POST /pets": { body: sampleObject({ pet: NEW }), answers: { 201: sampleObject({ pet: PET }) } },
			"GET /pets/{id}": { answers: { 200: sampleObject({ pet: PET }) } },
		},
		"POST /pets: create pets takes /pet shows item/pet if valid",
	],
	[
		"a value with one array among others",
		{
			"GET /settings": { answers: { 200: sampleObject({ theme: TEXT, tags: many(TEXT) }) } },
			"PUT /settings": { body: NEW, answers: { 200: null } },
		},
		"GET /settings: read settings shows item",
	],
	[
		"plain values under a name that are written as an object",
		{
			"GET /pets/{id}/topics": { answers: { 200: sampleObject({ names: many(TEXT) }) } },
			"PUT /pets/{id}/topics": { body: sampleObject({ names: many(TEXT) }), answers: { 200: null } },
		},
		"topics: singleton in pets { names }",
	],
])("finds what an answer shows: %s", infers);

test.each<[answer: unknown, named: object]>([
	[sampleObject({ pet_id: TEXT }), { key: "pet_id", at: "" }],
	[sampleObject({ data: sampleObject({ pet_id: TEXT }) }), { key: "pet_id", at: "/data" }],
	[sampleObject({ data: sampleObject({ pet_ids: { type: "array", items: TEXT } }) }), { at: "" }],
])("an answer %j names what it made at %j", async (answer, named) => {
	const item = sampleObject({ id: TEXT, name: TEXT });
	const model = await sampleModel({
		"POST /pets": { id: "create", body: sampleObject({ name: TEXT }), answers: { 201: answer } },
		"GET /pets/{id}": { answers: { 200: item } },
	});
	const { key, at } = model.behaviours.get("create")?.answer ?? {};
	expect({ at, ...(key === undefined ? {} : { key }) }).toEqual(named);
});

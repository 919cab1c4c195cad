import { expect, test } from "vitest";
import { sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const CATEGORY = sampleObject({ id: TEXT, name: TEXT });
const LIST = { type: "array", items: CATEGORY };

test.each<[string, unknown]>([
	["", CATEGORY],
	["/data", sampleObject({ data: CATEGORY })],
	["/category", sampleObject({ category: CATEGORY, meta: {} })],
	["/data/category", sampleObject({ data: sampleObject({ category: CATEGORY }) })],
	["", sampleObject({ id: TEXT, category: CATEGORY })],
])("an item stands at %j of %j", async (at, answer) => {
	const model = await sampleModel({
		"GET /categories": { answers: { 200: LIST } },
		"GET /categories/{id}": { id: "get", answers: { 200: answer } },
	});
	expect(model.behaviours.get("get")?.answer).toMatchObject({ shows: "item", at });
});

test.each<[string, unknown]>([
	["", LIST],
	["/categories", sampleObject({ categories: LIST, total: { type: "integer" } })],
	["/data", sampleObject({ data: LIST, next: TEXT })],
	["/data/categories", sampleObject({ data: sampleObject({ categories: LIST }) })],
	[
		"/Container/Category",
		sampleObject({ Container: sampleObject({ name: TEXT, size: {}, offset: {}, Category: LIST }) }),
	],
	["/found", sampleObject({ name: TEXT, offset: {}, total: {}, found: LIST })],
	["/_embedded/categories", sampleObject({ _embedded: sampleObject({ categories: LIST }), _links: {} })],
])("a list stands at %j of %j", async (at, answer) => {
	const model = await sampleModel({ "GET /categories": { id: "list", answers: { 200: answer } } });
	expect(model.behaviours.get("list")?.answer).toMatchObject({ shows: "list", at });
});

import { expect, test } from "vitest";
import {
	outline,
	type SampleOperation,
	type SampleOperations,
	sampleModel,
	sampleObject,
	TEXT,
} from "../sample-model.ts";

const PET = sampleObject({ id: { type: "integer", readOnly: true }, "name!": TEXT, born: TEXT });
const NEW = sampleObject({ "name!": TEXT, born: TEXT });
const many = (schema: unknown): unknown => ({ type: "array", items: schema });
const reads: SampleOperation = { answers: { 200: PET, 404: null } };
const makes: SampleOperation = { body: NEW, answers: { 201: PET } };

type Case = [title: string, operations: SampleOperations, ...lines: string[]];
const infers = async (...[, operations, ...lines]: Case): Promise<void> => {
	expect(outline(await sampleModel(operations))).toEqual(expect.arrayContaining(lines));
};

test.each<Case>([
	[
		"PUT with 201 makes the item",
		{ "GET /pets/{name}": reads, "PUT /pets/{name}": { ...makes, answers: { 200: null, 201: null, 404: null } } },
		"PUT /pets/{name}: upsert pets if valid, read-only",
	],
	[
		"PUT with 201 beside 200 makes the item, though POST does too and it is called replace",
		{
			"POST /pets": makes,
			"GET /pets/{name}": { answers: { 200: PET } },
			"PUT /pets/{name}": { body: NEW, summary: "Replace a pet", answers: { 200: null, 201: null } },
		},
		"PUT /pets/{name}: upsert pets if valid, read-only",
	],
	[
		"PUT with 200, 201 and 404, as generators document it, replaces the item",
		{
			"POST /pets": makes,
			"GET /pets/{name}": { answers: { 200: PET } },
			"PUT /pets/{name}": { body: NEW, answers: { 200: null, 201: null, 404: null } },
		},
		"PUT /pets/{name}: replace pets if exists pets, valid, read-only",
	],
	[
		"PUT that nothing else makes an item makes it",
		{ "GET /pets/{name}": reads, "PUT /pets/{name}": { ...makes, answers: { 200: null } } },
		"PUT /pets/{name}: upsert pets if valid, read-only",
	],
	[
		"PUT that must find the item replaces it",
		{ "GET /pets/{name}": reads, "PUT /pets/{name}": { ...makes, answers: { 200: null, 404: null } } },
		"PUT /pets/{name}: replace pets if exists pets, valid, read-only",
	],
	[
		"PUT whose body holds less than a creating one changes in part",
		{
			"POST /pets": makes,
			"GET /pets/{id}": reads,
			"PUT /pets/{id}": { body: sampleObject({ name: TEXT }), answers: { 200: null } },
		},
		"PUT /pets/{id}: merge pets if valid",
	],
	[
		"PUT without a body says nothing",
		{ "POST /pets": makes, "GET /pets/{id}": reads, "PUT /pets/{id}": { answers: { 200: null } } },
		"PUT /pets/{id}: opaque (it has no body) if valid",
	],
	[
		"PUT without a body makes what only it makes",
		{ "GET /stars/{id}": reads, "PUT /stars/{id}": { answers: { 204: null } } },
		"PUT /stars/{id}: upsert stars if valid",
	],
	[
		"PATCH with JSON Patch applies it",
		{
			"GET /pets/{id}": reads,
			"PATCH /pets/{id}": {
				body: many({ type: "object" }),
				takes: "application/json-patch+json",
				answers: { 200: null },
			},
		},
		"PATCH /pets/{id}: patch pets if valid, applies",
	],
	[
		"PATCH with JSON Patch on what is shown in an envelope is not read: nobody knows where its paths begin",
		{
			"GET /pets/{id}": { answers: { 200: sampleObject({ data: PET }), 404: null } },
			"PATCH /pets/{id}": {
				body: many({ type: "object" }),
				takes: "application/json-patch+json",
				answers: { 204: null },
			},
		},
		"PATCH /pets/{id}: opaque (nothing says where the paths of its patches begin: what they change is shown in an envelope) if valid",
	],
	[
		"PATCH with JSON Patch that only some may change is not read",
		{
			"GET /pets/{id}": reads,
			"PATCH /pets/{id}": {
				description: "Updates only the name.",
				body: many({ type: "object" }),
				takes: "application/json-patch+json",
				answers: { 204: null },
			},
		},
		'PATCH /pets/{id}: opaque (a sentence limits it: "Updates only the name.") if valid',
	],
	[
		"POST of several items is not read",
		{ "GET /pets/{id}": reads, "POST /pets": { body: many(NEW), answers: { 200: null } } },
		"POST /pets: opaque (its body carries several items at once) if valid",
	],
	[
		"DELETE that is told what to remove is not read",
		{
			"GET /pets": { answers: { 200: many(PET) } },
			"POST /pets": makes,
			"DELETE /pets": { parameters: [{ name: "ids", in: "query", schema: TEXT }], answers: { 204: null } },
		},
		"DELETE /pets: opaque (what it removes depends on what it is sent) if valid",
	],
	[
		"DELETE of a collection clears it",
		{ "GET /pets": { answers: { 200: many(PET) } }, "POST /pets": makes, "DELETE /pets": { answers: { 204: null } } },
		"DELETE /pets: clear pets",
	],
	[
		"OPTIONS changes nothing",
		{ "GET /pets/{id}": reads, "OPTIONS /pets/{id}": { answers: { 204: null } } },
		"OPTIONS /pets/{id}: none if valid",
	],
	[
		"HEAD changes nothing, and finds nothing where nothing is",
		{ "GET /pets/{id}": reads, "HEAD /pets/{id}": { answers: { 200: null, 404: null } } },
		"HEAD /pets/{id}: none if exists pets, valid",
	],
	[
		"an answer that is only documented as default is a success",
		{ "GET /pets/{id}": { answers: { default: PET } } },
		"GET /pets/{id}: read pets shows item if exists pets, valid",
	],
])("reads methods: %s", infers);

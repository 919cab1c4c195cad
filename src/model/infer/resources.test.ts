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
const makes: SampleOperation = { body: NEW, answers: { 201: PET } };

type Case = [title: string, operations: SampleOperations, ...lines: string[]];
const infers = async (...[, operations, ...lines]: Case): Promise<void> => {
	expect(outline(await sampleModel(operations))).toEqual(expect.arrayContaining(lines));
};

test.each<Case>([
	[
		"a collection whose keys the server makes",
		{
			"GET /pets": { answers: { 200: many(PET) } },
			"POST /pets": makes,
			"GET /pets/{id}": reads,
			"PUT /pets/{id}": { ...makes, answers: { 200: PET, 404: null } },
			"PATCH /pets/{id}": { ...makes, answers: { 200: PET } },
			"DELETE /pets/{id}": { answers: { 204: null, 404: null } },
		},
		"pets: collection, key id by the server { name born id:unique }",
		"GET /pets: list pets shows list",
		"POST /pets: create pets shows item if valid",
		"GET /pets/{id}: read pets shows item if exists pets, valid",
		"PUT /pets/{id}: replace pets shows item if exists pets, valid",
		"PATCH /pets/{id}: merge pets shows item if valid",
		"DELETE /pets/{id}: remove pets if exists pets, valid",
	],
	[
		"a collection whose keys the path makes",
		{ "GET /pets/{name}": reads, "PUT /pets/{name}": { body: sampleObject({ born: TEXT }), answers: { 201: null } } },
		"pets: collection, key name by the client { born id:unique name:volatile }",
		"PUT /pets/{name}: upsert pets if valid, read-only",
	],
	[
		"a collection whose keys the body must carry",
		{
			"POST /users": { body: sampleObject({ "login!": TEXT }), answers: { 201: null } },
			"GET /users/{login}": { answers: { 200: sampleObject({ login: TEXT }) } },
		},
		"users: collection, key login by the client { login }",
	],
	[
		"items that nobody makes",
		{ "GET /pets": { answers: { 200: many(PET) } }, "GET /pets/{id}": reads },
		"pets: collection, key id by the server { id:unique name:volatile born:volatile }",
	],
	[
		"a log, to which only the server adds",
		{ "GET /audit-logs": { answers: { 200: many(sampleObject({ at: TEXT })) } } },
		"audit-logs: log { at:volatile }",
	],
	[
		"one value",
		{ "GET /settings": { answers: { 200: NEW } }, "PUT /settings": { body: NEW, answers: { 200: null } } },
		"settings: singleton { name born }",
		"GET /settings: read settings shows item",
		"PUT /settings: replace settings if valid",
	],
	[
		"one value inside an item",
		{
			"GET /pets/{id}": reads,
			"GET /pets/{id}/diet": { answers: { 200: NEW, 404: null } },
			"PATCH /pets/{id}/diet": { body: NEW, answers: { 204: null } },
		},
		"diet: singleton in pets { name born }",
		"GET /pets/{id}/diet: read diet shows item if exists pets, valid",
	],
	[
		"a set of plain values",
		{
			"GET /tags": { answers: { 200: { type: "array", uniqueItems: true, items: TEXT } } },
			"PUT /tags": { body: many(TEXT), answers: { 204: null } },
			"PUT /tags/{tag}": { answers: { 204: null } },
			"DELETE /tags/{tag}": { answers: { 204: null } },
		},
		"tags: set, key of the path by the client",
		"GET /tags: list tags shows members",
		"PUT /tags: replace tags if valid",
		"PUT /tags/{tag}: append tags if valid",
		"DELETE /tags/{tag}: remove tags if valid",
	],
	[
		"a list whose order nothing explains",
		{ "GET /tags": { answers: { 200: many(TEXT) } }, "POST /tags": { body: many(TEXT), answers: { 204: null } } },
		"tags: list",
		"POST /tags: append tags if valid",
	],
	[
		"a list in order",
		{
			"GET /steps": { description: "Returns the steps in the order of their execution.", answers: { 200: many(TEXT) } },
		},
		"steps: list in order",
	],
	[
		"a list whose order is said to mean nothing",
		{
			"GET /steps": {
				description: "The steps, ordered by chance: the order carries no meaning.",
				answers: { 200: many(TEXT) },
			},
		},
		"steps: list",
	],
	[
		"ids in a list of items",
		{ "GET /items": { answers: { 200: many(NUMBER) } }, "GET /items/{id}": reads, "POST /items": makes },
		"items: collection, key id by the server { name born id:unique }",
		"GET /items: list items",
	],
	[
		"an action, which is opaque",
		{ "GET /pets/{id}": reads, "POST /pets/{id}/cancel": { answers: { 204: null, 404: null } } },
		"POST /pets/{id}/cancel: opaque (it acts on nothing that the document lets one read) if exists pets, valid",
	],
])("infers %s", infers);

test.each<Case>([
	[
		"under the same name",
		{ "POST /pets": makes, "GET /pets/{id}": reads },
		"pets: collection, key id by the server { name born id:unique }",
	],
	[
		"as id, of {petId}",
		{ "POST /pets": makes, "GET /pets/{petId}": reads },
		"pets: collection, key id by the server { name born id:unique }",
	],
	[
		"as pet_id, of {id}",
		{ "GET /pets/{id}": { answers: { 200: sampleObject({ pet_id: TEXT }) } } },
		"pets: collection, key pet_id by the server { pet_id:unique }",
	],
	[
		"by no name, of a number",
		{
			"GET /pets/{petId}": {
				answers: { 200: NEW },
				parameters: [{ name: "petId", in: "path", required: true, schema: NUMBER }],
			},
		},
		"pets: collection, key of the path by the server { name:volatile born:volatile }",
	],
	[
		"by what every object inherits",
		{ "GET /teams/{constructor}": { answers: { 200: sampleObject({ constructor: TEXT }) } } },
		"teams: collection, key constructor by the server { constructor:unique }",
	],
])("finds the property that holds a key %s", infers);

test.each<Case>([
	[
		"a collection inside an item",
		{
			"GET /pets/{petId}": reads,
			"GET /pets/{petId}/toys": { answers: { 200: many(PET) } },
			"POST /pets/{petId}/toys": makes,
			"DELETE /pets/{petId}/toys/{toyId}": { answers: { 204: null, 404: null } },
		},
		"toys: collection in pets, key id by the server { name born id:unique }",
		"DELETE /pets/{petId}/toys/{toyId}: remove toys if exists pets, exists toys, valid",
	],
	[
		"a suffix of the format",
		{ "GET /pets.json": { answers: { 200: many(PET) } }, "GET /pets/{id}.json": reads },
		"GET /pets.json: list pets shows list",
		"GET /pets/{id}.json: read pets shows item if exists pets, valid",
	],
	[
		"OData's items",
		{ "GET /pets": { answers: { 200: sampleObject({ value: many(PET) }) } }, "GET /pets('{id}')": reads },
		"GET /pets('{id}'): read pets shows item if exists pets, valid",
	],
	[
		"the same last segment under different parents",
		{
			"GET /users/{id}/notes": { answers: { 200: many(PET) } },
			"GET /teams/{id}/notes": { answers: { 200: many(PET) } },
			"GET /notes": { answers: { 200: many(PET) } },
		},
		"GET /users/{id}/notes: list users.notes shows list if valid",
		"GET /teams/{id}/notes: list teams.notes shows list if valid",
		"GET /notes: list notes shows list",
	],
	[
		"keys in two parts",
		{
			"GET /repos/{owner}/{repo}": reads,
			"GET /repos/{owner}/{repo}/issues": { answers: { 200: many(PET), 404: null } },
		},
		"owner: collection",
		"GET /repos/{owner}/{repo}: read repos shows item if exists repos, valid",
		"GET /repos/{owner}/{repo}/issues: list issues shows list if exists repos, valid",
	],
	[
		"an item at the root",
		{ "GET /{bucket}": reads, "GET /": { answers: { 200: many(PET) } } },
		"GET /: list root shows list",
		"GET /{bucket}: read root shows item if exists root, valid",
	],
	["a path without its slash", { "GET pets/{id}": reads }, "GET pets/{id}: read pets shows item if exists pets, valid"],
	[
		"a list under a parameter",
		{ "GET /repos/{owner}": { answers: { 200: many(PET) } } },
		"GET /repos/{owner}: list repos shows list if valid",
	],
])("reads paths: %s", infers);

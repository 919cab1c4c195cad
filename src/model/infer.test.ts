import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadFiles } from "../contract/sample-files.ts";
import { claimsOf } from "./claim.ts";
import { explain } from "./explain.ts";
import { inferModel } from "./infer.ts";
import { modelOf, outline, sampleModel, sampleObject, TEXT } from "./sample-model.ts";

const gateway = { "openapi.yaml": read("openapi.yaml"), "behaviour.overlay.yaml": read("behaviour.overlay.yaml") };

function read(name: string): string {
	return readFileSync(new URL(`../../spec/gateway/${name}`, import.meta.url), "utf8");
}

test("reads the gateway's document", async () => {
	expect(outline(await modelOf(gateway))).toMatchInlineSnapshot(`
		[
		  "apps: collection, key app_id by the client { webhook_url api_key rate_limit events success:volatile app_id:volatile }",
		  "cids: set in apps, key of the path by the client",
		  "recent-errors: log { timestamp:volatile trace_id:volatile method:volatile path:volatile pattern:volatile status_code:volatile app_id:volatile error:volatile }",
		  "POST /admin/apps/{app_id}: upsert apps shows item if credentials, valid, unique",
		  "GET /admin/apps/{app_id}: read apps shows item if credentials, exists apps, valid",
		  "DELETE /admin/apps/{app_id}: remove apps shows item if credentials, exists apps, valid",
		  "PUT /admin/apps/{app_id}/cids: replace cids shows members if credentials, exists apps, valid",
		  "GET /admin/apps/{app_id}/cids: list cids shows members if credentials, exists apps, valid",
		  "DELETE /admin/apps/{app_id}/cids/{number}: remove cids if credentials, exists apps, exists cids, valid",
		  "GET /admin/health: none if credentials",
		  "GET /admin/recent-errors: list recent-errors shows list/errors if credentials",
		  "GET /metrics: none",
		  "POST /api/v1/dial: none if credentials, valid, member, limit",
		]
	`);
});

test("a document of Swagger 2.0 is read as any other", async () => {
	const pet = {
		type: "object",
		required: ["name"],
		properties: { id: { type: "integer", readOnly: true }, name: { type: "string" } },
	};
	const swagger = {
		...{
			swagger: "2.0",
			info: { title: "pets", version: "1" },
			consumes: ["application/json"],
			produces: ["application/json"],
		},
		paths: {
			"/pets": {
				post: {
					parameters: [{ name: "body", in: "body", required: true, schema: { $ref: "#/definitions/Pet" } }],
					responses: { 201: { description: "", schema: { $ref: "#/definitions/Pet" } } },
				},
			},
			"/pets/{id}": {
				get: {
					parameters: [{ name: "id", in: "path", required: true, type: "integer" }],
					responses: { 200: { description: "", schema: { $ref: "#/definitions/Pet" } } },
				},
			},
		},
		definitions: { Pet: pet },
	};
	expect(outline(await modelOf({ "openapi.yaml": JSON.stringify(swagger) }))).toEqual([
		"pets: collection, key id by the server { name id:unique }",
		"POST /pets: create pets shows item if valid",
		"GET /pets/{id}: read pets shows item if exists pets, valid",
	]);
});

test.each([
	[
		"no schemas",
		{
			"/pets": { get: { responses: { 200: { description: "" } } }, post: {} },
			"/pets/{id}": { get: {}, put: { requestBody: {} }, delete: { responses: {} } },
		},
	],
	["nothing but parameters", { "/{a}/{b}": { get: {}, put: {} }, "/": { get: {}, post: {} } }],
	["no operations", {}],
	[
		"schemas that refer to themselves",
		{
			"/pets": {
				post: {
					requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Loop" } } } },
					responses: {
						200: {
							description: "",
							content: { "application/json": { schema: { $ref: "#/components/schemas/Loop" } } },
						},
					},
				},
			},
			"/pets/{id}": {
				get: {
					responses: {
						200: {
							description: "",
							content: { "application/json": { schema: { $ref: "#/components/schemas/Nowhere" } } },
						},
					},
				},
			},
		},
	],
])("a document with %s is read without complaint", async (_, paths) => {
	const components = {
		schemas: {
			Loop: {
				type: "object",
				properties: {
					pets: { type: "array", items: { $ref: "#/components/schemas/Loop" } },
					pet: { $ref: "#/components/schemas/Loop" },
				},
			},
		},
	};
	const document = JSON.stringify({ openapi: "3.1.0", info: { title: "odd", version: "1" }, paths, components });
	const contract = await loadFiles({ "openapi.yaml": document });
	const model = inferModel(contract);
	expect([...model.behaviours.keys()]).toHaveLength(contract.operations.length);
	expect(claimsOf(model)).toBeInstanceOf(Array);
	expect(typeof explain(model)).toBe("string");
});

test.each([
	["There is no such owner.", true, ["404"]],
	["Nothing is there.", false, []],
])("a 404 described as %j makes a reference of the body sure: %s", async (description, sure, statuses) => {
	const pet = sampleObject({ "id!": { type: "string", readOnly: true }, owner_id: TEXT });
	const list = { type: "array", items: pet };
	const model = await sampleModel(
		{
			"GET /owners": { id: "listOwners", answers: { 200: list } },
			"POST /owners": { id: "createOwner", answers: { 201: pet } },
			"GET /pets": { id: "listPets", answers: { 200: list } },
			"POST /pets": { id: "createPet", body: pet, answers: { 201: pet, 404: description } },
		},
		{ "x-holdfast": { resources: { pets: { refers: { owner_id: "owners" } } } } },
	);
	const guards = model.behaviours.get("createPet")?.guards;
	expect(guards?.filter(({ kind }) => kind === "refers")).toMatchObject([{ property: "owner_id", sure, statuses }]);
});

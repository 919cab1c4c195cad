import { expect, test } from "vitest";
import { claimsOf } from "../claim.ts";
import { type SampleOperation, type SampleOperations, sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const PET = sampleObject({ id: { type: "integer", readOnly: true }, "name!": TEXT, born: TEXT });
const many = (schema: unknown): unknown => ({ type: "array", items: schema });
const reads: SampleOperation = { answers: { 200: PET, 404: null } };

test.each<[string, SampleOperation, readonly (readonly [string, string])[]]>([
	["404", { answers: { 200: PET, 404: null } }, [["exists", "404"]]],
	["410", { answers: { 200: PET, 410: null } }, [["exists", "410"]]],
	["nothing", { answers: { 200: PET } }, [["exists", ""]]],
	["a class", { answers: { 200: PET, "4XX": null } }, [["exists", "4XX"]]],
	["default", { answers: { 200: PET, default: null } }, [["exists", "default"]]],
	[
		"401 and 403",
		{ answers: { 200: PET, 401: null, 403: null }, security: [{ key: [] }] },
		[
			["credentials", "401 403"],
			["exists", ""],
		],
	],
	[
		"no status for credentials",
		{ answers: { 200: PET }, security: [{ key: [] }] },
		[
			["credentials", ""],
			["exists", ""],
		],
	],
	["optional credentials", { answers: { 200: PET, 401: null }, security: [{ key: [] }, {}] }, [["exists", ""]]],
])("with %s documented, a read is guarded so", async (_, operation, expected) => {
	const model = await sampleModel(
		{ "GET /pets/{id}": { id: "get", ...operation } },
		{ components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } } },
	);
	const guards = model.behaviours.get("get")?.guards.filter(({ kind }) => kind !== "valid") ?? [];
	expect(guards.map(({ kind, statuses }) => [kind, statuses.join(" ")])).toEqual(expected);
});

test.each([
	["a removal", { "DELETE /pets/{id}": { id: "op", answers: { 204: null } } }],
	["a list in a parent", { "GET /pets/{id}/toys": { id: "op", answers: { 200: many(PET) } } }],
])("without a documented 404, %s of what is not there is no claim", async (_, operations) => {
	const model = await sampleModel({ "GET /pets/{id}": reads, ...operations } as SampleOperations);
	expect(claimsOf(model).filter(({ operation, law }) => operation === "op" && law === "exists")).toEqual([]);
});

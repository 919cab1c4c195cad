import { expect, test } from "vitest";
import { inferModel } from "../infer.ts";
import type { Resource } from "../resource.ts";
import { outline, type SampleOperations, sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const many = (schema: unknown): unknown => ({ type: "array", items: schema });

type Case = [title: string, operations: SampleOperations, ...lines: string[]];
const infers = async (...[, operations, ...lines]: Case): Promise<void> => {
	expect(outline(await sampleModel(operations))).toEqual(expect.arrayContaining(lines));
};

test.each<Case>([
	[
		"times that services keep by themselves",
		{
			"POST /pets": {
				body: sampleObject({ created_at: TEXT, updatedAt: TEXT, dateModified: TEXT, due_at: TEXT }),
				answers: { 201: null },
			},
			"GET /pets/{id}": {
				answers: { 200: sampleObject({ created_at: TEXT, updatedAt: TEXT, dateModified: TEXT, due_at: TEXT }) },
			},
		},
		"pets: collection, key of the path by the server { due_at created_at:volatile updatedAt:volatile dateModified:volatile }",
	],
	[
		"an id that a body may carry",
		{
			"POST /pets": { body: sampleObject({ id: TEXT, name: TEXT }), answers: { 201: null } },
			"GET /pets/{id}": { answers: { 200: sampleObject({ id: TEXT, name: TEXT }) } },
		},
		"pets: collection, key id by the server { name id:unique }",
	],
	[
		"fields that are shown as something else than is written",
		{
			"POST /pets": { body: sampleObject({ owner: TEXT, tags: many(TEXT) }), answers: { 201: null } },
			"GET /pets/{id}": {
				answers: { 200: sampleObject({ owner: sampleObject({ id: TEXT }), tags: many(sampleObject({ n: TEXT })) }) },
			},
		},
		"pets: collection, key of the path by the server { owner:volatile tags:volatile }",
	],
	[
		"links and revisions",
		{
			"POST /pets": { body: sampleObject({ _links: {}, etag: TEXT, name: TEXT }), answers: { 201: null } },
			"GET /pets/{id}": { answers: { 200: sampleObject({ _links: {}, etag: TEXT, name: TEXT }) } },
		},
		"pets: collection, key of the path by the server { name _links:volatile etag:volatile }",
	],
])("leaves to the server %s", infers);

test("who serves keeps what a body that makes an item must carry, and what is shown otherwise", async () => {
	const kind = (...words: string[]): object => ({ type: "string", enum: words });
	const owner = { type: "string", readOnly: true };
	const operations: SampleOperations = {
		"POST /pets": {
			body: sampleObject({ "owner!": TEXT, kind: kind("cat", "dog") }),
			answers: { 201: null },
		},
		"PATCH /pets/{id}": { body: sampleObject({ owner }), answers: { 200: null } },
		"GET /pets/{id}": { answers: { 200: sampleObject({ id: TEXT, owner, kind: kind("cat") }) } },
	};
	const { contract, resources } = await sampleModel(operations);
	const told = ({ fields }: Resource): unknown =>
		["owner", "kind"].map((name) => [fields.get(name)?.owner, fields.get(name)?.compared]);
	const serving = inferModel(contract, { guesses: true }).resources;
	expect([resources, serving].map((all) => told(all.get("pets") as Resource))).toEqual([
		[
			["volatile", true],
			["client", false],
		],
		[
			["client", true],
			["client", true],
		],
	]);
});

test("a field has the default that is documented, is never compared when it is a password or write-only", async () => {
	const user = {
		n: { type: "integer", default: 3 },
		password: { type: "string", format: "password" },
		role: { type: "string", writeOnly: true },
		extra: TEXT,
	};
	const { extra: _notShown, ...shown } = user;
	const model = await sampleModel({
		"POST /users": { body: sampleObject(user), answers: { 201: null } },
		"GET /users/{id}": { answers: { 200: sampleObject({ ...shown, role: TEXT }) } },
	});
	const fields = [...(model.resources.get("users")?.fields.values() ?? [])];
	expect(fields.map(({ name, whenUnset, writeOnly }) => [name, whenUnset.kind, writeOnly])).toEqual([
		["n", "documented", false],
		["password", "unknown", true],
		["role", "unknown", true],
		["extra", "unknown", true],
	]);
});

import { expect, test } from "vitest";
import { loadFiles } from "../../contract/sample-files.ts";
import { explain } from "../explain.ts";
import { explainAll } from "../explain-json.ts";
import { inferModel } from "../infer.ts";
import type { Model } from "../model.ts";
import { handedBy, isTarget } from "./leads.ts";

const json = (properties: object): object => ({
	description: "",
	content: { "application/json": { schema: { type: "object", properties } } },
});
const parameters = [{ name: "petId", in: "path", required: true, schema: { type: "string" } }];

/** Pets whose making answers with these headers and links. */
async function petsWith(answer: object): Promise<Model> {
	const pet = json({ id: { type: "string" }, tag: { type: "string" }, name: { type: "string" } });
	const document = {
		openapi: "3.1.0",
		info: { title: "pets", version: "1" },
		paths: {
			"/pets": {
				post: { operationId: "createPet", requestBody: json({ name: { type: "string" } }), responses: { 201: answer } },
			},
			"/pets/{petId}": { get: { operationId: "getPet", parameters, responses: { 200: pet } } },
		},
	};
	return inferModel(await loadFiles({ "openapi.yaml": JSON.stringify(document) }));
}

const link = (value: unknown): object => ({
	...json({ tag: { type: "string" } }),
	links: { self: { operationId: "getPet", parameters: { petId: value } } },
});

test("a link names the operation that it leads to, and the key that it hands over", async () => {
	const model = await petsWith(link("$response.body#/tag"));
	expect(model.behaviours.get("createPet")?.leads).toMatchObject([
		{ name: "self", to: "getPet", hands: { petId: "/tag" }, evidence: { kind: "links" } },
	]);
	const pets = model.resources.get("pets");
	expect(pets?.key?.property).toBe("tag");
	expect(pets?.evidence.map(({ text }) => text)).toContain("link self hands tag to getPet");
});

test.each(["$request.path.petId", "$response.body#/owner/tag", "$response.body#/unknown", 7])(
	"a link that hands over %j tells no key",
	async (value) => {
		expect((await petsWith(link(value))).resources.get("pets")?.key?.property).toBe("id");
	},
);

test("a Location leads to the operation that reads what was made", async () => {
	const model = await petsWith({ description: "", headers: { Location: { schema: { type: "string" } } } });
	expect(model.behaviours.get("createPet")?.leads).toMatchObject([{ name: "Location", to: "getPet", hands: {} }]);
	expect(explain(model, "createPet")).toMatch(/ {2}links {6}Location: getPet\n.+RFC 9110 10\.2\.2/);
	expect(explainAll(model, "createPet")[0]?.links).toMatchObject([{ name: "Location", to: "getPet" }]);
});

test("a link that leads nowhere keeps what it says", async () => {
	const lost = { description: "", links: { next: { operationId: "gone", parameters: {} } } };
	expect((await petsWith(lost)).behaviours.get("createPet")?.leads).toMatchObject([{ name: "next", to: "gone" }]);
});

const source = { file: "openapi.yaml", pointer: "" };
const plain = { name: "self", parameters: {}, source };

test.each([
	["path.petId", "$response.body#/id", { petId: "/id" }],
	["petId", "{$response.body#/id}", { petId: "/id" }],
	["petId", "$response.header.X-Id", {}],
	["petId", "$response.body", {}],
])("%s: %s hands over %j", (name, value, hands) => {
	expect(handedBy({ ...plain, parameters: { [name]: value } })).toEqual(hands);
});

test.each([
	[{ operationId: "getPet" }, true],
	[{ operationId: "listPets" }, false],
	[{ operationRef: "#/paths/~1pets~1{petId}/get" }, true],
	[{ operationRef: "#/paths/~1pets/get" }, false],
	[{}, false],
])("the link %j leads to the operation: %j", async (said, isSo) => {
	const model = await petsWith({ description: "" });
	const operation = model.behaviours.get("getPet")?.operation;
	expect(operation !== undefined && isTarget({ ...plain, ...said }, operation)).toBe(isSo);
});

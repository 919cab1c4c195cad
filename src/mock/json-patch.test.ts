import { expect, test } from "vitest";
import { sampleDocument, sampleObject, TEXT } from "../model/sample-model.ts";
import { sampleMock } from "./sample-mock.ts";

const FIELDS = { "title!": { type: "string", maxLength: 10 }, steps: { type: "array", items: TEXT } };
const CARD = sampleObject({ "id!": { type: "string", readOnly: true }, ...FIELDS });
const DOCUMENT = sampleDocument({
	"POST /cards": { id: "createCard", body: sampleObject(FIELDS), answers: { 201: CARD } },
	"GET /cards/{id}": { id: "getCard", answers: { 200: CARD, 404: null } },
	"PATCH /cards/{id}": {
		id: "patchCard",
		body: { type: "array", items: sampleObject({ "op!": TEXT, "path!": TEXT, value: {} }) },
		takes: "application/json-patch+json",
		answers: { 200: CARD, 404: null, 409: null },
	},
});

test("the mock applies a JSON Patch as a whole or not at all", async () => {
	const { send } = await sampleMock(DOCUMENT);
	const { id } = (await send("POST", "/cards", { title: "a", steps: ["x"] })).body as { id: string };
	const patch = async (...steps: readonly object[]) => {
		const headers = { "content-type": "application/json-patch+json" };
		const { status, body } = await send("PATCH", `/cards/${id}`, steps, headers);
		return status === 200 ? body : [status, body];
	};
	const first = { op: "add", path: "/steps/0", value: "w" };
	expect(await patch(first, { op: "test", path: "/title", value: "a" })).toEqual({ id, title: "a", steps: ["w", "x"] });
	expect(await patch({ op: "remove", path: "/steps" })).toEqual({ id, title: "a" });
	const refused = [409, { detail: "Operation 1 of the patch: /title holds something else" }];
	const renamed = { op: "replace", path: "/title", value: "b" };
	expect(await patch(renamed, { op: "test", path: "/title", value: "a" })).toMatchObject(refused);
	expect((await send("GET", `/cards/${id}`)).body).toEqual({ id, title: "a" });
});

test.each([
	[
		"a value that its field does not admit",
		{ op: "replace", path: "/title", value: "far too long" },
		"title must be at most 10",
	],
	["a required field that is taken away", { op: "remove", path: "/title" }, "title must be there"],
])("the mock refuses %s", async (_, step, message) => {
	const { send } = await sampleMock(DOCUMENT);
	const { id } = (await send("POST", "/cards", { title: "a" })).body as { id: string };
	const answer = await send("PATCH", `/cards/${id}`, [step], { "content-type": "application/json-patch+json" });
	expect(answer.status).toBe(409);
	expect(JSON.stringify(answer.body)).toContain(message);
	expect((await send("GET", `/cards/${id}`)).body).toEqual({ id, title: "a" });
});

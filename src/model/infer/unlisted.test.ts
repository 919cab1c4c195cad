import { expect, test } from "vitest";
import type { Exists } from "../guard/exists.ts";
import { exists } from "../guard/exists.ts";
import { type SampleOperations, sampleCall, sampleModel, sampleObject, TEXT } from "../sample-model.ts";
import { sceneOf } from "../scene.ts";
import { apply, emptyState, viewOf } from "../state.ts";

const PET = sampleObject({ id: TEXT, "name!": TEXT });
const NAMELESS = sampleObject({ "name!": TEXT });
const NAME = { name: "name", in: "query", required: true, schema: TEXT };
const many = (items: unknown): unknown => ({ type: "array", items });
const read = { "GET /pets/{id}": { id: "get", answers: { 200: PET, 404: null } } };

test.each<[string, SampleOperations, boolean]>([
	["are read and nothing else", {}, true],
	["are listed", { "GET /pets": { id: "list", answers: { 200: many(PET) } } }, false],
	[
		"are listed to whoever names them",
		{ "GET /pets": { id: "list", parameters: [NAME], answers: { 200: many(PET) } } },
		true,
	],
	["are listed without their keys", { "GET /pets": { id: "list", answers: { 200: many(NAMELESS) } } }, true],
	[
		"are made by an answer that shows the key",
		{ "POST /pets": { id: "make", body: NAMELESS, answers: { 201: PET } } },
		false,
	],
	[
		"are made by an answer that shows nothing",
		{ "POST /pets": { id: "make", body: NAMELESS, answers: { 204: null } } },
		true,
	],
	["are made where the path says", { "PUT /pets/{id}": { id: "put", body: NAMELESS, answers: { 201: PET } } }, false],
])("items that %s", async (_, operations, unlisted) => {
	const model = await sampleModel({ ...read, ...operations } as SampleOperations);
	expect(model.resources.get("pets")?.unlisted === true).toBe(unlisted);
});

test("an item that nothing lists may be there, until it is taken away", async () => {
	const model = await sampleModel(read as SampleOperations);
	const guard = model.behaviours.get("get")?.guards.find((one): one is Exists => one.kind === "exists");
	if (guard === undefined) throw new Error("a read is guarded");
	const call = sampleCall("get", { id: "a" });
	const start = emptyState(true);
	const after = apply(start, [{ kind: "delete", container: "pets", key: "a", cascade: true }]);
	expect([start, after].map((state) => exists.holds(guard, sceneOf(model, viewOf(state), call)))).toEqual([
		"unknown",
		"no",
	]);
});

import { expect, test } from "vitest";
import { type SampleOperation, sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const ONE = sampleObject({ id: TEXT, name: TEXT });
const LIST = { type: "array", items: ONE };

test.each<[string, string, string, Partial<SampleOperation>]>([
	["DELETE /things", "Delete all things", "clear", { answers: { 204: null } }],
	["DELETE /things", "Remove thing", "opaque", { answers: { 204: null } }],
	["POST /calls.remove", "Registers those who left", "opaque", { body: ONE }],
	["GET /bytes/{n}", "Returns random bytes", "none", {}],
	["GET /top/{year}/{month}", "Get the top", "none", {}],
	["GET /related/{id}", "Read what is related", "list", { answers: { 200: LIST } }],
])("%s, %j, is %s", async (place, summary, kind, operation) => {
	const asked = { id: "asked", summary, answers: { 200: ONE }, ...operation };
	const model = await sampleModel({ "GET /things": { answers: { 200: LIST } }, [place]: asked });
	expect(model.behaviours.get("asked")?.effect.kind).toBe(kind);
});

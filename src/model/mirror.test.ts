import { expect, test } from "vitest";
import type { Call } from "./call.ts";
import type { Model } from "./model.ts";
import { sampleCall, sampleModel, sampleObject, TEXT, told } from "./sample-model.ts";

const TAGS = { type: "array", description: "In the order in which they were given, each one once.", items: TEXT };
const POST = sampleObject({ "id!": TEXT, title: { type: "string", default: "" }, tags: { ...TAGS, default: [] } });
const BODY = sampleObject({ title: { type: "string", default: "" }, tags: { ...TAGS, default: [] } });

const model: Model = await sampleModel({
	"PUT /posts/{id}": { id: "put", summary: "Create or overwrite a post", body: BODY, answers: { 200: POST } },
	"GET /posts/{id}": { id: "get", answers: { 200: POST, 404: null } },
	"GET /posts/{id}/tags": { id: "list", answers: { 200: TAGS, 404: null } },
	"PUT /posts/{id}/tags": { id: "replace", summary: "Replace the tags", body: TAGS, answers: { 200: TAGS } },
	"POST /posts/{id}/tags": { id: "add", summary: "Add tags", body: TAGS, answers: { 200: TAGS } },
	"DELETE /posts/{id}/tags/{tag}": { id: "remove", summary: "Remove one tag", answers: { 204: null, 404: null } },
});
const call = (id: string, body?: readonly string[], path = {}): Call =>
	sampleCall(id, { id: "a", ...path }, body === undefined ? {} : { body });
const put = sampleCall("put", { id: "a" }, { body: { title: "one", tags: ["x", "y"] } });
const shown = (tags: string): string => `200 {"id":"a","title":"one","tags":${tags}}`;

test("what a field of the item shows as well is one thing with it, wherever it is written", () => {
	expect(told(model, [put, call("list")]).at(-1)).toBe('200 ["x","y"]');
	expect(told(model, [put, call("add", ["y", "z"]), call("get")]).at(-1)).toBe(shown('["x","y","z"]'));
	expect(told(model, [put, call("replace", ["z"]), call("get")]).at(-1)).toBe(shown('["z"]'));
	expect(told(model, [put, call("remove", undefined, { tag: "x" }), call("get")]).at(-1)).toBe(shown('["y"]'));
	expect(told(model, [put, call("add", ["z"]), put, call("list")]).at(-1)).toBe('200 ["x","y"]');
});

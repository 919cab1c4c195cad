import { expect, test } from "vitest";
import { levelOf } from "../evidence.ts";
import { type SampleOperation, type SampleOperations, sampleModel, sampleObject, TEXT } from "../sample-model.ts";

const ONE = sampleObject({ id: TEXT, name: TEXT });
const LIST = { type: "array", items: ONE };
const IMAGES = sampleObject({ images: LIST });
const post = (operation: Partial<SampleOperation>): SampleOperation => ({
	id: "post",
	body: ONE,
	answers: { 200: ONE },
	...operation,
});

test.each<[string, string, SampleOperations]>([
	["things", "collection", { "GET /things": { answers: { 200: LIST } } }],
	["history", "log", { "GET /history": { answers: { 200: LIST } } }],
	["audit-logs", "log", { "GET /audit-logs": { answers: { 200: LIST } } }],
	[
		"policy",
		"singleton",
		{
			"GET /stores/{id}#policy": {
				parameters: [{ name: "policy", in: "query", schema: { type: "boolean" } }],
				answers: { 200: ONE },
			},
		},
	],
	["events", "collection", { "GET /events": { answers: { 200: LIST } }, "POST /events": post({}) }],
	["profile", "singleton", { "GET /profile": { answers: { 200: ONE } } }],
	[
		"board",
		"singleton",
		{ "GET /board": { answers: { 200: { type: "array", items: { type: "array", items: TEXT } } } } },
	],
	["media", "singleton", { "GET /articles/{id}/media": { summary: "Get the media", answers: { 200: IMAGES } } }],
	["media", "collection", { "GET /articles/{id}/media": { summary: "Get images", answers: { 200: IMAGES } } }],
	["media", "collection", { "GET /articles/{id}/media": { summary: "List media", answers: { 200: IMAGES } } }],
	["medias", "collection", { "GET /articles/{id}/medias": { summary: "Get it", answers: { 200: IMAGES } } }],
	["sms", "collection", { "GET /sms": { summary: "List messages", answers: { 200: null } } }],
])("%s is a %s where only a convention tells", async (name, kind, operations) => {
	const resource = (await sampleModel(operations)).resources.get(name);
	expect(resource?.kind).toBe(kind);
	expect(levelOf(resource?.evidence ?? [])).toBe("surprise");
});

test("a collection whose items are listed and made stands on the schema", async () => {
	const model = await sampleModel({
		"GET /things": { answers: { 200: LIST } },
		"POST /things": post({}),
		"GET /things/{id}": { answers: { 200: ONE } },
	});
	expect(levelOf(model.resources.get("things")?.evidence ?? [])).toBe("drift");
});

test.each<[string, string, string, Partial<SampleOperation>]>([
	["words that make", "create", "/tickets", { summary: "Buy tickets" }],
	["words that make", "create", "/user", { summary: "Create a user" }],
	["words that add, under a plural", "create", "/shelves", { summary: "Add a shelf to the room" }],
	["words that hand out an address", "opaque", "/uploads", { summary: "Create upload URLs", answers: { 200: ONE } }],
	["an action of several words", "opaque", "/uploads/create-multipart", { summary: "Creates an upload" }],
	["a file", "create", "/pictures", { summary: "Upload a picture", body: { type: "string", format: "binary" } }],
	["a trial that sends", "emit", "/hooks/{id}/test", { summary: "Sends a sample event to the hook" }],
	["a trial that may send", "opaque", "/hooks/{id}/test", { summary: "May send a sample event to the hook" }],
	["a sending that is no trial", "opaque", "/bills/{id}/send", { summary: "Sends the bill by e-mail message" }],
	["201 under a plural", "create", "/tickets", { answers: { 201: ONE } }],
	["201 under an action", "opaque", "/orders/{id}/authorize", { summary: "Authorize it", answers: { 201: ONE } }],
	["nothing that makes", "opaque", "/dial", { summary: "Dial a number" }],
])("with %s, a POST that nothing reads is %s at %s", async (_case, effect, path, operation) => {
	const model = await sampleModel({ [`POST ${path}`]: post(operation) });
	expect(model.behaviours.get("post")?.effect.kind).toBe(effect);
});

import { describe, expect, test } from "vitest";
import type { Json } from "../../http/exchange.ts";
import { schemaFrom } from "../../schema/registry.ts";
import { createValidation } from "../../schema/validate.ts";
import { buildErrorBody, type Telling } from "./error-body.ts";

const FLAWS = [
	{ in: "body", at: "/owner/age", keyword: "minimum", message: "must be at least 0" },
	{ in: "query", at: "limit", keyword: "type", message: "must be an integer" },
] as const;
const TELLING: Telling = {
	status: 404,
	message: "No app has id 7",
	flaws: [],
	facts: new Map<string, Json>([["app_id", 7]]),
	path: "/apps/7",
	nowMs: 0,
};

function build(node: object, telling: Partial<Telling> = {}, example?: Json): Json | undefined {
	const schema = schemaFrom(node);
	const inventor = { inventAnew: () => "made up", invent: () => "made up" };
	const form = {
		schema,
		example,
		identifying: new Set(["app_id", "user_id"]),
		inventor,
		validation: createValidation(),
	};
	return buildErrorBody(form, { ...TELLING, ...telling });
}

const object = (properties: object, required: readonly string[] = []): object => ({
	type: "object",
	properties,
	required,
});
const text = { type: "string" };

describe("buildErrorBody", () => {
	test.each([
		["a text of its own", text, "No app has id 7"],
		["one field", object({ error: text }), { error: "No app has id 7" }],
		["title and detail", object({ title: text, detail: text }), { title: "Not Found", detail: "No app has id 7" }],
		[
			"a short and a long text",
			object({ error: text, message: text }),
			{ error: "Not Found", message: "No app has id 7" },
		],
		[
			"OAuth",
			object({ error: { enum: ["invalid_request", "invalid_grant"] }, error_description: text }, ["error"]),
			{ error: "made up", error_description: "No app has id 7" },
		],
		[
			"an object inside",
			object({ error: object({ code: { type: "integer" }, message: text }) }),
			{ error: { code: 404, message: "No app has id 7" } },
		],
		["a list of texts", object({ errors: { type: "array", items: text } }), { errors: ["No app has id 7"] }],
		[
			"a list of objects",
			object({ errors: { type: "array", items: object({ message: text }) } }),
			{ errors: [{ message: "No app has id 7" }] },
		],
		[
			"facts, status, path and time",
			object({
				msg: text,
				app_id: { type: "integer" },
				status: { type: "integer" },
				path: text,
				timestamp: { type: "string", format: "date-time" },
			}),
			{ msg: "No app has id 7", app_id: 7, status: 404, path: "/apps/7", timestamp: "1970-01-01T00:00:00.000Z" },
		],
		[
			"a constant",
			object({ success: { const: false }, message: text }),
			{ success: false, message: "No app has id 7" },
		],
		["a short field", object({ message: { type: "string", maxLength: 6 } }), { message: "No app" }],
		["a code", object({ code: text, error: text }), { code: "not_found", error: "No app has id 7" }],
		["no field for a message", object({ code: { enum: ["E1"] } }), { code: "E1" }],
		["a fact of another type", object({ message: text, app_id: text }), { message: "No app has id 7" }],
	])("fills a form with %s", (_title, schema, body) => {
		expect(build(schema)).toEqual(body);
	});

	test("tells each mistake by itself where the form has a list", () => {
		const item = object({ field: text, in: text, message: text, code: text });
		const body = build(object({ message: text, errors: { type: "array", items: item } }), {
			status: 400,
			flaws: FLAWS,
		});
		expect(body).toEqual({
			message: "No app has id 7",
			errors: [
				{ field: "owner.age", in: "body", message: "owner.age must be at least 0", code: "minimum" },
				{ field: "limit", in: "query", message: "limit must be an integer", code: "type" },
			],
		});
	});

	test("tells where a mistake is as FastAPI does", () => {
		const item = object({ loc: { type: "array", items: text }, msg: text, type: text }, ["loc", "msg", "type"]);
		expect(build(object({ detail: { type: "array", items: item } }), { status: 422, flaws: FLAWS })).toMatchObject({
			detail: [{ loc: ["body", "owner", "age"], msg: "owner.age must be at least 0", type: "minimum" }, {}],
		});
	});

	test("keeps what an example says, but for what it says of another request", () => {
		const schema = object({ code: text, message: text, app_id: { type: "integer" }, user_id: text, docs: text });
		const example = { code: "NOT_FOUND", message: "x", app_id: 1, user_id: "u", docs: "https://docs.test/" };
		expect(build(schema, {}, example)).toEqual({
			code: "NOT_FOUND",
			message: "No app has id 7",
			app_id: 7,
			docs: "https://docs.test/",
		});
	});
});

import { expect, test } from "vitest";
import { sampleCall, sampleModel, sampleObject, TEXT, told } from "../sample-model.ts";

const STATUS = { type: "string", enum: ["draft", "cancelled"], default: "draft" };
const ORDER = sampleObject({ "id!": TEXT, status: STATUS, active: { type: "boolean", default: true } });
const BODY = sampleObject({ status: STATUS, active: { type: "boolean", default: true } });
const parameter = (name: string, schema: unknown, description: string): unknown => ({
	name,
	in: "query",
	schema,
	description,
});

test.each([
	["Cancelled orders are left out unless they are asked for by `status=cancelled`.", "", ["a", "c"], ["b"], []],
	["Lists all.", "Inactive orders are not included unless this is `true`.", ["a", "b"], [], ["a", "b", "c"]],
	["Lists the orders, cancelled ones too.", "", ["a", "b", "c"], ["b"], []],
])("%s %s", async (description, words, plain, byStatus, withInactive) => {
	const model = await sampleModel({
		"PUT /orders/{id}": { id: "put", summary: "Create or overwrite an order", body: BODY, answers: { 200: ORDER } },
		"GET /orders/{id}": { id: "get", answers: { 200: ORDER, 404: null } },
		"GET /orders": {
			id: "list",
			description,
			parameters: [parameter("status", STATUS, ""), parameter("includeInactive", { type: "boolean" }, words)],
			answers: { 200: { type: "array", items: ORDER } },
		},
	});
	const put = (id: string, body: Record<string, string | boolean>) => sampleCall("put", { id }, { body });
	const items = [put("a", {}), put("b", { status: "cancelled" }), put("c", { active: false })];
	const keysOf = (query: Record<string, string | boolean>): readonly string[] => {
		const line = told(model, [...items, sampleCall("list", {}, { query })]).at(-1) ?? "";
		return (JSON.parse(line.slice(4)) as readonly { readonly id: string }[]).map(({ id }) => id);
	};
	expect(keysOf({})).toEqual(plain);
	if (byStatus.length > 0) expect(keysOf({ status: "cancelled" })).toEqual(byStatus);
	if (withInactive.length > 0) expect(keysOf({ includeInactive: true })).toEqual(withInactive);
});

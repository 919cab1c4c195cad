import { expect, test } from "vitest";
import { schemaFrom } from "../schema/registry.ts";
import { createValidation } from "../schema/validate.ts";
import { isSameInBody } from "./wire.ts";

const FORM = { type: "object", required: ["name"], properties: { name: { type: "string" }, age: { type: "integer" } } };
const EITHER = {
	oneOf: [
		{ type: "object", required: ["size"] },
		{ type: "object", required: ["name"] },
	],
};

test.each([
	["application/json", FORM, { name: 5 }, false, true],
	["multipart/form-data", FORM, { name: 5 }, false, false],
	["application/x-www-form-urlencoded", FORM, { name: 5 }, false, false],
	["application/x-www-form-urlencoded", FORM, { name: "a", age: "old" }, false, true],
	["multipart/form-data", FORM, { name: "a", age: 5 }, true, true],
	["multipart/form-data", FORM, { name: ["a", "b"] }, false, false],
	["text/plain", { type: "string" }, "", true, false],
	["application/json", EITHER, { name: 5 }, false, false],
	["application/json", EITHER, { other: 5 }, true, false],
])("as %s, by %j, %j that is meant to be valid: %s is sent so: %s", async (mediaType, node, value, valid, expected) => {
	const body = { mediaType, schema: schemaFrom(node) };
	expect(await isSameInBody(body, { value, valid }, createValidation())).toBe(expected);
});

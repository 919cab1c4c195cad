import { expect, test } from "vitest";
import { schemaFrom } from "../../schema/registry.ts";
import { isShownOtherwise } from "./shown-otherwise.ts";

const object = (properties: object): object => ({ type: "object", properties });
const TEXT = { type: "string" };

test.each([
	[TEXT, TEXT, false],
	[TEXT, { type: "integer" }, true],
	[{ type: ["string", "array"] }, { type: "array" }, true],
	[{ type: "integer" }, { type: "number" }, false],
	[{ enum: ["a", "b"] }, { enum: ["a"] }, true],
	[{ enum: ["a"] }, { enum: ["a", "b"] }, false],
	[TEXT, { type: "string", maxLength: 50 }, true],
	[{ type: "string", maxLength: 50 }, { type: "string", maxLength: 60 }, false],
	[{ type: "integer", minimum: 1 }, { type: "integer", minimum: 0 }, false],
	[{ type: "integer", minimum: 1 }, { type: "integer", minimum: 2 }, true],
	[TEXT, { type: "string", format: "uri" }, true],
	[{ type: "string", format: "uri" }, { type: "string", format: "uri" }, false],
	[object({ name: TEXT }), object({ name: TEXT, id: TEXT }), false],
	[object({ name: TEXT, code: TEXT }), object({ name: TEXT }), true],
	[object({ name: TEXT }), { type: "object" }, false],
	[{ type: "array", items: object({ id: TEXT }) }, { type: "array", items: object({ id: { type: "integer" } }) }, true],
])("what is sent as %j and shown as %j looks otherwise: %s", (sent, shown, expected) => {
	expect(isShownOtherwise(schemaFrom(sent), schemaFrom(shown))).toBe(expected);
});

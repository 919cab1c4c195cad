import { describe, expect, it } from "vitest";
import { boundaries } from "./boundaries.ts";
import { nearMisses } from "./near-misses.ts";
import { schemaFrom } from "./registry.ts";
import { createValidation } from "./validate.ts";

const SCHEMAS: readonly (readonly [unknown, readonly string[], readonly string[]])[] = [
	[
		{ type: "string", minLength: 2, maxLength: 4 },
		["type", "minLength", "maxLength"],
		["the shortest text (2 characters)", "the longest text (4 characters)"],
	],
	[{ type: "string" }, ["type"], ["the empty text"]],
	[
		{ type: "string", pattern: "^a+$", maxLength: 3 },
		["type", "maxLength", "pattern"],
		["the longest text (3 characters)"],
	],
	[{ type: "string", format: "date" }, ["type", "format"], []],
	[{ type: "string", format: "email" }, ["type"], []],
	[
		{ type: "integer", minimum: 1, maximum: 9 },
		["type", "minimum", "maximum"],
		["the least number", "the greatest number"],
	],
	[
		{ type: "number", exclusiveMinimum: 0, multipleOf: 0.5 },
		["type", "exclusiveMinimum", "multipleOf"],
		["the least number"],
	],
	[{ type: "string", enum: ["a", "b"] }, ["enum"], ['the listed value "a"', 'the listed value "b"']],
	[{ enum: [1, null] }, ["enum"], ["the listed value 1", "the listed value null"]],
	[{ type: ["boolean", "null"] }, ["type"], ["null", "true", "false"]],
	[
		{ type: "array", items: { type: "integer" }, minItems: 1, maxItems: 3, uniqueItems: true },
		["type", "minItems", "maxItems", "uniqueItems"],
		["the shortest list (1 items)", "the longest list (3 items)"],
	],
	[{ type: "array", contains: { const: 1 }, items: { enum: [1, 2] } }, ["type", "contains", "enum"], []],
	[
		{
			type: "object",
			required: ["a"],
			properties: { a: { type: "integer" }, b: { type: "boolean" } },
			additionalProperties: false,
		},
		["type", "required", "additionalProperties"],
		["all optional properties", "no optional property", "zero", "true"],
	],
	[{ type: "object", minProperties: 2, maxProperties: 3 }, ["type", "minProperties", "maxProperties"], []],
	[
		{ anyOf: [{ type: "string", maxLength: 3 }, { type: "null" }] },
		["type", "maxLength"],
		["the longest text (3 characters)", "the empty text"],
	],
	[
		{
			$ref: "#/$defs/a",
			$defs: { a: { type: "object", properties: { n: { $ref: "#/$defs/n" } } }, n: { type: "integer", maximum: 5 } },
		},
		["type", "maximum"],
		["the greatest number"],
	],
	[false, [], []],
];

it.each(SCHEMAS)("near-misses of %j break %j", (node, keywords) => {
	const schema = schemaFrom(node);
	const validation = createValidation();
	const misses = nearMisses(schema, { seed: 1 });
	expect(new Set(misses.map((miss) => miss.keyword))).toEqual(new Set(keywords));
	for (const { value, keyword, pointer } of misses) {
		const violations = validation.validate(schema, value, "request");
		expect(new Set(violations.map((one) => one.keyword))).toEqual(new Set([keyword]));
		expect(violations[0]?.pointer).toBe(pointer);
	}
});

it.each(SCHEMAS)("boundaries of %j are valid", (node, _, whys) => {
	const schema = schemaFrom(node);
	const validation = createValidation();
	const found = boundaries(schema, { seed: 1 });
	expect(found.map(({ why }) => why)).toEqual(expect.arrayContaining([...whys]));
	for (const { value } of found) expect(validation.validate(schema, value, "request")).toEqual([]);
});

describe("near-misses", () => {
	it("reach every place", () => {
		const schema = schemaFrom({
			type: "object",
			properties: {
				list: {
					type: "array",
					minItems: 1,
					items: { type: "object", required: ["n"], properties: { n: { type: "integer" } } },
				},
			},
		});
		const misses = nearMisses(schema, { seed: 1 }).map(({ pointer, keyword }) => `${pointer} ${keyword}`);
		expect(misses).toEqual(
			expect.arrayContaining([
				" type",
				"/list type",
				"/list minItems",
				"/list/0 type",
				"/list/0 required",
				"/list/0/n type",
			]),
		);
	});

	it("stay within their limit", () => {
		const schema = schemaFrom({
			type: "object",
			properties: Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`p${index}`, { type: "integer" }])),
		});
		expect(nearMisses(schema, { seed: 1, limit: 40 })).toHaveLength(40);
	});

	it("do not ask for what is read-only", () => {
		const schema = schemaFrom({
			type: "object",
			required: ["id", "name"],
			properties: { id: { type: "integer", readOnly: true }, name: { type: "string" } },
		});
		const missing = nearMisses(schema, { seed: 1 }).filter(({ keyword }) => keyword === "required");
		expect(missing.map(({ why }) => why)).toEqual(['must have the property "name"']);
	});
});

import { describe, expect, it } from "vitest";
import type { Dialect } from "./dialect.ts";
import { typesOf } from "./navigate.ts";
import { schemaFrom } from "./registry.ts";
import type { Direction } from "./schema.ts";
import { createValidation } from "./validate.ts";

function judge(node: unknown, value: unknown, options: { dialect?: Dialect; direction?: Direction } = {}) {
	const validation = createValidation();
	const schema = schemaFrom(node, options.dialect);
	const violations = validation.validate(schema, value, options.direction ?? "response");
	return violations.map(({ pointer, keyword }) => `${pointer} ${keyword}`);
}

describe("a violation", () => {
	const cases: readonly [unknown, unknown, string][] = [
		[{ type: "string" }, 1, "must be a string"],
		[{ type: ["integer", "null"] }, "", "must be an integer or null"],
		[{ minLength: 16 }, "x", "must be at least 16 characters long"],
		[{ maxLength: 1 }, "xx", "must be at most 1 character long"],
		[{ minimum: 1 }, 0, "must be at least 1"],
		[{ exclusiveMaximum: 3 }, 3, "must be less than 3"],
		[{ multipleOf: 0.1 }, 0.25, "must be a multiple of 0.1"],
		[{ enum: ["a", "b"] }, "c", 'must be one of "a", "b"'],
		[{ const: { a: 1 } }, 1, 'must be {"a":1}'],
		[{ pattern: "^a$" }, "b", "must match the pattern ^a$"],
		[{ format: "date" }, "today", "must be a valid date"],
		[{ required: ["a"] }, {}, 'must have the property "a"'],
		[{ additionalProperties: false }, { a: 1 }, 'must not have the property "a"'],
		[{ minItems: 2 }, [], "must have at least 2 items"],
		[{ uniqueItems: true }, [{ a: 1, b: 2 }, 3, { b: 2, a: 1 }], "must not hold the same item twice (items 2 and 0)"],
		[{ contains: { const: 1 } }, [2], "must hold at least 1 item of the required kind"],
		[{ prefixItems: [true], items: false }, [1, 2], "must have at most 1 item"],
		[{ propertyNames: { maxLength: 1 } }, { ab: 1 }, 'must not have a property named "ab"'],
		[{ dependentRequired: { a: ["b"] } }, { a: 1 }, 'must have the property "b" when it has "a"'],
		[{ properties: { a: false } }, { a: 1 }, "must not be there"],
		[{ oneOf: [{ type: "integer" }, { minimum: 0 }] }, 1, "must match exactly one alternative and matches 1 and 2"],
		[{ not: { type: "string" } }, "", "must not match the schema that is excluded"],
	];
	it.each(cases)("of %j by %j says: %s", (node, value, message) => {
		expect(
			createValidation()
				.validate(schemaFrom(node), value, "request")
				.map((one) => one.message),
		).toEqual([message]);
	});

	it("names its place in the value and in the document, through references", () => {
		const schema = schemaFrom(
			{
				properties: { "a/b": { items: { $ref: "#/definitions/c" } } },
				definitions: { c: { properties: { "d e": { type: "string", minLength: 2 } } } },
			},
			"draft-07",
		);
		const [violation] = createValidation().validate(schema, { "a/b": [{}, { "d e": "x" }] }, "request");
		expect(violation).toMatchObject({
			pointer: "/a~1b/1/d e",
			schemaPointer: "schema#/definitions/c/properties/d e/minLength",
			params: { limit: 2 },
		});
	});
});

describe("alternatives", () => {
	const cases: readonly [string, unknown, unknown, readonly string[]][] = [
		[
			"this or null names what is wrong with this",
			{ anyOf: [{ type: "string", minLength: 2 }, { type: "null" }] },
			"a",
			[" minLength"],
		],
		["only types merge into one type", { anyOf: [{ type: "string" }, { type: "null" }] }, 1, [" type"]],
		[
			"a constant tells which one is meant",
			{
				oneOf: [
					{ properties: { kind: { const: "a" }, x: { minimum: 1 } } },
					{ properties: { kind: { const: "b" }, x: { maximum: 0 } } },
				],
			},
			{ kind: "b", x: 5 },
			["/x maximum"],
		],
		["nothing tells which one is meant", { anyOf: [{ required: ["a"] }, { required: ["b"] }] }, {}, [" anyOf"]],
		[
			"inside references",
			{ anyOf: [{ $ref: "#/$defs/s" }, { type: "null" }], $defs: { s: { type: "string", maxLength: 1 } } },
			"ab",
			[" maxLength"],
		],
		[
			"in two places at once",
			{ items: { anyOf: [{ required: ["a"] }, { required: ["b"] }] } },
			[{}, { a: 1 }, {}],
			["/0 anyOf", "/2 anyOf"],
		],
		[
			"a discriminator allows an overlap",
			{ oneOf: [{ type: "object" }, { required: ["k"] }], discriminator: { propertyName: "k" } },
			{ k: 1 },
			[],
		],
	];
	it.each(cases)("%s", (_, node, value, expected) => {
		expect(judge(node, value)).toEqual(expected);
	});
});

it("a violation in a discriminated alternative names its place", () => {
	const schema = schemaFrom({
		discriminator: { propertyName: "k" },
		oneOf: [{ properties: { k: { const: "a" }, x: { maximum: 1 } } }, { properties: { k: { const: "b" } } }],
	});
	const [violation] = createValidation().validate(schema, { k: "a", x: 2 }, "request");
	expect(violation?.schemaPointer).toBe("schema#/oneOf/0/properties/x/maximum");
});

describe("directions", () => {
	const node = {
		allOf: [
			{ $ref: "#/$defs/base" },
			{ properties: { id: { readOnly: true }, secret: { writeOnly: true } }, required: ["id", "secret", "name"] },
		],
		$defs: {
			base: { required: ["id", "made"], properties: { made: { $ref: "#/$defs/made" } } },
			made: { readOnly: true },
		},
	};
	it.each<[Direction, unknown, readonly string[]]>([
		["request", { secret: 1, name: 1 }, []],
		["request", {}, [" required", " required"]],
		["response", { id: 1, made: 1, name: 1 }, []],
		["response", {}, [" required", " required", " required", " required"]],
	])("a %s with %j", (direction, value, expected) => {
		expect(judge(node, value, { direction })).toEqual(expected);
	});
});

describe("null where OpenAPI 3.1 no longer knows `nullable`", () => {
	it.each([
		[{ type: "string", nullable: true }],
		[{ allOf: [{ type: "object" }], nullable: true }],
		[{ $ref: "#/$defs/a", $defs: { a: { type: "object" } }, nullable: true }],
	])("is taken for what it means and not given: %j", (node) => {
		const written = createValidation({ answeredNulls: "written" });
		const schema = schemaFrom(node, "openapi-3.1");
		expect(written.validate(schema, null, "request")).toEqual([]);
		expect(written.validate(schema, null, "response")).toHaveLength(1);
		expect(createValidation().validate(schema, null, "response")).toEqual([]);
		expect(typesOf(schema)).not.toContain("null");
		expect(written.validate(schemaFrom({ type: ["string", "null"] }, "openapi-3.1"), null, "response")).toEqual([]);
	});
});

describe("values", () => {
	const cases: readonly [string, unknown, unknown, readonly string[]][] = [
		["decimals are decimals", { multipleOf: 0.01 }, 19.99, []],
		["a 64-bit integer arrives rounded", { type: "integer", format: "int64" }, 2 ** 63, []],
		["an integer beyond 32 bits", { type: "integer", format: "int32" }, 2147483648, [" format"]],
		["a format says nothing about other types", { format: "int64" }, "12", []],
		["a number without a fraction is an integer", { type: "integer" }, 1.0, []],
		["a length counts characters", { maxLength: 1 }, "😀", []],
		["inherited names are not properties", { required: ["toString"] }, {}, [" required"]],
		["base64 may lack its padding", { format: "byte" }, "YQ", []],
		["an email", { format: "email" }, "a@example.com", []],
		["a long email does not hang", { format: "email" }, `${"a.".repeat(50_000)}@`, [" format"]],
	];
	it.each(cases)("%s", (_, node, value, expected) => {
		expect(judge(node, value)).toEqual(expected);
	});
});

describe("evaluated properties", () => {
	const strict = {
		$ref: "#/$defs/base",
		properties: { b: true },
		unevaluatedProperties: false,
		$defs: { base: { anyOf: [{ $ref: "#/$defs/a" }] }, a: { properties: { a: true } } },
	};
	it.each<[unknown, readonly string[]]>([
		[{ a: 1, b: 1 }, []],
		[{ c: 1 }, [" unevaluatedProperties"]],
	])("of %j are counted through references", (value, expected) => {
		expect(judge(strict, value)).toEqual(expected);
	});
});

describe("hostile schemas", () => {
	const deep = (node: unknown, wrap: (inner: unknown) => unknown, times: number) => {
		let raw = node;
		for (let i = 0; i < times; i++) raw = wrap(raw);
		return raw;
	};
	const cases: readonly [string, unknown, unknown, readonly string[]][] = [
		["that refer to themselves say nothing", { $ref: "#" }, 1, []],
		["that contain themselves by allOf say the rest", { allOf: [{ $ref: "#" }, { type: "string" }] }, 1, [" type"]],
		[
			"that count evaluated properties in a circle end",
			{ $ref: "#", unevaluatedProperties: false },
			{ a: 1 },
			[" unevaluatedProperties"],
		],
		["with 3,000 levels of allOf", deep({ type: "string" }, (inner) => ({ allOf: [inner] }), 3_000), 1, [" type"]],
		[
			"that share a part 2^60 times",
			deep({ type: "string" }, (inner) => ({ type: "object", properties: { a: inner, b: inner } }), 60),
			{ a: { b: 1 } },
			["/a/b type"],
		],
		["with 100,000 enum values", { enum: Array.from({ length: 100_000 }, (_, i) => `v${i}`) }, "w", [" enum"]],
		[
			"with an invalid pattern",
			{ pattern: "(", patternProperties: { "[": false }, additionalProperties: false },
			{ a: 1 },
			[],
		],
		["with an unknown format", { format: "zip" }, "", []],
		["with a dangling reference", { $ref: "#/nowhere" }, 1, []],
		[
			"with a property called __proto__",
			JSON.parse('{"properties":{"__proto__":{"type":"string"}},"required":["__proto__"]}'),
			{},
			[" required"],
		],
	];
	it.each(cases)("%s", (_, node, value, expected) => {
		expect(judge(node, value)).toEqual(expected);
	});

	it("are noted, each thing once", () => {
		const validation = createValidation();
		const schema = schemaFrom({
			format: "zip",
			properties: { a: { format: "zip" }, b: { pattern: "(" }, c: { $ref: "#/x" } },
		});
		validation.validate(schema, {}, "request");
		validation.validate(schema, {}, "response");
		expect(validation.notes()).toEqual([
			'the format "zip" is not known and not checked',
			expect.stringContaining('the pattern "(" is no regular expression'),
			'the reference "schema#/x" leads nowhere and is not checked',
		]);
	});

	it("judge a long list of objects in time", () => {
		const list = Array.from({ length: 50_000 }, (_, i) => ({ i }));
		expect(judge({ uniqueItems: true }, list)).toEqual([]);
	});
});

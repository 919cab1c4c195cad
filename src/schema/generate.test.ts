import { describe, expect, it } from "vitest";
import type { Dialect } from "./dialect.ts";
import { type GenerateOptions, generate } from "./generate.ts";
import { schemaFrom } from "./registry.ts";
import { createValidation } from "./validate.ts";

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

function make(node: unknown, options: Partial<GenerateOptions> = {}, dialect?: Dialect): unknown {
	const generated = generate(schemaFrom(node, dialect), { seed: 1, direction: "response", ...options });
	if (!generated.ok) throw new Error(generated.reason);
	return generated.value;
}

describe("a generated value is valid, on 20 seeds, for", () => {
	const cases: readonly [string, unknown][] = [
		["bounds", { type: "integer", minimum: 3, exclusiveMaximum: 5 }],
		["decimal steps", { type: "number", multipleOf: 0.05, exclusiveMinimum: 0, maximum: 0.1 }],
		[
			"two steps at once",
			{ allOf: [{ multipleOf: 0.4 }, { multipleOf: 0.6 }], type: "number", minimum: 0.1, maximum: 5 },
		],
		["a narrow range", { type: "number", exclusiveMinimum: 0.001, exclusiveMaximum: 0.0010001 }],
		["64 bits", { type: "integer", format: "int64", minimum: 9_007_199_254_740_992 }],
		["huge steps", { type: "number", multipleOf: 1e20, minimum: 1e20 }],
		["lengths", { type: "string", minLength: 7, maxLength: 8 }],
		["a long text", { type: "string", minLength: 5_000 }],
		["a pattern", { type: "string", pattern: "^[A-Z]{2}\\d{3,5}(-[a-z]+)?$" }],
		["a pattern with look-around", { type: "string", pattern: "^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?!.*\\s).{8,20}$" }],
		["a pattern without anchors", { type: "string", pattern: "ab?c", minLength: 12, maxLength: 14 }],
		["a pattern and a length", { type: "string", pattern: "^[a-z]+(-[a-z]+)*$", minLength: 30, maxLength: 33 }],
		["two patterns", { allOf: [{ pattern: "[0-9]" }, { pattern: "^[a-z]" }], type: "string" }],
		["a back reference", { type: "string", pattern: "^(a|b)-\\1$" }],
		["a pattern of Unicode", { type: "string", pattern: "^\\p{Lu}\\p{Ll}+$" }],
		["an email of some length", { type: "string", format: "email", minLength: 100, maxLength: 120 }],
		["a short email", { type: "string", format: "email", maxLength: 9 }],
		["a list of distinct values", { type: "array", items: { enum: [1, 2, 3, 4, 5] }, uniqueItems: true, minItems: 5 }],
		["a tuple", { type: "array", prefixItems: [{ type: "integer" }, { type: "string" }], items: false, minItems: 2 }],
		[
			"contains",
			{
				type: "array",
				contains: { type: "integer" },
				minContains: 2,
				maxContains: 2,
				items: { type: ["integer", "string"] },
				minItems: 4,
			},
		],
		[
			"properties by pattern",
			{
				type: "object",
				patternProperties: { "^x-": { type: "boolean" } },
				additionalProperties: false,
				minProperties: 4,
			},
		],
		[
			"names by schema",
			{ type: "object", propertyNames: { pattern: "^[a-z]{3}$" }, minProperties: 3, maxProperties: 3 },
		],
		[
			"dependent properties",
			{
				type: "object",
				properties: { a: { type: "integer" } },
				required: ["a"],
				dependentRequired: { a: ["b"] },
				dependentSchemas: { b: { properties: { b: { const: 7 } } } },
			},
		],
		[
			"if, then and else",
			{
				type: "object",
				properties: { k: { enum: ["a", "b"] } },
				required: ["k"],
				if: { properties: { k: { const: "a" } } },
				// biome-ignore lint/suspicious/noThenProperty: the keyword is called so.
				then: { required: ["x"] },
				else: { required: ["y"], properties: { x: false } },
			},
		],
		[
			"one of overlapping alternatives",
			{
				oneOf: [
					{ properties: { a: { type: "string" } }, type: "object" },
					{ properties: { b: { type: "integer" } }, type: "object" },
				],
			},
		],
		[
			"one of overlapping numbers",
			{
				oneOf: [
					{ type: "number", multipleOf: 3 },
					{ type: "number", multipleOf: 5 },
				],
			},
		],
		["not", { type: "object", properties: { a: { type: "integer" } }, not: { required: ["a"] } }],
		["not a format", { type: "string", not: { format: "date" } }],
		[
			"allOf with unevaluated properties",
			{
				type: "object",
				allOf: [{ properties: { a: { type: "string" } }, required: ["a"] }],
				properties: { b: true },
				unevaluatedProperties: false,
			},
		],
		[
			"unevaluated properties of a type",
			{ type: "object", unevaluatedProperties: { type: "integer" }, minProperties: 2 },
		],
		[
			"a tree",
			{
				$ref: "#/$defs/node",
				$defs: {
					node: {
						type: "object",
						required: ["value", "children"],
						properties: { value: { type: "integer" }, children: { type: "array", items: { $ref: "#/$defs/node" } } },
					},
				},
			},
		],
		[
			"an expression",
			{
				$ref: "#/$defs/e",
				$defs: {
					e: {
						oneOf: [
							{
								type: "object",
								required: ["l", "r"],
								additionalProperties: false,
								properties: { l: { $ref: "#/$defs/e" }, r: { $ref: "#/$defs/e" } },
							},
							{ type: "integer" },
						],
					},
				},
			},
		],
		[
			"a discriminator",
			{
				discriminator: { propertyName: "kind" },
				oneOf: [{ $ref: "#/$defs/Cat" }, { $ref: "#/$defs/Dog" }],
				$defs: {
					Cat: { type: "object", required: ["kind"], properties: { kind: { type: "string", enum: ["Cat"] } } },
					Dog: { type: "object", required: ["kind"], properties: { kind: { type: "string", enum: ["Dog"] } } },
				},
			},
		],
		[
			"a property called __proto__",
			JSON.parse('{"type":"object","properties":{"__proto__":{"type":"integer"}},"required":["__proto__"]}'),
		],
		...[
			"date-time",
			"date",
			"time",
			"duration",
			"uuid",
			"email",
			"hostname",
			"ipv4",
			"ipv6",
			"uri",
			"url",
			"uri-reference",
			"uri-template",
			"json-pointer",
			"relative-json-pointer",
			"regex",
			"byte",
		].map((format): [string, unknown] => [format, { type: "string", format }]),
		...["int8", "uint8", "int16", "int32", "uint32", "int64", "uint64", "float", "double"].map(
			(format): [string, unknown] => [format, { type: "number", format }],
		),
	];
	it.each(cases)("%s", (_, node) => {
		const schema = schemaFrom(node);
		const check = createValidation({ overlaps: "refused" }).compile(schema, "response");
		for (const seed of SEEDS) {
			for (const optional of ["all", "some", "none"] as const) {
				const generated = generate(schema, { seed, direction: "response", optional });
				expect(generated.ok ? check(generated.value) : generated.reason).toEqual([]);
			}
		}
	});
});

describe("what cannot be satisfied says why:", () => {
	const cases: readonly [unknown, string][] = [
		[false, "nothing is allowed there"],
		[{ type: "integer", minimum: 5, maximum: 3 }, "no number is at least 5 and at most 3"],
		[
			{ type: "integer", minimum: 1, maximum: 8, multipleOf: 10 },
			"no whole number that is a multiple of 10 lies within 1 and 8",
		],
		[{ allOf: [{ type: "string" }, { type: "integer" }] }, "no type is allowed by all of it"],
		[
			{ type: "object", required: ["a"], properties: { a: { enum: [1], type: "string" } } },
			"/a is required: no listed value keeps the other keywords",
		],
		[{ type: "object", required: ["a"], additionalProperties: false }, "/a is required: nothing is allowed there"],
		[{ type: "string", minLength: 5, maxLength: 4 }, "no text is at least 5 and at most 4 characters long"],
		[
			{ type: "string", pattern: "^a$", minLength: 2 },
			"no text was found that matches ^a$ and has at least 2 characters",
		],
		[{ enum: ["a"], not: { const: "a" } }, "no listed value keeps the other keywords"],
		[
			{ type: "array", items: { type: "boolean" }, uniqueItems: true, minItems: 3 },
			"item 2 can be nothing that is not in the list already",
		],
		[
			{ $ref: "#", type: "object", required: ["a"], properties: { a: { $ref: "#" } } },
			"the schema needs values nested deeper than 24 levels",
		],
	];
	it.each(cases)("%j", (node, reason) => {
		const generated = generate(schemaFrom(node), { seed: 1, direction: "request" });
		expect(generated).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
	});
});

describe("a seed", () => {
	const person = {
		type: "object",
		properties: {
			name: { type: "string" },
			email: { type: "string", format: "email" },
			tags: { type: "array", items: { type: "string" } },
		},
	};

	it("gives the same value again", () => {
		expect(make(person, { seed: "a" })).toEqual(make(person, { seed: "a" }));
		expect(make(person, { seed: "a" })).not.toEqual(make(person, { seed: "b" }));
	});

	it("keeps a value where the document did not change", () => {
		const grown = {
			...person,
			properties: { id: { type: "integer" }, ...person.properties, age: { type: "integer" } },
		};
		expect(make(grown)).toMatchObject(make(person) as object);
	});
});

describe("what is generated", () => {
	it("reaches no stranger", () => {
		const properties = Object.fromEntries(
			["email", "phone", "website", "host", "ip_address", "callbackUrl", "avatar", "contact_email", "domain"].map(
				(name) => [name, { type: "string" }],
			),
		);
		for (const seed of SEEDS) {
			const text = JSON.stringify(make({ type: "object", properties }, { seed }));
			const hosts = text.match(/[\w-]+(\.[\w-]+)*\.(com|net|org|test|io|biz|info|name)\b/g) ?? [];
			expect(hosts.filter((host) => !/(^|\.)example\.com$|\.test$/.test(host))).toEqual([]);
			expect(text).toMatch(/"phone":"\+1-\d{3}-555-01\d\d"/);
			expect(text).toMatch(/"ip_address":"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+"/);
		}
	});

	it("leaves out what a direction does not carry", () => {
		const node = {
			type: "object",
			properties: {
				id: { type: "integer", readOnly: true },
				secret: { type: "string", writeOnly: true },
				name: { type: "string" },
			},
			required: ["id", "secret"],
		};
		expect(Object.keys(make(node, { direction: "request" }) as object)).toEqual(["secret", "name"]);
		expect(Object.keys(make(node, { direction: "response" }) as object)).toEqual(["id", "name"]);
	});

	it.each([
		["all", ["a", "b"]],
		["none", ["a"]],
	] as const)("has the optional properties that are asked for: %s", (optional, names) => {
		const node = { type: "object", properties: { a: {}, b: {} }, required: ["a"] };
		expect(Object.keys(make(node, { optional }) as object)).toEqual(names);
	});

	it("uses documented examples when asked, and only valid ones", () => {
		const node = { type: "string", maxLength: 5, examples: ["too long", "short"] };
		expect(make(node, { examples: "use" })).toBe("short");
	});

	it("believes a discriminator where alternatives overlap, and is not bent", () => {
		const node = {
			oneOf: [{ $ref: "#/$defs/action" }, { $ref: "#/$defs/snapshot" }],
			discriminator: { propertyName: "type", mapping: { stop: "#/$defs/action", snapshot: "#/$defs/snapshot" } },
			$defs: {
				action: { type: "object", required: ["type"], properties: { type: { enum: ["stop", "snapshot", "resize"] } } },
				snapshot: { allOf: [{ $ref: "#/$defs/action" }, { properties: { name: { type: "string" } } }] },
			},
		};
		const values = SEEDS.map((seed) => make(node, { seed }));
		expect(values).toContainEqual({ type: "stop" });
		expect(values).toContainEqual({ type: "snapshot", name: expect.any(String) });
		expect(values).not.toContainEqual(expect.objectContaining({ type: "resize" }));
	});

	it("is null rather seldom", () => {
		expect(make({ type: "object", properties: { a: { anyOf: [{ type: "null" }, { type: "integer" }] } } })).toEqual({
			a: expect.any(Number),
		});
	});

	it("stays small for a schema that refers to itself everywhere", () => {
		const names = Array.from({ length: 30 }, (_, index) => `p${index}`);
		const all = Object.fromEntries(
			names.map((name) => [
				name,
				{ type: "object", properties: Object.fromEntries(names.map((other) => [other, { $ref: "#" }])) },
			]),
		);
		const start = performance.now();
		expect(JSON.stringify(make({ type: "object", properties: all })).length).toBeLessThan(100_000);
		expect(performance.now() - start).toBeLessThan(3_000);
	});
});

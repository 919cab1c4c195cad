import { describe, expect, it } from "vitest";
import type { Dialect } from "./dialect.ts";
import { createRegistry, type RegistryDocument, schemaAt, schemaFrom } from "./registry.ts";
import type { Registry, Schema } from "./schema.ts";

function registryOf(documents: Record<string, unknown>, dialect: Dialect = "openapi-3.1"): Registry {
	const all = new Map<string, RegistryDocument>(
		Object.entries(documents).map(([file, value]) => [file, { file, value, dialect }]),
	);
	return createRegistry({ documents: all });
}

function follow(schema: Schema | undefined): Schema | undefined {
	const { node, registry } = schema as Schema;
	return registry.resolve((node as { $ref: string }).$ref);
}

describe("normalization to 2020-12", () => {
	const cases: readonly [string, Dialect, unknown, unknown][] = [
		["nullable widens the type", "openapi-3.0", { type: "string", nullable: true }, { type: ["string", "null"] }],
		["nullable without a type says nothing", "openapi-3.0", { nullable: true }, {}],
		[
			"nullable lets an enum be null",
			"openapi-3.0",
			{ type: "string", enum: ["a"], nullable: true },
			{ type: ["string", "null"], enum: ["a", null] },
		],
		[
			"nullable is a remark where the letter does not know it",
			"openapi-3.1",
			{ type: "string", nullable: true },
			{ nullable: true, type: ["string", "null"] },
		],
		[
			"nullable beside allOf means this or null",
			"openapi-3.0",
			{ nullable: true, allOf: [{ minLength: 1 }] },
			{ anyOf: [{ allOf: [{ minLength: 1 }] }, { type: "null" }] },
		],
		[
			"x-nullable is nullable",
			"openapi-2.0",
			{ type: "integer", "x-nullable": true },
			{ type: ["integer", "null"], "x-nullable": true },
		],
		[
			"a boolean exclusiveMinimum takes the minimum",
			"openapi-3.0",
			{ minimum: 1, exclusiveMinimum: true },
			{ exclusiveMinimum: 1 },
		],
		["exclusiveMaximum: false says nothing", "draft-04", { maximum: 1, exclusiveMaximum: false }, { maximum: 1 }],
		[
			"numeric exclusive bounds stay",
			"draft-06",
			{ minimum: 0, exclusiveMinimum: 1 },
			{ minimum: 0, exclusiveMinimum: 1 },
		],
		[
			"a list of items becomes prefixItems",
			"draft-07",
			{ items: [{ type: "null" }, true] },
			{ prefixItems: [{ type: "null" }, true] },
		],
		[
			"additionalItems becomes items",
			"draft-07",
			{ items: [true], additionalItems: false },
			{ prefixItems: [true], items: false },
		],
		["additionalItems alone says nothing", "draft-07", { additionalItems: false }, {}],
		[
			"dependencies are split",
			"draft-07",
			{ dependencies: { a: ["b"], c: { minProperties: 2 } } },
			{ dependentSchemas: { c: { minProperties: 2 } }, dependentRequired: { a: ["b"] } },
		],
		["definitions becomes $defs", "draft-07", { definitions: { a: true } }, { $defs: { a: true } }],
		["example is kept", "openapi-3.0", { example: 1 }, { examples: [1] }],
		[
			"a property called example is a property",
			"openapi-3.0",
			{ properties: { example: { example: 1 } } },
			{ properties: { example: { examples: [1] } } },
		],
		["id becomes $id", "draft-04", { id: "http://example.com/a" }, { $id: "http://example.com/a" }],
		["a file is binary text", "openapi-2.0", { type: "file" }, { type: "string", format: "binary" }],
		[
			"a discriminator of 2.0 becomes an object",
			"openapi-2.0",
			{ discriminator: "kind" },
			{ discriminator: { propertyName: "kind" } },
		],
		["const is unknown to draft-04", "draft-04", { const: 1 }, {}],
		["const in 3.0 is meant", "openapi-3.0", { const: 1 }, { const: 1 }],
		["unknown types are dropped", "openapi-3.0", { type: "date" }, {}],
		[
			"malformed keywords are dropped",
			"openapi-3.0",
			{ required: true, minLength: "3", pattern: 1, enum: {}, properties: [] },
			{},
		],
		["extensions stay", "openapi-3.0", { "x-a": { nullable: true } }, { "x-a": { nullable: true } }],
	];
	it.each(cases)("%s", (_, dialect, raw, node) => {
		expect(schemaFrom(raw, dialect).node).toEqual(node);
	});

	it("replaces the siblings of a $ref where the dialect says so, but for remarks", () => {
		const raw = {
			definitions: {},
			properties: { a: { $ref: "#/x", minLength: 1, description: "d", "x-holdfast": 1 } },
		};
		const node = { $ref: "schema#/x", description: "d", "x-holdfast": 1 };
		expect(schemaFrom(raw, "openapi-3.0").node).toHaveProperty("properties.a", node);
		expect(schemaFrom(raw, "openapi-3.1").node).toHaveProperty("properties.a", { ...node, minLength: 1 });
	});

	it("keeps a property called __proto__ and no prototype of its making", () => {
		const schema = schemaFrom(JSON.parse('{"properties":{"__proto__":{"type":"string"}},"__proto__":{"minLength":1}}'));
		const { properties } = schema.node as { properties: object };
		expect(Object.keys(properties)).toEqual(["__proto__"]);
		expect(schema.node).not.toHaveProperty("minLength");
		expect(schema.registry.at(schema, ["properties", "__proto__"])?.node).toEqual({ type: "string" });
	});
});

describe("references", () => {
	it("are absolute, and resolved when asked", () => {
		const registry = registryOf({
			"spec/a.yaml": {
				components: { schemas: { A: { $ref: "b.yaml#/B" }, "C D": {}, E: { $ref: "#/components/schemas/C%20D" } } },
			},
			"spec/b.yaml": { B: { properties: { self: { $ref: "#/B" }, back: { $ref: "./a.yaml#/components/schemas/A" } } } },
		});
		const a = schemaAt(registry, "spec/a.yaml", "/components/schemas/A");
		expect(a?.node).toEqual({ $ref: "spec/b.yaml#/B" });
		expect(follow(a)?.node).toEqual({
			properties: { self: { $ref: "spec/b.yaml#/B" }, back: { $ref: "spec/a.yaml#/components/schemas/A" } },
		});
		expect(follow(schemaAt(registry, "spec/a.yaml", "/components/schemas/E"))?.source.pointer).toBe(
			"/components/schemas/C D",
		);
	});

	it("give the same handle for the same schema", () => {
		const schema = schemaFrom({ properties: { a: { $ref: "#/properties/b" }, b: { type: "string" }, c: true } });
		const b = schema.registry.at(schema, ["properties", "b"]);
		expect(follow(schema.registry.at(schema, ["properties", "a"]))).toBe(b);
		expect(schemaAt(schema.registry, "schema", "/properties/b")).toBe(b);
		expect(schemaAt(schema.registry, "schema", "/properties/c")).toBe(schema.registry.at(schema, ["properties", "c"]));
		expect(schemaAt(schema.registry, "schema", "")).toBe(schema);
	});

	const named: readonly [string, Dialect, Record<string, unknown>, string][] = [
		["$anchor", "2020-12", { $ref: "#x", $defs: { y: { $anchor: "x" } } }, "/$defs/y"],
		["$id", "2020-12", { $id: "http://example.com/root", $ref: "item", $defs: { y: { $id: "item" } } }, "/$defs/y"],
		[
			"$id with a pointer",
			"2020-12",
			{ $id: "http://example.com/r", $ref: "item#/$defs/z", $defs: { y: { $id: "item", $defs: { z: {} } } } },
			"/$defs/y/$defs/z",
		],
		[
			"urn",
			"2020-12",
			{ $id: "urn:example:a", $ref: "urn:example:b", $defs: { y: { $id: "urn:example:b" } } },
			"/$defs/y",
		],
		[
			"id of draft-04",
			"draft-04",
			{ $ref: "http://example.com/item", definitions: { y: { id: "http://example.com/item" } } },
			"/definitions/y",
		],
		[
			"a plain name in $id of draft-07",
			"draft-07",
			{ $ref: "#x", definitions: { y: { $id: "#x" } } },
			"/definitions/y",
		],
		["$dynamicRef", "2020-12", { $dynamicRef: "#x", $defs: { y: { $dynamicAnchor: "x" } } }, "/$defs/y"],
	];
	it.each(named)("are found by %s", (_, dialect, raw, pointer) => {
		expect(follow(schemaFrom(raw, dialect))?.source.pointer).toBe(pointer);
	});

	it("that only resolve inside their own schema are understood", () => {
		const registry = registryOf({
			"a.json": { schemas: { A: { $ref: "#/$defs/X", $defs: { X: { minLength: 1 } } } } },
		});
		expect(follow(schemaAt(registry, "a.json", "/schemas/A"))?.node).toEqual({ minLength: 1 });
	});

	it("that lead nowhere stay, absolute, and resolve to nothing", () => {
		const schema = schemaFrom({ $ref: "other.json#/x" });
		expect(schema.node).toEqual({ $ref: "other.json#/x" });
		expect(follow(schema)).toBeUndefined();
	});

	it("in a discriminator's mapping are absolute too", () => {
		const registry = registryOf({
			"a.json": {
				components: {
					schemas: {
						Cat: {},
						Pet: { discriminator: { propertyName: "k", mapping: { c: "Cat", d: "#/components/schemas/Cat" } } },
					},
				},
			},
		});
		const cat = "a.json#/components/schemas/Cat";
		expect(schemaAt(registry, "a.json", "/components/schemas/Pet")?.node).toMatchObject({
			discriminator: { mapping: { c: cat, d: cat } },
		});
	});

	it("by $recursiveRef mean the anchored schema around them in OpenAPI", () => {
		const registry = registryOf({
			"a.json": { components: { schemas: { A: { $recursiveAnchor: true, items: { $recursiveRef: "#" } } } } },
		});
		const schema = schemaAt(registry, "a.json", "/components/schemas/A") as Schema;
		expect(follow(registry.at(schema, ["items"]))).toBe(schema);
	});

	it("by $dynamicRef mean the outermost schema of that name", () => {
		const schema = schemaFrom({
			$id: "http://example.com/strict-tree",
			$dynamicAnchor: "node",
			$ref: "tree",
			unevaluatedProperties: false,
			$defs: {
				tree: {
					$id: "tree",
					$dynamicAnchor: "node",
					properties: { children: { items: { $dynamicRef: "#node" } } },
				},
			},
		});
		const tree = follow(schema) as Schema;
		const child = tree.registry.at(tree, ["properties", "children", "items"]);
		expect(follow(child)).toBe(schema);
		const alone = schemaAt(schema.registry, "schema", "/$defs/tree") as Schema;
		expect(alone).not.toBe(tree);
		expect(follow(alone.registry.at(alone, ["properties", "children", "items"]))).toBe(alone);
	});
});

describe("hostile documents", () => {
	it("nest 100,000 levels without a stack overflow", () => {
		let raw: unknown = { type: "string" };
		for (let depth = 0; depth < 100_000; depth++) raw = { items: raw };
		expect(schemaFrom(raw).node).toHaveProperty("items.items.items");
	});

	it("contain themselves", () => {
		const raw: Record<string, unknown> = { type: "object" };
		raw.properties = { self: raw };
		expect(schemaFrom(raw).node).toEqual({ type: "object", properties: { self: { $ref: "schema#/properties/self" } } });
	});

	it("share one value many times", () => {
		let raw: unknown = { type: "string" };
		for (let depth = 0; depth < 60; depth++) raw = { properties: { a: raw, b: raw } };
		const schema = schemaFrom(raw);
		expect(schema.registry.at(schema, ["properties", "a"])).toBe(schema.registry.at(schema, ["properties", "b"]));
	});
});

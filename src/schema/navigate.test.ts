import { describe, expect, it } from "vitest";
import { annotation, constant, items, properties, resolve, typesOf } from "./navigate.ts";
import { schemaFrom } from "./registry.ts";

function summary(node: unknown) {
	return Object.fromEntries(
		properties(schemaFrom(node)).map(({ name, required, readOnly, writeOnly }) => [
			name,
			[required && "required", readOnly && "readOnly", writeOnly && "writeOnly"].filter(Boolean).join(" "),
		]),
	);
}

describe("properties", () => {
	const cases: readonly [string, unknown, Record<string, string>][] = [
		["are read from the schema itself", { properties: { a: {}, b: {} }, required: ["a"] }, { a: "required", b: "" }],
		[
			"are merged over allOf and $ref",
			{
				allOf: [{ $ref: "#/$defs/a" }, { required: ["a", "b"], properties: { b: { readOnly: true } } }],
				$defs: { a: { properties: { a: {} } } },
			},
			{ a: "required", b: "required readOnly" },
		],
		[
			"of branches are optional",
			{ oneOf: [{ properties: { a: {} }, required: ["a"] }, { properties: { b: {} } }] },
			{ a: "", b: "" },
		],
		[
			"of this-or-null are its own",
			{ anyOf: [{ properties: { a: {} }, required: ["a"] }, { type: "null" }] },
			{ a: "required" },
		],
		[
			"are read-only where their schema is, by reference too",
			{ properties: { a: { $ref: "#/$defs/a" } }, $defs: { a: { readOnly: true } } },
			{ a: "readOnly" },
		],
		["end in a circle", { properties: { a: {} }, allOf: [{ $ref: "#" }] }, { a: "" }],
		[
			"keep their names, whatever they are",
			JSON.parse('{"properties":{"__proto__":{"writeOnly":true},"constructor":{}}}'),
			JSON.parse('{"__proto__":"writeOnly","constructor":""}'),
		],
	];
	it.each(cases)("%s", (_, node, expected) => {
		expect(Object.entries(summary(node))).toEqual(Object.entries(expected));
	});
});

describe("types", () => {
	const cases: readonly [unknown, readonly string[]][] = [
		[{ type: "string" }, ["string"]],
		[{ type: ["string", "null"] }, ["string", "null"]],
		[{ anyOf: [{ type: "string" }, { type: "null" }] }, ["string", "null"]],
		[{ oneOf: [{ type: "string" }, { type: "integer" }] }, ["string", "integer"]],
		[{ allOf: [{ type: "object" }, {}] }, ["object"]],
		[{ properties: {} }, ["object"]],
		[{ enum: ["a", 1] }, ["string", "integer"]],
		[{ const: null }, ["null"]],
		[{}, []],
		[true, []],
	];
	it.each(cases)("of %j are %j", (node, types) => {
		expect(typesOf(schemaFrom(node))).toEqual(types);
	});
});

it("follows references as long as nothing stands beside them", () => {
	const schema = schemaFrom({
		$ref: "#/$defs/a",
		$defs: { a: { description: "x", $ref: "#/$defs/b" }, b: { minLength: 1, $ref: "#/$defs/c" }, c: {} },
	});
	expect(resolve(schema).source.pointer).toBe("/$defs/b");
});

it("gives up on references that go in a circle", () => {
	const schema = schemaFrom({ $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } });
	expect(resolve(schema)).toBe(schema);
});

it("finds items, constants and annotations through references", () => {
	const schema = schemaFrom({
		$ref: "#/$defs/list",
		$defs: {
			list: { items: { $ref: "#/$defs/one" } },
			one: { const: "x", title: "One", "x-holdfast": { reveal: "once" } },
		},
	});
	const item = items(schema);
	expect(item && constant(item)).toEqual({ value: "x" });
	expect(item && annotation(item, "title")).toBe("One");
	expect(item && annotation(item, "x-holdfast")).toEqual({ reveal: "once" });
});

import { expect, test } from "vitest";
import { generate } from "../generate.ts";
import { schemaFrom } from "../registry.ts";
import { leastSize } from "./least-size.ts";

const tenfold = (levels: number, own: (next: object) => object): object => ({
	$ref: "#/$defs/level0",
	$defs: Object.fromEntries([
		...Array.from({ length: levels }, (_, level) => [`level${level}`, own({ $ref: `#/$defs/level${level + 1}` })]),
		[`level${levels}`, { type: "string" }],
	]),
});
const letters = [..."abcdefghij"];
const record = (next: object) => ({
	type: "object",
	required: letters,
	properties: Object.fromEntries(letters.map((name) => [name, next])),
});
const list = (next: object) => ({ type: "array", minItems: 10, items: next });

test.each<[string, unknown, number]>([
	["a text", { type: "string" }, 1],
	["optional properties", { type: "object", properties: { a: {} } }, 1],
	["required ones", { type: "object", required: ["a", "b"], properties: { a: {}, b: {} } }, 3],
	["one that a direction hides", { type: "object", required: ["a"], properties: { a: { readOnly: true } } }, 1],
	["items", { type: "array", minItems: 3, items: {} }, 4],
	["items behind a prefix", { type: "array", minItems: 3, prefixItems: [{}, {}], items: {} }, 2],
	["the smallest alternative", { oneOf: [list({}), { type: "string" }] }, 1],
	["the largest of all that applies", { allOf: [list({}), { type: "array" }] }, 11],
	["what is given", { ...list({}), enum: [[1]] }, 1],
	["a circle", { type: "object", required: ["a"], properties: { a: { $ref: "#" } } }, 2],
	["a bomb of objects", tenfold(8, record), 111_111_111],
	["a bomb of lists", tenfold(8, list), 111_111_111],
])("counts %s", (_, node, size) => {
	expect(leastSize(schemaFrom(node))).toBe(size);
});

test.each([
	["objects", record],
	["lists", list],
])("a bomb of %s is refused before any of it is built", (_, own) => {
	const schema = schemaFrom(tenfold(20, own));
	generate(schemaFrom({ type: "string" }), { seed: 1, direction: "request" });
	const before = process.cpuUsage();
	const generated = generate(schema, { seed: 1, direction: "request" });
	const { user } = process.cpuUsage(before);
	expect(generated).toEqual({ ok: false, reason: "the schema needs more than 2000 values within each other" });
	expect(user / 1_000).toBeLessThan(100);
});

import { describe, expect, it } from "vitest";
import { boundaries } from "./boundaries.ts";
import { generate } from "./generate.ts";
import { nearMisses } from "./near-misses.ts";
import { schemaFrom } from "./registry.ts";
import { createValidation } from "./validate.ts";

function wrap(times: number, one: (inner: unknown) => unknown): unknown {
	let raw: unknown = { type: "string" };
	for (let time = 0; time < times; time++) raw = one(raw);
	return raw;
}

const names = Array.from({ length: 2_000 }, (_, index) => `name${index}`);

/** What a document from a stranger may hold, and whether a value is found in it. */
const SCHEMAS: readonly (readonly [string, unknown, boolean])[] = [
	["items, 100,000 levels deep", wrap(100_000, (items) => ({ type: "array", items })), true],
	[
		"required properties, 5,000 levels deep",
		wrap(5_000, (a) => ({ type: "object", required: ["a"], properties: { a } })),
		false,
	],
	["allOf, 5,000 levels deep", wrap(5_000, (inner) => ({ allOf: [inner] })), true],
	["anyOf, 20,000 levels deep", wrap(20_000, (inner) => ({ anyOf: [inner, { type: "null" }] })), false],
	["not, 2,001 levels deep", wrap(2_001, (not) => ({ not })), true],
	["oneOf of a schema twice, 40 levels deep", wrap(40, (inner) => ({ oneOf: [inner, inner] })), false],
	[
		"a shared part 2^40 times",
		wrap(40, (one) => ({ type: "object", properties: { a: one, b: one }, required: ["a", "b"] })),
		false,
	],
	["anyOf in a shared part 2^40 times", wrap(40, (inner) => ({ anyOf: [inner, inner] })), true],
	["allOf in a circle", { allOf: [{ $ref: "#" }, { type: "integer" }] }, true],
	[
		"references in a circle",
		{ $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } },
		true,
	],
	["not itself", { not: { $ref: "#" } }, false],
	["itself, required", { type: "object", required: ["a"], properties: { a: { $ref: "#" } } }, false],
	["100,000 listed values", { enum: Array.from({ length: 100_000 }, (_, index) => `value ${index}`) }, true],
	[
		"2,000 alternatives",
		{ oneOf: names.map((name) => ({ type: "object", required: ["kind"], properties: { kind: { const: name } } })) },
		true,
	],
	[
		"2,000 required properties",
		{
			type: "object",
			required: names,
			properties: Object.fromEntries(names.map((name) => [name, { type: "integer" }])),
		},
		true,
	],
	["a pattern that backtracks for ever", { type: "string", pattern: "^(a+)+$", minLength: 5_000 }, true],
	["a pattern that repeats for ever", { type: "string", pattern: "^(([a-z]{1,9999}){1,9999}){1,9999}$" }, true],
	["a text of a billion characters", { type: "string", minLength: 1e9 }, false],
	["a list of a billion items", { type: "array", minItems: 1e9 }, false],
	["an object of a billion properties", { type: "object", minProperties: 1e9 }, false],
	["a step of 1e-300", { type: "number", multipleOf: 1e-300, minimum: 1, maximum: 2 }, true],
	["bounds of 1e308", { type: "number", minimum: 1e308, multipleOf: 7 }, true],
	["NUL in names and values", { type: "object", required: ["\0"], properties: { "\0": { const: "\0" } } }, true],
	[
		"a property called __proto__",
		JSON.parse('{"type":"object","required":["__proto__"],"properties":{"__proto__":{"const":1}}}'),
		true,
	],
	["a property called constructor", { type: "object", required: ["constructor", "toString"] }, true],
	["half a surrogate pair", { const: "\ud800" }, true],
];

/** Time of this thread alone: the machine may be busy with other tests. */
function cpuMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1_000;
}

describe("in bounded time and without a crash", () => {
	it.each(SCHEMAS)("a value is looked for in %s", (_, node, isFound) => {
		const start = cpuMs();
		const generated = generate(schemaFrom(node), { seed: 1, direction: "request" });
		expect(generated).toMatchObject(isFound ? { ok: true } : { ok: false, reason: expect.any(String) });
		expect(cpuMs() - start).toBeLessThan(5_000);
	});

	it.each(SCHEMAS)("edges and near-misses are looked for in %s", (_, node) => {
		const start = cpuMs();
		const schema = schemaFrom(node);
		const check = createValidation().compile(schema, "request");
		for (const { value } of boundaries(schema, { seed: 1, limit: 6 })) expect(check(value)).toEqual([]);
		for (const { value } of nearMisses(schema, { seed: 1, limit: 6 })) expect(check(value)).not.toEqual([]);
		expect(cpuMs() - start).toBeLessThan(10_000);
	});
});

it("a value nested 50,000 levels deep is judged without a crash", () => {
	const schema = schemaFrom({ $ref: "#/$defs/a", $defs: { a: { type: "array", items: { $ref: "#/$defs/a" } } } });
	let value: unknown = [];
	for (let depth = 0; depth < 50_000; depth++) value = [value];
	const validation = createValidation();
	expect(validation.validate(schema, value, "response")).toEqual([]);
	expect(validation.notes()).toEqual(["a value is nested too deeply to be checked"]);
});

it("what 2^24 references find wrong is told some times and not millions", () => {
	const level = (next: number) => ({ allOf: [{ $ref: `#/$defs/l${next}` }, { $ref: `#/$defs/l${next}` }] });
	const levels = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`l${index}`, level(index + 1)]));
	const schema = schemaFrom({ $ref: "#/$defs/l0", $defs: { ...levels, l24: { type: "integer" } } });
	const start = cpuMs();
	const violations = createValidation().validate(schema, "text", "response");
	expect(new Set(violations.map(({ keyword }) => keyword))).toEqual(new Set(["type"]));
	expect(violations.length).toBeLessThan(100);
	expect(cpuMs() - start).toBeLessThan(2_000);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadFiles } from "../../contract/sample-files.ts";
import type { Json } from "../../http/exchange.ts";
import { schemaFrom } from "../../schema/registry.ts";
import { createValidation } from "../../schema/validate.ts";
import { createNotes } from "../notes.ts";
import { createInventor } from "../state/invent.ts";
import { repair } from "./repair.ts";

const NOTHING = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: {}\n';

async function repairing(node: object) {
	const inventor = createInventor(1, createNotes(await loadFiles({ "openapi.yaml": NOTHING })));
	const schema = schemaFrom(node);
	return { schema, inventor, check: createValidation().compile(schema, "response") };
}

const ITEM = {
	type: "object",
	required: ["id", "state"],
	additionalProperties: false,
	properties: { id: { type: "integer" }, state: { enum: ["on"] }, note: { type: "string", maxLength: 3 } },
};

describe("repair", () => {
	test.each<[string, Json, Json]>([
		["leaves out what is not admitted", { id: 1, state: "on", extra: 1 }, { id: 1, state: "on" }],
		["leaves out what is wrong and optional", { id: 1, state: "on", note: "too long" }, { id: 1, state: "on" }],
		["makes up what is missing", { id: 1 }, { id: 1, state: "on" }],
		["replaces what is wrong and required", { id: 1, state: "off" }, { id: 1, state: "on" }],
		["leaves alone what is right", { id: 1, state: "on", note: "ok" }, { id: 1, state: "on", note: "ok" }],
	])("%s", async (_title, value, repaired) => {
		expect(repair(value, await repairing(ITEM))).toEqual(repaired);
	});

	test("leaves out what stands around something that cannot be mended, and keeps all else", async () => {
		const inner = { type: "object", required: ["a"], properties: { a: { type: "integer" } } };
		const box = { type: "object", patternProperties: { "^x": inner } };
		const schema = { type: "object", required: ["id"], properties: { id: { type: "integer" }, box } };
		expect(repair({ id: 5, box: { x1: {} } }, await repairing(schema))).toMatchObject({ id: 5, box: {} });
		const closed = { ...schema, properties: { ...schema.properties, box: { ...box, minProperties: 1 } } };
		expect(repair({ id: 5, box: { x1: {} } }, await repairing(closed))).toEqual({ id: 5 });
	});

	test("reaches into lists", async () => {
		const value = [
			{ id: 1, state: "on" },
			{ id: 2, state: "off", extra: true },
		];
		expect(repair(value, await repairing({ type: "array", items: ITEM }))).toEqual([
			{ id: 1, state: "on" },
			{ id: 2, state: "on" },
		]);
	});

	test("mends what is of one alternative as that alternative says", async () => {
		const box = (kind: string, size: object): object => ({
			type: "object",
			required: ["kind", "size"],
			additionalProperties: false,
			properties: { kind: { const: kind }, name: { type: "string" }, size },
		});
		const schema = { anyOf: [box("small", { type: "integer" }), box("large", { const: "huge" })] };
		const mended = repair({ kind: "large", name: "Rex" }, await repairing(schema));
		expect(mended).toEqual({ kind: "large", name: "Rex", size: "huge" });
	});

	test("gives up where nothing is valid", async () => {
		expect(repair({ id: 1 }, await repairing({ ...ITEM, required: ["nope"] }))).toBeUndefined();
	});

	test("makes anything valid", async () => {
		const into = await repairing({
			type: "object",
			required: ["list"],
			properties: { list: { type: "array", items: ITEM, minItems: 1 } },
		});
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(into.check(repair(value as Json, into))).toEqual([]);
			}),
		);
	});
});

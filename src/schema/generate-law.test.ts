import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundaries } from "./boundaries.ts";
import { generate } from "./generate.ts";
import { nearMisses } from "./near-misses.ts";
import { schemaFrom } from "./registry.ts";
import { createValidation } from "./validate.ts";

const count = fc.integer({ min: 0, max: 4 });
const bound = fc.integer({ min: -20, max: 20 });
const name = fc.constantFrom("a", "b", "email", "price");

/** Optional keywords, each there or not. */
const some = <T extends object>(keywords: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
	fc.record(keywords, { requiredKeys: [] });

const text = some({
	minLength: count,
	maxLength: fc.integer({ min: 2, max: 12 }),
	pattern: fc.constantFrom("^[a-z]+$", "\\d", "^(?=.*[A-Z]).*$", "^x-"),
	format: fc.constantFrom("date", "date-time", "uuid", "ipv4", "email", "uri"),
}).map((keywords) => ({ type: "string", ...keywords }));

const number = some({
	minimum: bound,
	maximum: bound,
	exclusiveMinimum: bound,
	multipleOf: fc.constantFrom(1, 2, 0.5, 0.1, 3),
}).chain((keywords) => fc.constantFrom("integer", "number").map((type) => ({ type, ...keywords })));

const listed = fc.oneof(
	fc.record({
		enum: fc.uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), {
			minLength: 1,
			maxLength: 4,
		}),
	}),
	fc.record({ const: fc.jsonValue({ maxDepth: 1 }) }),
	fc.constant({ type: "boolean" }),
	fc.constant({ type: "null" }),
);

const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
	schema: fc.oneof(
		{ depthSize: "small", withCrossShrink: true },
		text,
		number,
		listed,
		some({
			items: tie("schema"),
			minItems: count,
			maxItems: fc.integer({ min: 1, max: 5 }),
			uniqueItems: fc.boolean(),
			contains: tie("schema"),
		}).map((keywords) => ({ type: "array", ...keywords })),
		some({
			properties: fc.dictionary(name, tie("schema"), { maxKeys: 3 }),
			required: fc.uniqueArray(name, { maxLength: 2 }),
			additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
			minProperties: fc.integer({ min: 0, max: 2 }),
		}).map((keywords) => ({ type: "object", ...keywords })),
		fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
		fc.record({ oneOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
		fc.record({ allOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
		fc.record({ not: tie("schema") }),
	),
}));

const ajv = new Ajv2020({
	strict: false,
	validateSchema: false,
	logger: false,
	multipleOfPrecision: 6,
	addUsedSchema: false,
});
for (const [format, check] of Object.entries(fullFormats)) ajv.addFormat(format, check as never);

const RUNS = { numRuns: 150, seed: 4711 };

describe("for any schema", () => {
	it("what is generated is valid, by Ajv alone", () => {
		fc.assert(
			fc.property(schema, fc.nat(), (node, seed) => {
				const generated = generate(schemaFrom(node), { seed, direction: "request" });
				if (generated.ok)
					expect(ajv.validate(node as object, generated.value), JSON.stringify(generated.value)).toBe(true);
			}),
			RUNS,
		);
	});

	it("the same seed gives the same value", () => {
		fc.assert(
			fc.property(schema, fc.nat(), (node, seed) => {
				const once = () => generate(schemaFrom(node), { seed, direction: "request", optional: "some" });
				expect(once()).toEqual(once());
			}),
			RUNS,
		);
	});

	it("a near-miss is invalid by Ajv alone, and breaks one keyword", () => {
		fc.assert(
			fc.property(schema, fc.nat(), (node, seed) => {
				const from = schemaFrom(node);
				const check = createValidation({ overlaps: "refused" }).compile(from, "request");
				for (const { value, keyword } of nearMisses(from, { seed, limit: 20 })) {
					expect(ajv.validate(node as object, value), JSON.stringify(value)).toBe(false);
					expect(new Set(check(value).map((one) => one.keyword))).toEqual(new Set([keyword]));
				}
			}),
			RUNS,
		);
	});

	it("a boundary is valid by Ajv alone", () => {
		fc.assert(
			fc.property(schema, fc.nat(), (node, seed) => {
				for (const { value, why } of boundaries(schemaFrom(node), { seed, limit: 20 })) {
					expect(ajv.validate(node as object, value), `${why} ${JSON.stringify(value)}`).toBe(true);
				}
			}),
			RUNS,
		);
	});
});

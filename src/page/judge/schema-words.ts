import { type JsonType, nodeOf, parts } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Limits } from "../fact.ts";

/** What a schema says with one keyword; `unsure` where only some of its alternatives say it. */
export type Keyword = { readonly kind: "said"; readonly value: unknown } | { readonly kind: "unsaid" | "unsure" };

/**
 * The value of a keyword over everything that applies to the same instance. Of several bounds the narrowest counts.
 *
 * @example keywordOf(schemaFrom({ maxLength: 64 }), "maxLength") // { kind: "said", value: 64 }
 */
export function keywordOf(schema: Schema, keyword: string): Keyword {
	const holding = parts(schema).filter(({ schema: part }) => Object.hasOwn(nodeOf(part), keyword));
	if (holding.some(({ conditional }) => conditional)) return { kind: "unsure" };
	const values = holding.map(({ schema: part }) => nodeOf(part)[keyword]);
	if (values.length === 0) return { kind: "unsaid" };
	const numbers = values.filter((value) => typeof value === "number");
	if (numbers.length < values.length) return { kind: "said", value: values[0] };
	return { kind: "said", value: /^(?:min|exclusiveMin)/.test(keyword) ? Math.max(...numbers) : Math.min(...numbers) };
}

/** Bounds as the schema would write them, as far as they can be of a value of these types. */
export function boundsFor(limits: Limits, types: readonly JsonType[]): Limits {
	const scalars = types.filter((type) => type !== "null");
	const has = (...wanted: readonly JsonType[]): boolean => scalars.some((type) => wanted.includes(type));
	if (scalars.length === 0) return {};
	if (has("integer", "number")) return has("string", "array") ? {} : keepNumbers(limits, !has("number"));
	// What a bare number counts of a text or a list nobody can tell: its value, its parts, how often it may come.
	const { minLength, maxLength, minItems, maxItems } = limits;
	if (has("string") && !has("array")) return only({ minLength, maxLength });
	return has("array") && !has("string") ? only({ minItems, maxItems }) : {};
}

/** Of whole numbers, `> 0` is `≥ 1`. */
function keepNumbers({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Limits, areWhole: boolean): Limits {
	if (!areWhole) return only({ minimum, maximum, exclusiveMinimum, exclusiveMaximum });
	return only({
		minimum: minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1),
		maximum: maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - 1),
	});
}

function only(limits: { readonly [Key in keyof Limits]: Limits[Key] | undefined }): Limits {
	return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

/** A bound of a schema; of whole numbers an exclusive one is told as an inclusive one. */
export function boundOf(schema: Schema, keyword: keyof Limits, areWhole: boolean): Keyword {
	const own = keywordOf(schema, keyword);
	if (own.kind !== "unsaid" || !areWhole || (keyword !== "minimum" && keyword !== "maximum")) return own;
	const exclusive = keywordOf(schema, keyword === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum");
	if (exclusive.kind !== "said" || typeof exclusive.value !== "number") return exclusive;
	return { kind: "said", value: exclusive.value + (keyword === "minimum" ? 1 : -1) };
}

const PHRASES: Readonly<Record<keyof Limits, (limit: number) => string>> = {
	minimum: (limit) => `at least ${limit}`,
	maximum: (limit) => `at most ${limit}`,
	exclusiveMinimum: (limit) => `more than ${limit}`,
	exclusiveMaximum: (limit) => `less than ${limit}`,
	minLength: (limit) => `at least ${limit} ${limit === 1 ? "character" : "characters"}`,
	maxLength: (limit) => `at most ${limit} ${limit === 1 ? "character" : "characters"}`,
	minItems: (limit) => `at least ${limit} ${limit === 1 ? "item" : "items"}`,
	maxItems: (limit) => `at most ${limit} ${limit === 1 ? "item" : "items"}`,
};

export function boundWords(keyword: keyof Limits, limit: number): string {
	return PHRASES[keyword](limit);
}

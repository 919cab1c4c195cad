import { orderedTrace } from "./boundaries.ts";
import { type Explained, generateExplained } from "./generate.ts";
import { STRICT_FORMATS } from "./generation/break-schema.ts";
import type { Traced } from "./generation/build.ts";
import { buildList } from "./generation/build-list.ts";
import { buildNumber } from "./generation/build-number.ts";
import { buildText } from "./generation/build-text.ts";
import { type Demand, type Kind, onList, onNumber, onText, type Patch } from "./generation/demand.ts";
import type { Built } from "./generation/place.ts";
import { replaceAt, withoutProperty, withProperty } from "./generation/replace.ts";
import { typeOfValue } from "./navigate.ts";
import { isObject } from "./normalize-node.ts";
import { parsePointer, valueAt } from "./reference.ts";
import type { Direction, Schema } from "./schema.ts";
import { canonical } from "./unique.ts";

/** A value that breaks exactly one keyword of its schema. */
export interface NearMiss {
	readonly value: unknown;
	/** The keyword that is broken, as the validator names it. */
	readonly keyword: string;
	/** Where in the value it is broken. */
	readonly pointer: string;
	/** What the value should be and is not: `must be at most 20 characters long`. */
	readonly why: string;
}

export interface NearMissOptions {
	readonly seed: number | string;
	/** `request` when not given. */
	readonly direction?: Direction;
	readonly name?: string;
	/** How many there may be; 300 when not given. */
	readonly limit?: number;
}

/** Texts and lists that would have to be longer are not made. */
const TEXT_MAX = 10_000;
const ITEMS_MAX = 200;
const PROPERTIES_MAX = 200;

/**
 * Values that are valid but for one keyword: wrong types, missing properties, texts too long or too short, numbers out
 * of range, values not listed, wrong patterns and formats, forbidden properties, repeated items. Formats are only
 * broken where breaking them is beyond doubt. Each value is checked to break nothing else.
 *
 * @example nearMisses(schemaFrom({ type: "integer" }), { seed: 1 }).map(({ keyword }) => keyword) // ["type", …]
 */
export function nearMisses(schema: Schema, options: NearMissOptions): readonly NearMiss[] {
	const { seed, direction = "request", name = "", limit = 300 } = options;
	const base = generateExplained(schema, { seed, direction, name, optional: "all" });
	if (!base.ok) return [];
	const check = base.validation.compile(schema, direction);
	const seen = new Set<string>();
	const found: NearMiss[] = [];
	for (const value of candidates(base)) {
		const [first, ...others] = check(value);
		const isOne = first !== undefined && others.every(({ keyword }) => keyword === first.keyword);
		const key = canonical(value);
		if (!isOne || seen.has(key)) continue;
		seen.add(key);
		found.push({ value, keyword: first.keyword, pointer: first.pointer, why: first.message });
		if (found.length >= limit) break;
	}
	return found;
}

function* candidates(base: Extract<Explained, { ok: true }>): Generator<unknown> {
	for (const [pointer, traced] of orderedTrace(base)) {
		const current = valueAt(base.value, parsePointer(pointer));
		for (const replacement of brokenAt(traced, current, base)) yield replaceAt(base.value, pointer, replacement);
	}
}

function* brokenAt(
	traced: Traced,
	current: unknown,
	{ builder }: Extract<Explained, { ok: true }>,
): Generator<unknown> {
	const { demand, place } = traced;
	yield* wrongTypes(demand);
	if (demand.values !== undefined) yield* unlisted(demand.values);
	else if (typeof current === "string")
		yield* made(brokenTexts(demand), (patched) => buildText(patched, place), demand);
	else if (typeof current === "number")
		yield* made(brokenNumbers(demand), (patched) => buildNumber(patched, place), demand);
	else if (Array.isArray(current)) {
		yield* made(brokenLists(demand), (patched) => buildList(patched, place, builder), demand);
		if (demand.list.isUnique && current.length > 0) yield* repeated(current, demand);
	} else if (isObject(current)) yield* brokenRecords(demand, current);
}

const SAMPLES: Readonly<Record<Kind, unknown>> = {
	string: "text",
	number: 42,
	boolean: true,
	array: [],
	object: {},
	null: null,
};

function* wrongTypes(demand: Demand): Generator<unknown> {
	for (const [kind, sample] of Object.entries(SAMPLES)) {
		if (!demand.kinds.has(kind as Kind)) yield sample;
	}
	if (demand.whole === true && demand.kinds.has("number")) {
		const { minimum, maximum } = demand.number;
		yield* [0.5, Number.isFinite(minimum) ? minimum + 0.5 : 1.5, Number.isFinite(maximum) ? maximum - 0.5 : 1.5];
	}
}

/** Values of the listed types that are not listed. */
function* unlisted(values: readonly unknown[]): Generator<unknown> {
	const types = new Set(values.map(typeOfValue));
	if (types.has("string")) yield* ["not-listed", `${values.find((value) => typeof value === "string")}-x`];
	if (types.has("integer") || types.has("number"))
		yield Math.max(...values.filter((value) => typeof value === "number")) + 1;
	if (types.has("boolean")) yield* [true, false];
}

function* made(patches: Iterable<Patch>, build: (demand: Demand) => Built, demand: Demand): Generator<unknown> {
	for (const patch of patches) {
		const built = build(patch(demand));
		if (built.ok) yield built.value;
	}
}

function* brokenTexts({ text }: Demand): Generator<Patch> {
	const { minLength, maxLength, patterns, formats } = text;
	if (minLength > 0) yield onText(() => ({ minLength: minLength - 1, maxLength: minLength - 1 }));
	if (maxLength < TEXT_MAX) yield onText(() => ({ minLength: maxLength + 1, maxLength: maxLength + 1 }));
	for (const pattern of patterns) {
		const others = patterns.filter((one) => one !== pattern);
		yield onText(({ notPatterns }) => ({ patterns: others, notPatterns: [...notPatterns, pattern] }));
	}
	for (const format of formats.filter((one) => STRICT_FORMATS.has(one))) {
		const others = formats.filter((one) => one !== format);
		yield onText(({ notFormats }) => ({ formats: others, notFormats: [...notFormats, format] }));
	}
}

function* brokenNumbers({ number, whole }: Demand): Generator<Patch> {
	const { minimum, maximum, multiples, isMinimumExclusive, isMaximumExclusive } = number;
	const step = Math.max(...multiples, whole === true ? 1 : 0.01);
	if (Number.isFinite(minimum)) {
		yield onNumber(() => ({
			minimum: minimum - 2 * step,
			maximum: minimum,
			isMinimumExclusive: false,
			isMaximumExclusive: !isMinimumExclusive,
		}));
	}
	if (Number.isFinite(maximum)) {
		yield onNumber(() => ({
			minimum: maximum,
			maximum: maximum + 2 * step,
			isMinimumExclusive: !isMaximumExclusive,
			isMaximumExclusive: false,
		}));
	}
	for (const multiple of multiples) {
		const others = multiples.filter((one) => one !== multiple);
		yield onNumber(() => ({ multiples: others, notMultiples: [multiple] }));
	}
}

function* brokenLists({ list }: Demand): Generator<Patch> {
	if (list.min > 0) yield onList(() => ({ min: list.min - 1, max: list.min - 1 }));
	if (list.max < ITEMS_MAX) yield onList(() => ({ min: list.max + 1, max: list.max + 1 }));
	for (const one of list.contains) {
		const others = list.contains.filter((other) => other !== one);
		if (one.min > 0)
			yield onList(() => ({ contains: [...others, { ...one, min: 0, max: one.min - 1 }], min: Math.max(1, list.min) }));
	}
}

function* repeated(current: readonly unknown[], { list }: Demand): Generator<unknown> {
	const isFull = current.length >= list.max;
	yield isFull ? [...current.slice(0, -1), current[0]] : [...current, current[0]];
}

function* brokenRecords({ record }: Demand, current: Readonly<Record<string, unknown>>): Generator<unknown> {
	const names = Object.keys(current);
	for (const name of names) yield withoutProperty(current, name);
	for (const value of ["text", 1, true, null]) yield withProperty(current, "notDocumented", value);
	if (record.max < PROPERTIES_MAX) {
		const missing = record.max + 1 - names.length;
		yield Array.from({ length: Math.max(0, missing) }, (_, index) => `further${index}`).reduce(
			(grown, name) => withProperty(grown, name, "text"),
			current as Record<string, unknown>,
		);
	}
	if (record.min > 0) {
		const kept = [...names].sort((a, b) => Number(record.required.has(b)) - Number(record.required.has(a)));
		yield Object.fromEntries(kept.slice(0, record.min - 1).map((name) => [name, current[name]]));
	}
}

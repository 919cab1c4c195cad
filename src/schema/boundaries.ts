import { type Explained, type GenerateOptions, generate, generateExplained } from "./generate.ts";
import type { Traced } from "./generation/build.ts";
import { buildList } from "./generation/build-list.ts";
import { edgesOf } from "./generation/build-number.ts";
import { buildText } from "./generation/build-text.ts";
import { onList, onText } from "./generation/demand.ts";
import { replaceAt, withoutProperty } from "./generation/replace.ts";
import { isObject } from "./normalize-node.ts";
import { parsePointer, valueAt } from "./reference.ts";
import type { Direction, Schema } from "./schema.ts";
import { canonical } from "./unique.ts";

/** A valid value at an edge of what its schema admits. */
export interface Boundary {
	readonly value: unknown;
	/** The place that is at an edge; empty for the value itself. */
	readonly pointer: string;
	/** What is special about it, as a phrase: `the shortest text (3 characters)`. */
	readonly why: string;
	/** It is valid because the schema says nothing about it: an empty text where no length is documented. */
	readonly implied?: boolean;
}

export interface BoundaryOptions {
	readonly seed: number | string;
	/** `request` when not given. */
	readonly direction?: Direction;
	readonly name?: string;
	/** How many there may be; 200 when not given. */
	readonly limit?: number;
}

/** Longer texts and lists are valid, but would only test what a service does with much data. */
const TEXT_MAX = 10_000;
const ITEMS_MAX = 100;
const MEMBERS_MAX = 25;

/** A value that may stand at a place instead. */
interface Edge {
	readonly replacement: unknown;
	readonly why: string;
	readonly implied?: boolean;
}

/**
 * Valid values on the edges of a schema: shortest and longest texts, least and greatest numbers, every enum member,
 * empty and full lists, null and empty text where they are allowed, each optional property left out, all of them
 * there, none of them there. Each value differs from an ordinary one at a single place, and is checked.
 *
 * @example boundaries(schemaFrom({ type: "integer", minimum: 1 }), { seed: 1 })[0] // { value: 1, pointer: "", why: "the least number" }
 */
export function boundaries(schema: Schema, options: BoundaryOptions): readonly Boundary[] {
	const { seed, direction = "request", name = "", limit = 200 } = options;
	const ordinary: GenerateOptions = { seed, direction, name, optional: "all" };
	const base = generateExplained(schema, ordinary);
	if (!base.ok) return [];
	const check = base.validation.compile(schema, direction);
	const seen = new Set<string>();
	const found: Boundary[] = [];
	for (const candidate of candidates(schema, base, ordinary)) {
		const key = canonical(candidate.value);
		if (seen.has(key) || check(candidate.value).length > 0) continue;
		seen.add(key);
		found.push(candidate);
		if (found.length >= limit) break;
	}
	return found;
}

function* candidates(
	schema: Schema,
	base: Extract<Explained, { ok: true }>,
	options: GenerateOptions,
): Generator<Boundary> {
	if (isObject(base.value)) {
		yield { value: base.value, pointer: "", why: "all optional properties" };
		const least = generate(schema, { ...options, optional: "none" });
		if (least.ok) yield { value: least.value, pointer: "", why: "no optional property" };
	}
	for (const [pointer, traced] of orderedTrace(base)) {
		const current = valueAt(base.value, parsePointer(pointer));
		for (const { replacement, ...edge } of edgesAt(traced, current, base)) {
			yield { value: replaceAt(base.value, pointer, replacement), pointer, ...edge };
		}
	}
}

/** The places that are in the value, from the outside to the inside; building tried others too. */
export function orderedTrace(base: Extract<Explained, { ok: true }>): readonly (readonly [string, Traced])[] {
	return [...base.trace]
		.filter(([pointer]) => valueAt(base.value, parsePointer(pointer)) !== undefined)
		.sort(([, a], [, b]) => a.place.depth - b.place.depth);
}

function* edgesAt(traced: Traced, current: unknown, { builder }: Extract<Explained, { ok: true }>): Generator<Edge> {
	const { demand, place } = traced;
	if (demand.values !== undefined) {
		for (const member of demand.values.slice(0, MEMBERS_MAX))
			yield { replacement: member, why: `the listed value ${JSON.stringify(member)}` };
		return;
	}
	if (demand.kinds.has("null") && current !== null) yield { replacement: null, why: "null" };
	if (demand.kinds.has("boolean")) yield* [true, false].map((replacement) => ({ replacement, why: `${replacement}` }));
	if (demand.kinds.has("number")) yield* numberEdges(traced);
	if (demand.kinds.has("string")) yield* textEdges(traced);
	if (Array.isArray(current)) {
		for (const [size, why] of sizesOf(demand.list.min, demand.list.max)) {
			const built = buildList(onList(() => ({ min: size, max: size }))(demand), place, builder);
			if (built.ok) yield { replacement: built.value, why, implied: size === 0 };
		}
	}
	if (isObject(current)) yield* omissions(traced, current);
}

function* numberEdges({ demand }: Traced): Generator<Edge> {
	for (const { value, bound } of edgesOf(demand)) {
		yield { replacement: value, why: bound === "minimum" ? "the least number" : "the greatest number" };
	}
	yield { replacement: 0, why: "zero", implied: true };
}

function* textEdges({ demand, place }: Traced): Generator<Edge> {
	const { minLength, maxLength } = demand.text;
	if (minLength === 0) yield { replacement: "", why: "the empty text", implied: true };
	for (const [length, extreme] of [
		[minLength, "shortest"],
		[maxLength, "longest"],
	] as const) {
		if (length === 0 || length > TEXT_MAX) continue;
		const built = buildText(onText(() => ({ minLength: length, maxLength: length }))(demand), place);
		if (built.ok) yield { replacement: built.value, why: `the ${extreme} text (${length} characters)` };
	}
}

function sizesOf(min: number, max: number): readonly (readonly [number, string])[] {
	const least = [min, min === 0 ? "the empty list" : `the shortest list (${min} items)`] as const;
	const most = [max, `the longest list (${max} items)`] as const;
	return [least, most].filter(([size]) => size <= ITEMS_MAX);
}

function* omissions({ demand }: Traced, current: Readonly<Record<string, unknown>>): Generator<Edge> {
	for (const name of Object.keys(current)) {
		if (demand.record.required.has(name)) continue;
		yield { replacement: withoutProperty(current, name), why: `without ${JSON.stringify(name)}` };
	}
}

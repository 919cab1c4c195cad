import { annotation, child, examples, members, nodeOf, referenced } from "../navigate.ts";
import type { Schema } from "../schema.ts";

/** What is larger than this is as good as endless. */
const SIZE_MAX = 1e9;
/** Schemas within each other that are looked through. */
const DEPTH_MAX = 100;

const sizes = new WeakMap<Schema, number>();

/**
 * How many values every value of a schema consists of at least, itself included: a lower bound, found by looking at each
 * schema once. A few schemas that each need the next one ten times stand for more values than anybody can make, and
 * nobody should have to try before that is known.
 *
 * @example leastSize(schemaFrom({ type: "array", minItems: 3, items: { type: "string" } })) // 4
 */
export function leastSize(schema: Schema): number {
	return sizeOf(schema, 0);
}

function sizeOf(schema: Schema, depth: number): number {
	const known = sizes.get(schema);
	if (known !== undefined) return known;
	if (depth > DEPTH_MAX) return 1;
	// Whoever comes here again goes in a circle, of which one round is counted.
	sizes.set(schema, 1);
	const size = Math.min(SIZE_MAX, measure(schema, depth + 1));
	sizes.set(schema, size);
	return size;
}

function measure(schema: Schema, depth: number): number {
	const node = nodeOf(schema);
	// Where values are given, none is built.
	if ("const" in node || "enum" in node || examples(schema).length > 0) return 1;
	const target = referenced(schema);
	const always = [...(target === undefined ? [] : [target]), ...members(schema, "allOf")];
	const choices = ["anyOf", "oneOf"]
		.map((keyword) => members(schema, keyword).map((branch) => sizeOf(branch, depth)))
		.filter((branches) => branches.length > 0)
		.map((branches) => Math.min(...branches));
	return Math.max(ownSize(schema, depth), ...always.map((one) => sizeOf(one, depth)), ...choices);
}

function ownSize(schema: Schema, depth: number): number {
	const { type, required, minItems } = nodeOf(schema);
	if (type === "object" && Array.isArray(required)) {
		const needed = required.flatMap((name) => neededProperty(schema, String(name)) ?? []);
		return needed.reduce((sum, property) => sum + sizeOf(property, depth), 1);
	}
	const item = type === "array" && typeof minItems === "number" ? child(schema, "items") : undefined;
	if (item === undefined) return 1;
	return 1 + Math.max(0, Number(minItems) - members(schema, "prefixItems").length) * sizeOf(item, depth);
}

/** A required property, but for one that is left out in one direction. */
function neededProperty(schema: Schema, name: string): Schema | undefined {
	const property = child(schema, "properties", name);
	const isHidden =
		property !== undefined && ["readOnly", "writeOnly"].some((flag) => annotation(property, flag) === true);
	return isHidden ? undefined : property;
}

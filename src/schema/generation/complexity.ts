import { nodeOf, parts } from "../navigate.ts";
import type { Schema } from "../schema.ts";
import type { Literal } from "./literal.ts";

const known = new WeakMap<Schema, number>();

/** How much a way of going on is likely to hold, from 0 for a constant to 9 for a nest of required objects. */
export function complexityOf(literals: readonly Literal[]): number {
	return Math.max(0, ...literals.map((literal) => (literal.kind === "holds" ? ofSchema(literal.schema) : 0)));
}

function ofSchema(schema: Schema): number {
	const before = known.get(schema);
	if (before !== undefined) return before;
	const nodes = parts(schema)
		.filter((part) => !part.conditional)
		.map((part) => nodeOf(part.schema));
	const complexity = Math.max(0, ...nodes.map(ofNode));
	known.set(schema, complexity);
	return complexity;
}

function ofNode(node: Readonly<Record<string, unknown>>): number {
	if ("const" in node || "enum" in node) return 0;
	const needed = Array.isArray(node.required) ? node.required.length : 0;
	if (needed > 0) return Math.min(9, 4 + needed);
	if (typeof node.minItems === "number" && node.minItems > 0) return 5;
	if (node.type === "object" || "properties" in node) return 3;
	if (node.type === "array" || "items" in node) return 2;
	return 1;
}

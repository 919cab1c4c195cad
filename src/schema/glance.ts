import { nodeOf, parts, typeOfValue } from "./navigate.ts";
import { isObject } from "./normalize-node.ts";
import type { Schema } from "./schema.ts";
import { canonical } from "./unique.ts";

/** What tells the instances of a schema from those of another without looking closely. */
interface Features {
	/** Undefined when every type will do. */
	readonly types: ReadonlySet<string> | undefined;
	/** The values that properties are fixed to, in canonical text. */
	readonly fixed: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Longer lists of values are not prepared for comparison. */
const VALUES_MAX = 200;

const known = new WeakMap<Schema, Features>();

/**
 * Why a value cannot be of a schema, seen at a glance: `type`, or the name of a property that is fixed to another value.
 * Undefined when only a closer look can tell.
 */
export function glance(schema: Schema, value: unknown): { readonly types?: readonly string[] } | undefined {
	const { types, fixed } = featuresOf(schema);
	const type = typeOfValue(value);
	if (types !== undefined && !types.has(type) && !(type === "integer" && types.has("number")))
		return { types: [...types] };
	if (!isObject(value)) return undefined;
	for (const [name, values] of fixed) {
		if (Object.hasOwn(value, name) && !isIn(value[name], values)) return {};
	}
	return undefined;
}

/** Fixed values are scalars, so that a list or an object is none of them. */
function isIn(value: unknown, values: ReadonlySet<string>): boolean {
	return (typeof value !== "object" || value === null) && values.has(canonical(value));
}

function featuresOf(schema: Schema): Features {
	const before = known.get(schema);
	if (before !== undefined) return before;
	const nodes = parts(schema)
		.filter((part) => !part.conditional)
		.map((part) => part.schema);
	// "This or null" counts as the schema itself among the parts, but its type is not all that it admits.
	const isOpen = nodes.some((one) => "anyOf" in nodeOf(one) || "oneOf" in nodeOf(one));
	const features = isOpen ? { types: undefined, fixed: new Map() } : { types: typesIn(nodes), fixed: fixedIn(nodes) };
	known.set(schema, features);
	return features;
}

function typesIn(nodes: readonly Schema[]): ReadonlySet<string> | undefined {
	const declared = nodes.map((one) => nodeOf(one).type).find((type) => type !== undefined);
	return declared === undefined ? undefined : new Set([declared].flat() as string[]);
}

function fixedIn(nodes: readonly Schema[]): ReadonlyMap<string, ReadonlySet<string>> {
	const fixed = new Map<string, ReadonlySet<string>>();
	for (const node of nodes) {
		for (const [name, property] of Object.entries((nodeOf(node).properties as object | undefined) ?? {})) {
			const values = isObject(property) ? ("const" in property ? [property.const] : property.enum) : undefined;
			if (
				!Array.isArray(values) ||
				values.length > VALUES_MAX ||
				values.some((one) => isObject(one) || Array.isArray(one))
			)
				continue;
			fixed.set(name, new Set(values.map(canonical)));
		}
	}
	return fixed;
}

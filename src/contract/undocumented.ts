import type { Json } from "../http/exchange.ts";
import { items, nodeOf, parts, properties } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";
import { isObject } from "./node.ts";

const DEPTH_MAX = 8;
const ELEMENTS_MAX = 20;
const FIELDS_MAX = 5;

/**
 * JSON Pointers of fields that no schema names, list indices as `*`. A schema that speaks of further properties, or
 * that names none at all, is open on purpose.
 */
export function undocumentedFields(schema: Schema, body: Json | undefined): readonly string[] {
	return [...new Set(walk(schema, body, { pointer: "", depth: 0 }))].slice(0, FIELDS_MAX);
}

function walk(schema: Schema, value: Json | undefined, at: { pointer: string; depth: number }): readonly string[] {
	if (at.depth > DEPTH_MAX) return [];
	if (Array.isArray(value)) {
		const element = items(schema);
		const below = { pointer: `${at.pointer}/*`, depth: at.depth + 1 };
		return element === undefined
			? []
			: value.slice(0, ELEMENTS_MAX).flatMap((item: Json) => walk(element, item, below));
	}
	if (!isObject(value)) return [];
	const known = properties(schema);
	// What must be there is documented, if only by its name.
	const names = new Set([...known.map(({ name }) => name), ...parts(schema).flatMap(requiredIn)]);
	const unknown = names.size === 0 || isOpen(schema) ? [] : Object.keys(value).filter((name) => !names.has(name));
	const inner = known.flatMap((property) =>
		Object.hasOwn(value, property.name)
			? walk(property.schema, value[property.name] as Json, {
					pointer: `${at.pointer}/${property.name}`,
					depth: at.depth + 1,
				})
			: [],
	);
	return [...unknown.map((name) => `${at.pointer}/${name}`), ...inner];
}

function requiredIn({ schema }: { readonly schema: Schema }): readonly string[] {
	const { required } = nodeOf(schema);
	return Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
}

function isOpen(schema: Schema): boolean {
	return parts(schema).some(({ schema: part }) => {
		const node = nodeOf(part);
		return ["additionalProperties", "unevaluatedProperties", "patternProperties"].some((keyword) => keyword in node);
	});
}

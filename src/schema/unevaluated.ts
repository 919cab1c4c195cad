import { evaluatedBy, type IsValid } from "./evaluated.ts";
import { child } from "./navigate.ts";
import { isObject } from "./normalize-node.ts";
import { extendPointer } from "./reference.ts";
import type { Schema } from "./schema.ts";
import { describeViolation, type Violation } from "./violation.ts";

/** Judges a value at a place by a schema. */
type Judge = (schema: Schema, value: unknown, path: string) => readonly Violation[];

/**
 * Judges what no other keyword of a schema has looked at by `unevaluatedProperties` and `unevaluatedItems`
 * (2020-12 Core, section 11).
 */
export function judgeUnevaluated(
	{ schema, value, path }: { readonly schema: Schema; readonly value: unknown; readonly path: string },
	judge: Judge,
): readonly Violation[] {
	const isValid: IsValid = (one, inner) => judge(one, inner, path).length === 0;
	const properties = child(schema, "unevaluatedProperties");
	const items = child(schema, "unevaluatedItems");
	const { file, pointer } = schema.source;
	if (isObject(value) && properties !== undefined) {
		const { properties: known } = evaluatedBy(schema, value, isValid);
		const rest = Object.keys(value).filter((name) => !known.has(name));
		if (properties.node !== false)
			return rest.flatMap((name) => judge(properties, value[name], extendPointer(path, [name])));
		return rest.map((name) => {
			const params = { unevaluatedProperty: name };
			const keyword = "unevaluatedProperties";
			const message = describeViolation(keyword, params);
			return { pointer: path, keyword, message, params, schemaPointer: `${file}#${pointer}/${keyword}` };
		});
	}
	if (!Array.isArray(value) || items === undefined) return [];
	const { items: known } = evaluatedBy(schema, value, isValid);
	const rest = [...value.entries()].filter(([index]) => !known.has(index));
	if (items.node !== false) return rest.flatMap(([index, item]) => judge(items, item, extendPointer(path, [index])));
	if (rest.length === 0) return [];
	const params = { limit: value.length - rest.length };
	const keyword = "unevaluatedItems";
	const message = describeViolation(keyword, params);
	return [{ pointer: path, keyword, message, params, schemaPointer: `${file}#${pointer}/${keyword}` }];
}

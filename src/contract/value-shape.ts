import type { ScalarType, ValueShape } from "../http/parameter.ts";
import { items, type JsonType, properties, typesOf } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";

const DEPTH_MAX = 4;

/**
 * What a parameter's text is made of according to its schema, so that it can be read back.
 *
 * @example valueShapeOf(schemaFrom({ type: "integer" })) // { kind: "scalar", types: ["integer"] }
 */
export function valueShapeOf(schema: Schema | undefined, depth = 0): ValueShape {
	if (schema === undefined || depth > DEPTH_MAX) return { kind: "scalar", types: ["string"] };
	const types = typesOf(schema);
	const scalars = types.filter(isScalar);
	if (types.includes("array") && scalars.length === 0)
		return { kind: "array", items: valueShapeOf(items(schema), depth + 1) };
	if (types.includes("object") && scalars.length === 0) return objectShape(schema, depth);
	return { kind: "scalar", types: scalars.length === 0 ? ["string"] : scalars };
}

function objectShape(schema: Schema, depth: number): ValueShape {
	const known = properties(schema).map(({ name, schema: member }): [string, ValueShape] => [
		name,
		valueShapeOf(member, depth + 1),
	]);
	return { kind: "object", properties: Object.fromEntries(known), additional: { kind: "scalar", types: ["string"] } };
}

function isScalar(type: JsonType): type is ScalarType {
	return type !== "object" && type !== "array";
}

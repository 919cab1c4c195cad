import type { ScalarType, ValueShape } from "../http/parameter.ts";
import { child, items, type JsonType, parts, properties, typesOf } from "../schema/navigate.ts";
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
	const inner = types.includes("array")
		? ({ kind: "array", items: valueShapeOf(items(schema), depth + 1) } as const)
		: types.includes("object")
			? objectShape(schema, depth)
			: undefined;
	if (inner !== undefined && scalars.length === 0) return inner;
	return {
		kind: "scalar",
		types: scalars.length === 0 ? ["string"] : scalars,
		...(inner === undefined ? {} : { inner }),
	};
}

function objectShape(schema: Schema, depth: number): ValueShape {
	const known = properties(schema).map(({ name, schema: member }): [string, ValueShape] => [
		name,
		valueShapeOf(member, depth + 1),
	]);
	const others = parts(schema).flatMap((part) => child(part.schema, "additionalProperties") ?? [])[0];
	const isNamed = typeof others?.node === "object";
	return {
		kind: "object",
		properties: Object.fromEntries(known),
		additional: valueShapeOf(isNamed ? others : undefined, depth + 1),
	};
}

function isScalar(type: JsonType): type is ScalarType {
	return type !== "object" && type !== "array";
}

import { constant, items, type Property, properties } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";

/** A property as an answer fills it. */
export interface ShapeProperty extends Property {
	/** The one value that it may have. */
	readonly constant?: { readonly value: unknown };
}

/** What a schema says of objects, read once. */
export interface ObjectShape {
	readonly properties: readonly ShapeProperty[];
	readonly byName: ReadonlyMap<string, ShapeProperty>;
}

const shapes = new WeakMap<Schema, ObjectShape>();
const elements = new WeakMap<Schema, { readonly schema: Schema | undefined }>();

export function objectShapeOf(schema: Schema): ObjectShape {
	const known = shapes.get(schema);
	if (known !== undefined) return known;
	const all = properties(schema).map((property): ShapeProperty => {
		const only = property.required || !property.writeOnly ? constant(property.schema) : undefined;
		return only === undefined ? property : { ...property, constant: only };
	});
	const shape = { properties: all, byName: new Map(all.map((property) => [property.name, property])) };
	shapes.set(schema, shape);
	return shape;
}

/** The schema of a list's items. */
export function elementOf(schema: Schema): Schema | undefined {
	const known = elements.get(schema);
	if (known !== undefined) return known.schema;
	const element = items(schema);
	elements.set(schema, { schema: element });
	return element;
}

/** The schema at a JSON Pointer into a value. */
export function schemaInside(schema: Schema, tokens: readonly string[]): Schema | undefined {
	let current: Schema | undefined = schema;
	for (const token of tokens) {
		if (current === undefined) return undefined;
		current =
			objectShapeOf(current).byName.get(token)?.schema ?? (/^\d+$/.test(token) ? elementOf(current) : undefined);
	}
	return current;
}

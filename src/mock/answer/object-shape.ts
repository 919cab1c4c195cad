import type { Json } from "../../http/exchange.ts";
import { constant, items, nodeOf, type Property, parts, properties } from "../../schema/navigate.ts";
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
	/** It names its members and speaks of no others. */
	readonly namesAll: boolean;
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
	const byName = new Map(all.map((property) => [property.name, property]));
	const shape = { properties: all, byName, namesAll: all.length > 0 && !isOpen(schema) };
	shapes.set(schema, shape);
	return shape;
}

const OPENING = ["additionalProperties", "unevaluatedProperties", "patternProperties"];

function isOpen(schema: Schema): boolean {
	return parts(schema).some(({ schema: part }) => OPENING.some((keyword) => keyword in nodeOf(part)));
}

/** A value without what lies inside of it and is not named there: it was sent by another schema than it is shown by. */
export function asNamed(value: Json, schema: Schema | undefined): Json {
	if (schema === undefined || typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) {
		const element = elementOf(schema);
		return element === undefined ? value : value.map((item: Json) => asNamed(item, element));
	}
	const { byName, namesAll } = objectShapeOf(schema);
	if (byName.size === 0) return value;
	const members = Object.entries(value as { readonly [name: string]: Json });
	return Object.fromEntries(
		members
			.filter(([name]) => !namesAll || byName.has(name))
			.map(([name, member]) => [name, asNamed(member, byName.get(name)?.schema)]),
	);
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

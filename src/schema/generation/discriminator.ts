import { nodeOf, referenced } from "../navigate.ts";
import { isObject } from "../normalize-node.ts";
import { parsePointer } from "../reference.ts";
import { schemaFrom } from "../registry.ts";
import type { Schema } from "../schema.ts";
import { choice, holds, type Literal, way } from "./literal.ts";

/** The rank of a branch under a name that the mapping does not give it. */
const UNNAMED = 30;

/**
 * That the discriminating property names the branch that was chosen (OpenAPI 3.1, section 4.8.25): by a key of the
 * mapping that leads to it, else by the name of its schema. Nothing when the schema has no discriminator.
 */
export function discriminated(schema: Schema, branch: Schema): readonly Literal[] {
	const { discriminator } = nodeOf(schema);
	if (!isObject(discriminator) || typeof discriminator.propertyName !== "string") return [];
	const { propertyName } = discriminator;
	const target = referenced(branch) ?? branch;
	const named = (values: readonly unknown[]) =>
		holds(schemaFrom({ required: [propertyName], properties: { [propertyName]: { enum: values } } }));
	const present = holds(schemaFrom({ required: [propertyName] }));
	const keys = keysOf(discriminator.mapping, schema, target);
	if (keys.length > 0) return [choice([way(named(keys)), way(present, UNNAMED)])];
	// A branch that fixes the value itself knows best.
	const own = (nodeOf(target).properties as Readonly<Record<string, unknown>> | undefined)?.[propertyName];
	const name = parsePointer(target.source.pointer).at(-1);
	const isFixed = name === undefined || (isObject(own) && ("const" in own || "enum" in own));
	return isFixed ? present : named([name]);
}

/** The keys of a mapping that lead to a schema. */
function keysOf(mapping: unknown, schema: Schema, target: Schema): readonly string[] {
	if (!isObject(mapping)) return [];
	return Object.keys(mapping).filter((name) => schema.registry.resolve(String(mapping[name])) === target);
}

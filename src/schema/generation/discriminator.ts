import { nodeOf, referenced } from "../navigate.ts";
import { isObject } from "../normalize-node.ts";
import { parsePointer } from "../reference.ts";
import { schemaFrom } from "../registry.ts";
import type { Schema } from "../schema.ts";
import { holds, type Literal } from "./literal.ts";

/**
 * That the discriminating property names the branch that was chosen (OpenAPI 3.1, section 4.8.25): the key of the
 * mapping that leads to it, else the name of its schema. Nothing when the schema has no discriminator.
 */
export function discriminated(schema: Schema, branch: Schema): readonly Literal[] {
	const { discriminator } = nodeOf(schema);
	if (!isObject(discriminator) || typeof discriminator.propertyName !== "string") return [];
	const target = referenced(branch) ?? branch;
	const value = mappedName(discriminator.mapping, schema, target) ?? parsePointer(target.source.pointer).at(-1);
	const { properties = {} } = nodeOf(target) as { properties?: Readonly<Record<string, unknown>> };
	const own = properties[discriminator.propertyName];
	// A branch that fixes the value itself knows best.
	const isFixed = value === undefined || (isObject(own) && ("const" in own || "enum" in own));
	if (isFixed) return holds(schemaFrom({ required: [discriminator.propertyName] }));
	const node = {
		required: [discriminator.propertyName],
		properties: { [discriminator.propertyName]: { const: value } },
	};
	return holds(schemaFrom(node));
}

function mappedName(mapping: unknown, schema: Schema, target: Schema): string | undefined {
	if (!isObject(mapping)) return undefined;
	return Object.keys(mapping).find((name) => schema.registry.resolve(String(mapping[name])) === target);
}

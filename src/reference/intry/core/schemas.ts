import type { Field, Kind } from "./kinds.ts";

type Schema = Readonly<Record<string, unknown>>;

/** JSON Schema of what makes a thing. */
export function createSchema({ fields }: Kind): Schema {
	const required = Object.keys(fields).filter((name) => fields[name]?.required === true);
	return { ...schemaOf(fields), required };
}

/** JSON Schema of what changes one. */
export function patchSchema({ fields }: Kind): Schema {
	const open = Object.entries(fields).filter(([, { fixed }]) => fixed !== true);
	return { ...schemaOf(Object.fromEntries(open)), minProperties: 1 };
}

function schemaOf(fields: Readonly<Record<string, Field>>): Schema {
	const properties = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]));
	return { type: "object", properties, additionalProperties: false };
}

import { isObject, propertyOf, type Value } from "../../model/value.ts";
import { properties } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";

/** The names of what wraps an item in a body: `/data` is `["data"]` (RFC 6901). */
export function wrappers(at: string | undefined): readonly string[] {
	return (at ?? "")
		.split("/")
		.slice(1)
		.map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The schema of the item that a body of this schema wraps. */
export function innerSchema(schema: Schema, at: string | undefined): Schema | undefined {
	return wrappers(at).reduce<Schema | undefined>(
		(outer, name) => (outer === undefined ? undefined : properties(outer).find((one) => one.name === name)?.schema),
		schema,
	);
}

/** The item that a body wraps. */
export function innerOf(body: Value | undefined, at: string | undefined): Value | undefined {
	return wrappers(at).reduce<Value | undefined>((outer, name) => propertyOf(outer, name), body);
}

/** The body with its item changed; as it is where it wraps none. */
export function withInner(body: Value, at: string | undefined, change: (inner: Value) => Value): Value {
	const put = (outer: Value, [name, ...rest]: readonly string[]): Value => {
		if (name === undefined) return change(outer);
		const inner = propertyOf(outer, name);
		return isObject(outer) && inner !== undefined ? { ...outer, [name]: put(inner, rest) } : outer;
	};
	return put(body, wrappers(at));
}

import type { Source } from "../problem/source.ts";

/** A JSON Schema in the spelling of draft 2020-12: what every dialect is normalized to. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/**
 * A schema with its place and the registry that resolves its references.
 * Handles are made lazily and memoized: the same node gives the same handle, so they can be compared by identity.
 */
export interface Schema {
	/** Normalized to 2020-12; every `$ref` in it is absolute (`file#pointer`) and stays in place. */
	readonly node: JsonSchema;
	readonly source: Source;
	readonly registry: Registry;
}

/** Resolves references lazily; never builds the whole graph. */
export interface Registry {
	/** The schema that an absolute reference names, or undefined when nothing stands there. */
	resolve(reference: string): Schema | undefined;
	/** The schema at a place inside another: `at(schema, ["properties", "name"])`. */
	at(schema: Schema, path: readonly (string | number)[]): Schema | undefined;
}

/** Requests may omit what is `readOnly`, responses what is `writeOnly` (OpenAPI 3.1, Schema Object). */
export type Direction = "request" | "response";

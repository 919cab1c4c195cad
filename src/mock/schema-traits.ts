import { annotation, enumeration, type JsonType, nodeOf, resolve, typesOf } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";

/** What is asked of a schema over and over, read once. */
export interface SchemaTraits {
	readonly types: readonly JsonType[];
	readonly isText: boolean;
	readonly isNumber: boolean;
	/** A text without a closed list of values. */
	readonly isFreeText: boolean;
	readonly format: string | undefined;
	readonly minimum: number | undefined;
	readonly maxLength: number | undefined;
	/** Whether `pattern`, `enum` or `const` says more than the type does. */
	readonly isRuled: boolean;
	/** A text of which nothing is asked but its form and its length. */
	readonly isSized: boolean;
	/** Every text will do. */
	readonly isAnyText: boolean;
}

const traits = new WeakMap<Schema, SchemaTraits>();

/** @example traitsOf(schemaFrom({ type: "string", format: "uuid" })).format // "uuid" */
export function traitsOf(schema: Schema): SchemaTraits {
	const known = traits.get(schema);
	if (known !== undefined) return known;
	const read = readTraits(schema);
	traits.set(schema, read);
	return read;
}

function readTraits(schema: Schema): SchemaTraits {
	const types = typesOf(schema);
	const isText = types.includes("string");
	const node = nodeOf(resolve(schema));
	const [format, minimum, maxLength] = ["format", "minimum", "maxLength"].map((keyword) => annotation(schema, keyword));
	return {
		types,
		isText,
		isNumber: types.includes("integer") || types.includes("number"),
		isFreeText: isText && enumeration(schema) === undefined,
		format: typeof format === "string" ? format : undefined,
		minimum: typeof minimum === "number" ? minimum : undefined,
		maxLength: typeof maxLength === "number" ? maxLength : undefined,
		isSized: isText && saysOnly(node, SIZES),
		isAnyText: types.length === 1 && isText && saysOnly(node, REMARKS),
		isRuled: ["pattern", "enum", "const"].some((keyword) => node[keyword] !== undefined),
	};
}

/** They assert nothing. */
const REMARKS: ReadonlySet<string> = new Set([
	...["type", "title", "description", "default", "example", "examples"],
	...["readOnly", "writeOnly", "deprecated", "nullable", "externalDocs", "xml"],
]);
const SIZES: ReadonlySet<string> = new Set([...REMARKS, "format", "minLength", "maxLength"]);

function saysOnly(node: ReturnType<typeof nodeOf>, keywords: ReadonlySet<string>): boolean {
	return Object.keys(node).every((keyword) => keywords.has(keyword) || keyword.startsWith("x-"));
}

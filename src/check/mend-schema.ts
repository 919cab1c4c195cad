import type { Json } from "../http/exchange.ts";
import type { Source } from "../problem/source.ts";
import { items, nodeOf, parts, properties } from "../schema/navigate.ts";
import { parsePointer } from "../schema/reference.ts";
import type { Schema } from "../schema/schema.ts";
import { at, type Mended, type Mending, none, overlay } from "./mending.ts";

/** A keyword of a schema that an answer breaks, or that the service does not enforce. */
export interface BrokenKeyword {
	readonly keyword: string;
	/** The schema that has the keyword. */
	readonly source: Source;
	/** What is there in spite of it. */
	readonly actual?: Json;
	/** Of `required`, the property that need not be there. */
	readonly property?: string;
}

/** Keywords without which a schema only says less. */
const LIMITS: ReadonlySet<string> = new Set([
	"const",
	"enum",
	"exclusiveMaximum",
	"exclusiveMinimum",
	"format",
	"maxItems",
	"maxLength",
	"maxProperties",
	"maximum",
	"minItems",
	"minLength",
	"minProperties",
	"minimum",
	"multipleOf",
	"pattern",
	"uniqueItems",
]);

/** Stands for the `required` of a parameter, which is a keyword of no schema. */
export const PARAMETER = "parameter";

/** Loosens the schema by the one keyword that does not hold. */
export function mendSchema(mended: Mended): Mending {
	const { breaks, observed } = mended.draft;
	if (breaks === undefined) return none("it is about more than one rule of the schema");
	const { keyword, source, actual, property } = breaks;
	const target = (...tokens: readonly string[]): string => at(mended, source, ...tokens);
	if (keyword === PARAMETER) return overlay({ target: target(), update: { required: false } });
	if (keyword === "enum" && actual !== undefined && observed === "invalid")
		return overlay({ target: target(), update: { enum: [actual] } });
	if (LIMITS.has(keyword)) return overlay({ target: target(keyword), remove: true });
	if (keyword === "required" && property !== undefined) {
		const quoted = `'${property.replace(/[\\']/g, "\\$&")}'`;
		return overlay({ target: `${target("required")}[?@ == ${quoted}]`, remove: true });
	}
	if (keyword === "additionalProperties" && property !== undefined)
		return overlay({ target: target(), update: { properties: { [property]: {} } } });
	return keyword === "type"
		? mendType(mended, { source, actual })
		: none(`no one change of the schema takes back ${keyword}`);
}

function mendType(
	mended: Mended,
	{ source, actual }: { readonly source: Source; readonly actual: Json | undefined },
): Mending {
	const { openapi } = mended.model.contract;
	const target = at(mended, source);
	if (actual === null && /^[23]\.0/.test(openapi)) {
		return overlay({ target, update: { [openapi.startsWith("2") ? "x-nullable" : "nullable"]: true } });
	}
	// A list of types is no Swagger 2.0 and no OpenAPI 3.0; without the type anything may stand there.
	return overlay({ target: at(mended, source, "type"), remove: true });
}

/** The schema of a broken keyword as a validation names it: `file#pointer` of the keyword itself. */
export function schemaOf(schemaPointer: string): Source {
	const hash = schemaPointer.indexOf("#");
	const pointer = schemaPointer.slice(hash + 1);
	return { file: schemaPointer.slice(0, hash), pointer: pointer.slice(0, pointer.lastIndexOf("/")) };
}

/** The keyword that a value breaks at a JSON Pointer; undefined where the schema there does not itself have it. */
export function brokenAt(schema: Schema, pointer: string, keyword: string): BrokenKeyword | undefined {
	const holder = partsAt(schema, pointer).find((part) => keyword in nodeOf(part));
	return holder === undefined ? undefined : { keyword, source: holder.source };
}

/** The object schema around the field at a pointer, and the field's name. */
export function shapeAround(
	schema: Schema,
	pointer: string,
): { readonly source: Source; readonly name: string } | undefined {
	const cut = pointer.lastIndexOf("/");
	const [name] = parsePointer(pointer.slice(cut));
	const holder = partsAt(schema, pointer.slice(0, cut)).find((part) => "properties" in nodeOf(part));
	return holder === undefined || name === undefined ? undefined : { source: holder.source, name };
}

/** The schema of what stands at a pointer, in its parts; `*` and numbers are items of a list. */
function partsAt(schema: Schema, pointer: string): readonly Schema[] {
	const found = parsePointer(pointer).reduce<Schema | undefined>((inner, token) => {
		if (inner === undefined) return undefined;
		const property = properties(inner).find(({ name }) => name === token)?.schema;
		return property ?? (/^(?:\*|\d+)$/.test(token) ? items(inner) : undefined);
	}, schema);
	return found === undefined ? [] : parts(found).map((part) => part.schema);
}

/** What stands at a JSON Pointer of a value. */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
	return parsePointer(pointer).reduce<Json | undefined>(
		(inner, token) =>
			typeof inner === "object" && inner !== null ? (inner as Readonly<Record<string, Json>>)[token] : undefined,
		value,
	);
}

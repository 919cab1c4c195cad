import { parsePointer } from "../schema/reference.ts";
import type { Schema } from "../schema/schema.ts";
import { type Context, schemaOf } from "./context.ts";
import { isObject, type RawObject } from "./node.ts";
import { child, type Part, partAt } from "./part.ts";

/** What of a parameter or header of Swagger 2.0 is about its value; the rest says how it travels. */
const VALUE_KEYWORDS: readonly string[] = [
	"type",
	"format",
	"items",
	"default",
	"maximum",
	"exclusiveMaximum",
	"minimum",
	"exclusiveMinimum",
	"maxLength",
	"minLength",
	"pattern",
	"maxItems",
	"minItems",
	"uniqueItems",
	"enum",
	"multipleOf",
	"description",
	"example",
];

/**
 * Parameters and headers of Swagger 2.0 carry the keywords of their schema themselves. They get a `schema` of their own
 * under that name, as they would have in 3.0; the side table of origins leads from it back to the parameter.
 */
export function valueSchema(context: Context, part: Part<RawObject>): Part {
	const written = child(part, "schema");
	if (written !== undefined) return written;
	const keywords = Object.entries(part.value).filter(([key]) => VALUE_KEYWORDS.includes(key) || key.startsWith("x-"));
	return plant(context, part, { key: "schema", value: Object.fromEntries(keywords), origin: part });
}

/** One field of a form, with the name that its parameter has. */
export interface FormField {
	readonly name: string;
	readonly required: boolean;
	readonly part: Part<RawObject>;
}

/** The object that the form fields of an operation make together, as it would stand under `requestBody` in 3.0. */
export function formSchema(context: Context, operation: Part, fields: readonly FormField[]): Schema | undefined {
	const schemas = fields.map(({ name, part }) => [name, valueSchema(context, part).value] as const);
	const required = fields.filter((field) => field.required).map((field) => field.name);
	const schema = {
		type: "object",
		properties: Object.fromEntries(schemas),
		...(required.length > 0 && { required }),
	};
	const body = plant(context, operation, { key: "requestBody", value: { schema }, origin: operation });
	const planted = partAt(body, "schema", schema);
	const properties = partAt(planted, "properties", schema.properties);
	for (const { name, part } of fields) {
		const place = partAt(properties, name, undefined).source;
		context.origins.write(place.file, parsePointer(place.pointer), context.origins.find(part.source));
	}
	return schemaOf(context, planted);
}

/** Writes a value that the text does not hold into the document, where the registry of schemas finds it. */
function plant(
	context: Context,
	parent: Part,
	{ key, value, origin }: { readonly key: string; readonly value: unknown; readonly origin: Part },
): Part {
	// The documents were parsed for this contract alone, so nobody else sees the addition.
	if (isObject(parent.value)) (parent.value as Record<string, unknown>)[key] = value;
	const planted = partAt(parent, key, value);
	const tokens = parsePointer(planted.source.pointer);
	context.origins.write(planted.source.file, tokens, context.origins.find(origin.source));
	return planted;
}

import { type Context, reportAt, schemaOf } from "./context.ts";
import type { Encoding, Example, MediaType, Parameter, RequestBody, Response, ResponseHeader } from "./contract.ts";
import { normalizeExamples } from "./example.ts";
import { field, textField } from "./node.ts";
import { isSaidElsewhere, type RawParameter } from "./parameter.ts";
import { isParameterPlace, styleOfCollection } from "./parameter-style.ts";
import { child, entriesOf, itemsOf, type Part } from "./part.ts";
import { enter, follow } from "./reference.ts";
import type { RawResponse } from "./response.ts";
import { formSchema, valueSchema } from "./swagger-schema.ts";

/** A parameter of Swagger 2.0 that is neither body nor form, as it would be in OpenAPI 3. */
export function normalizeSwaggerParameter(context: Context, raw: RawParameter): Parameter | undefined {
	const { name, in: place, part } = raw;
	if (!isParameterPlace(place)) return undefined;
	if (isSaidElsewhere(context, raw)) return undefined;
	const schema = schemaOf(context, valueSchema(context, part));
	const description = textField(part.value, "description");
	if (field(part.value, "collectionFormat") === "tsv")
		reportAt(context, part, {
			code: "invalid-parameter",
			message: `parameter "${name}" is separated by tabs, which OpenAPI 3 cannot say; spaces are used`,
		});
	return {
		name,
		in: place,
		required: place === "path" || field(part.value, "required") === true,
		deprecated: false,
		...(description !== undefined && { description }),
		...styleOfCollection(field(part.value, "collectionFormat"), place),
		allowReserved: false,
		allowEmptyValue: field(part.value, "allowEmptyValue") === true,
		...(schema !== undefined && { schema }),
		examples: normalizeExamples(context, part, false),
		source: part.source,
	};
}

/** The request body that the `body` parameter, or the `formData` parameters, of an operation make. */
export function normalizeSwaggerBody(
	context: Context,
	operation: Part,
	parameters: readonly RawParameter[],
): RequestBody | undefined {
	const consumes = mediaTypeNames(context, operation, "consumes");
	const body = parameters.find((parameter) => parameter.in === "body");
	if (body !== undefined) return plainBody(context, body, consumes);
	const fields = parameters.filter((parameter) => parameter.in === "formData");
	return fields.length === 0 ? undefined : formBody(context, operation, { consumes, fields });
}

function plainBody(context: Context, { part }: RawParameter, consumes: readonly string[]): RequestBody {
	const schema = schemaOf(context, child(part, "schema"));
	const description = textField(part.value, "description");
	const examples = normalizeExamples(context, part, false);
	const names = consumes.length === 0 ? ["application/json"] : consumes;
	return {
		required: field(part.value, "required") === true,
		...(description !== undefined && { description }),
		content: names.map((name) => mediaType({ name, part, examples, ...(schema !== undefined && { schema }) })),
		source: part.source,
	};
}

const FORMS: readonly string[] = ["application/x-www-form-urlencoded", "multipart/form-data"];

interface Form {
	readonly consumes: readonly string[];
	readonly fields: readonly RawParameter[];
}

function formBody(context: Context, operation: Part, { consumes, fields }: Form): RequestBody {
	const hasFile = fields.some(({ part }) => field(part.value, "type") === "file");
	const forms = consumes.filter((name) => FORMS.includes(name));
	const names = forms.length > 0 ? forms : [hasFile ? "multipart/form-data" : "application/x-www-form-urlencoded"];
	const named = fields.map(({ name, part }) => ({ name, part, required: field(part.value, "required") === true }));
	const schema = formSchema(context, operation, named);
	const encoding = new Map(fields.flatMap(({ name, part }) => encodingOf(name, part)));
	return {
		required: named.some((one) => one.required),
		content: names.map((name) =>
			mediaType({ name, part: operation, examples: [], encoding, ...(schema !== undefined && { schema }) }),
		),
		source: operation.source,
	};
}

function encodingOf(name: string, part: Part): readonly (readonly [string, Encoding])[] {
	if (field(part.value, "type") !== "array") return [];
	return [
		[name, { ...styleOfCollection(field(part.value, "collectionFormat"), "query"), headers: [], encoding: new Map() }],
	];
}

/** A response of Swagger 2.0: its one schema is that of every media type the operation produces. */
export function normalizeSwaggerResponse(context: Context, operation: Part, { status, part }: RawResponse): Response {
	return {
		status,
		description: textField(part.value, "description") ?? "",
		headers: normalizeSwaggerHeaders(context, part),
		content: swaggerContent(context, operation, part),
		links: [],
		source: part.source,
	};
}

function swaggerContent(context: Context, operation: Part, response: Part): readonly MediaType[] {
	const written = child(response, "schema");
	const examples = entriesOf(child(response, "examples"));
	if (written === undefined && examples.length === 0) return [];
	const schema = schemaOf(context, written);
	const isFile = field(written?.value, "type") === "file";
	const produces = mediaTypeNames(context, operation, "produces");
	const exampled = examples.map(([name]) => name.toLowerCase()).filter((name) => name.includes("/"));
	const fallback = exampled.length > 0 ? exampled : [isFile ? "application/octet-stream" : "application/json"];
	const inSchema = normalizeExamples(context, { value: { schema: written?.value }, source: response.source }, false);
	return (produces.length > 0 ? produces : fallback).map((name) => {
		const own = examples.filter(([key]) => key.toLowerCase() === name).map(([, example]) => toExample(example));
		const given = { name, part: response, examples: [...own, ...inSchema] };
		return mediaType({ ...given, ...(schema !== undefined && { schema }) });
	});
}

function toExample({ value, source }: Part): Example {
	return { name: "example", value, source };
}

function normalizeSwaggerHeaders(context: Context, response: Part): readonly ResponseHeader[] {
	return entriesOf(enter(context, response, "headers")).flatMap(([name, raw]) => {
		const header = name.toLowerCase() === "content-type" ? undefined : follow(context, raw);
		if (header === undefined) return [];
		const schema = schemaOf(context, valueSchema(context, header));
		const description = textField(header.value, "description");
		return [
			{
				name,
				required: false,
				...(description !== undefined && { description }),
				...(schema !== undefined && { schema }),
				style: "simple" as const,
				explode: false,
				examples: normalizeExamples(context, header, false),
				source: header.source,
			},
		];
	});
}

/** `consumes` or `produces` of the operation, else of the document. */
function mediaTypeNames(context: Context, operation: Part, key: "consumes" | "produces"): readonly string[] {
	const owner = child(operation, key) === undefined ? context.root : operation;
	const names = itemsOf(child(owner, key)).flatMap(({ value }) =>
		typeof value === "string" ? [value.toLowerCase()] : [],
	);
	return [...new Set(names)];
}

function mediaType(given: {
	readonly name: string;
	readonly part: Part;
	readonly schema?: MediaType["schema"] & object;
	readonly examples: readonly Example[];
	readonly encoding?: ReadonlyMap<string, Encoding>;
}): MediaType {
	const { name, part, schema, examples, encoding = new Map() } = given;
	return { name, ...(schema !== undefined && { schema }), examples, encoding, source: part.source };
}

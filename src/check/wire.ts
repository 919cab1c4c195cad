import type { Parameter } from "../contract/contract.ts";
import { valueShapeOf } from "../contract/value-shape.ts";
import { decodeBody, decodeMultipart } from "../http/decode-body.ts";
import { encodeBody } from "../http/encode-body.ts";
import type { Json } from "../http/exchange.ts";
import { isJson, parseMediaType } from "../http/media-type.ts";
import { parseParameter } from "../http/parse-parameter.ts";
import { serializeParameter } from "../http/serialize-parameter.ts";
import { typesOf } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";
import type { Validation } from "../schema/validate.ts";

/**
 * Whether a value of a parameter is on the wire still what it was meant to be: valid where it was valid, and broken
 * where it was broken. An empty list is not sent at all, every text is a text, and `null` has no form.
 *
 * @example isSameOnWire(page, { value: null, valid: false }, validation) // false: the parameter would be left out
 */
export function isSameOnWire(
	parameter: Parameter,
	{ value, valid }: { readonly value: Json; readonly valid: boolean },
	validation: Validation,
): boolean {
	const { schema, name } = parameter;
	const text = serializeParameter(parameter, value);
	if (schema === undefined || text === undefined || isChangedUnderWay(parameter, text)) return false;
	const sources = { path: { [name]: text }, query: text, headers: { [name.toLowerCase()]: text } };
	const parsed = parseParameter(parameter, valueShapeOf(schema), sources);
	if (parsed.kind === "absent") return false;
	return (parsed.kind === "value" && validation.validate(schema, parsed.value, "request").length === 0) === valid;
}

/** Dots and slashes are for whoever finds the way, spaces around a header are not its own, and nothing is no number. */
function isChangedUnderWay(parameter: Parameter, text: string): boolean {
	if (parameter.in === "path") return text === "" || /^\.{1,2}$/.test(text) || /%2f|%5c|%00/i.test(text);
	if (parameter.in === "header") return text !== text.trim();
	const isText = parameter.schema === undefined || typesOf(parameter.schema).includes("string");
	return !isText && /^[^=]*=$/.test(text);
}

interface SentBody {
	readonly mediaType: string;
	readonly schema: Schema;
}

/**
 * Whether a whole body is on the wire still what it was meant to be: of several alternatives another may admit it, and a
 * form holds nothing but texts.
 *
 * @example await isSameInBody({ mediaType: "multipart/form-data", schema }, { value: { name: 5 }, valid: false }, validation) // false: 5 is a text there
 */
export async function isSameInBody(
	{ mediaType, schema }: SentBody,
	{ value, valid }: { readonly value: Json; readonly valid: boolean },
	validation: Validation,
): Promise<boolean> {
	const isValid = (read: Json): boolean => validation.validate(schema, read, "request").length === 0;
	if (isJson(mediaType)) return isValid(value) === valid;
	const encoded = encodeBody(mediaType, value);
	// What is not there at all is no body.
	if (encoded === undefined || encoded.body.length === 0) return false;
	const shape = valueShapeOf(schema);
	const { body, contentType } = encoded;
	const read =
		parseMediaType(mediaType)?.type === "multipart"
			? await decodeMultipart(contentType, typeof body === "string" ? body : new Uint8Array(body), shape)
			: decodeBody(contentType, typeof body === "string" ? body : new TextDecoder().decode(body), shape);
	return (read.kind === "value" && isValid(read.value)) === valid;
}

import type { Json } from "./exchange.ts";
import { isJson, isSequential, parseMediaType } from "./media-type.ts";
import { memberShape, TEXT, type ValueShape } from "./parameter.ts";
import { parseForm } from "./parse-form.ts";
import { parseText } from "./parse-scalar.ts";

export type DecodedBody =
	| { readonly kind: "value"; readonly value: Json }
	| { readonly kind: "malformed"; readonly message: string };

const ITEMS_MAX = 10_000;

/**
 * Reads a body by its media type: JSON to its value, forms to an object by the shape, JSON lines to an array, all else
 * to its text. Multipart bodies are read by `decodeMultipart`, which has to wait for its parser.
 *
 * @example decodeBody("application/json", '{"a":1}') // { kind: "value", value: { a: 1 } }
 */
export function decodeBody(mediaType: string, body: string, shape: ValueShape = TEXT): DecodedBody {
	const parsed = parseMediaType(mediaType);
	if (isJson(mediaType)) return decodeJson(body);
	if (parsed?.subtype === "x-www-form-urlencoded") return { kind: "value", value: parseForm(body, shape) };
	if (parsed !== undefined && isSequential(mediaType) && parsed.subtype !== "event-stream") return decodeLines(body);
	return { kind: "value", value: shape.kind === "scalar" ? parseText(body, shape) : body };
}

function decodeJson(text: string): DecodedBody {
	try {
		return { kind: "value", value: JSON.parse(text) as Json };
	} catch (error) {
		return { kind: "malformed", message: error instanceof Error ? error.message : String(error) };
	}
}

function decodeLines(body: string): DecodedBody {
	const items: Json[] = [];
	// JSON text sequences begin each item with a record separator (RFC 7464); JSON lines only end it.
	for (const line of body.replaceAll("\u001e", "").split("\n", ITEMS_MAX)) {
		if (line.trim() === "") continue;
		const item = decodeJson(line);
		if (item.kind === "malformed") return item;
		items.push(item.value);
	}
	return { kind: "value", value: items };
}

/**
 * Reads `multipart/form-data` (RFC 7578) with the parser of the platform. A file is its text; parts that repeat become
 * an array where the shape has one; a part whose shape is an object or a list is read as JSON.
 *
 * @param contentType with the boundary, as the header gives it.
 * @example await decodeMultipart("multipart/form-data; boundary=x", bytes, shape)
 */
export async function decodeMultipart(
	contentType: string,
	body: Uint8Array<ArrayBuffer> | string,
	shape: ValueShape = TEXT,
): Promise<DecodedBody> {
	let parts: FormData;
	try {
		parts = await new Response(body, { headers: { "content-type": contentType } }).formData();
	} catch (error) {
		return { kind: "malformed", message: error instanceof Error ? error.message : String(error) };
	}
	const members: [string, Json][] = [];
	for (const name of new Set(parts.keys())) {
		const texts = await Promise.all(parts.getAll(name).map((part) => (typeof part === "string" ? part : part.text())));
		members.push([name, readPart(texts, shape.kind === "object" ? memberShape(shape, name) : TEXT)]);
	}
	return { kind: "value", value: Object.fromEntries(members) };
}

function readPart(texts: readonly string[], shape: ValueShape): Json {
	if (shape.kind === "array") return texts.map((text) => parseText(text, shape.items));
	return parseText(texts[0] ?? "", shape);
}

import { createHash } from "node:crypto";
import type { Json } from "./exchange.ts";
import { isJson, parseMediaType } from "./media-type.ts";
import { isArray, isObject, type ParameterForm } from "./parameter.ts";
import { serializeParameter } from "./serialize-parameter.ts";

/** How one property of a form or of a multipart body is written (OpenAPI 3.1, Encoding Object). */
export interface BodyEncoding {
	readonly contentType?: string;
	readonly style?: ParameterForm["style"];
	readonly explode?: boolean;
	readonly allowReserved?: boolean;
	/** Of the properties of a form or multipart body inside this one (OpenAPI 3.2, Encoding Object, nested encoding). */
	readonly encoding?: BodyEncodings;
}

export type BodyEncodings = ReadonlyMap<string, BodyEncoding>;

export interface EncodedBody {
	readonly body: string | Uint8Array;
	/** With the boundary, when it is multipart. */
	readonly contentType: string;
}

const NONE: BodyEncodings = new Map();

/**
 * Writes a value as a body of a media type: JSON, form, multipart, or text; undefined when there is no way to
 * (an object as `image/png`).
 *
 * @example encodeBody("application/json", { a: 1 }) // { body: '{"a":1}', contentType: "application/json" }
 */
export function encodeBody(mediaType: string, value: Json, encodings: BodyEncodings = NONE): EncodedBody | undefined {
	const parsed = parseMediaType(mediaType);
	if (parsed === undefined) return undefined;
	if (parsed.subtype === "*" || parsed.subtype.startsWith("*+")) return encodeRange(mediaType, value);
	if (isJson(mediaType)) return { body: JSON.stringify(value), contentType: mediaType };
	const name = `${parsed.type}/${parsed.subtype}`;
	if (name === "application/x-www-form-urlencoded" && isObject(value)) {
		return { body: encodeForm(value, encodings), contentType: mediaType };
	}
	if (parsed.type === "multipart" && isObject(value)) return encodeMultipart(name, value, encodings);
	if (SEQUENCES.has(name) && isArray(value)) {
		return { body: value.map((item) => `${JSON.stringify(item)}\n`).join(""), contentType: mediaType };
	}
	return isObject(value) || isArray(value) ? undefined : { body: textOf(value), contentType: mediaType };
}

const SEQUENCES: ReadonlySet<string> = new Set(["application/jsonl", "application/x-ndjson"]);

/** A range is no type that can be sent: the narrowest common one that falls into it is. */
function encodeRange(range: string, value: Json): EncodedBody | undefined {
	const isText = typeof value === "string" || range.startsWith("text/");
	if (range.startsWith("text/") || (isText && range.startsWith("*"))) return encodeBody("text/plain", value);
	return range.startsWith("*") || range.startsWith("application/") ? encodeBody("application/json", value) : undefined;
}

function encodeForm(value: { readonly [key: string]: Json }, encodings: BodyEncodings): string {
	return Object.entries(value)
		.flatMap(([name, item]) => {
			const encoding = encodings.get(name) ?? {};
			const { style = "form", explode = style === "form", allowReserved = false, contentType } = encoding;
			const form: ParameterForm = { name, in: "query", style, explode, allowReserved };
			// Without a style an object inside a form is JSON (OpenAPI 3.1, Encoding Object, contentType).
			const isContent = contentType !== undefined || (isObject(item) && style === "form");
			return (
				serializeParameter(isContent ? { ...form, mediaType: contentType ?? "application/json" } : form, item) ?? []
			);
		})
		.join("&");
}

/**
 * RFC 7578. Written here because `FormData` cannot give a part that is no file its own content type, and because its
 * boundary is random: this one is made from the content, so the same value is the same body.
 */
function encodeMultipart(name: string, value: { readonly [key: string]: Json }, encodings: BodyEncodings): EncodedBody {
	const parts = Object.entries(value).flatMap(([key, item]) =>
		(isArray(item) ? item : [item]).map((each) => encodePart(key, each, encodings.get(key))),
	);
	const boundary = `holdfast-${createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32)}`;
	const body = `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("")}--${boundary}--\r\n`;
	return { body, contentType: `${name}; boundary=${boundary}` };
}

function encodePart(name: string, value: Json, { contentType, encoding }: BodyEncoding = {}): string {
	const nested = nestedPart(value, contentType, encoding);
	if (nested !== undefined) return `Content-Disposition: form-data; name="${escapeName(name)}"${nested}`;
	const structured = isObject(value) || isArray(value);
	const mediaType = contentType?.split(",")[0] ?? (structured ? "application/json" : undefined);
	const isFile = mediaType !== undefined && !structured && !mediaType.startsWith("text/") && !isJson(mediaType);
	const fileName = isFile ? '; filename="file"' : "";
	const typeLine = mediaType === undefined ? "" : `\r\nContent-Type: ${mediaType}`;
	return `Content-Disposition: form-data; name="${escapeName(name)}"${fileName}${typeLine}\r\n\r\n${textOf(value)}`;
}

/** A part that is a form or multipart body itself: its type, and what it carries. */
function nestedPart(value: Json, contentType: string | undefined, encodings: BodyEncodings = NONE): string | undefined {
	const parsed = contentType === undefined ? undefined : parseMediaType(contentType);
	const nests = parsed?.type === "multipart" || parsed?.subtype === "x-www-form-urlencoded";
	const inner = nests && isObject(value) ? encodeBody(String(contentType), value, encodings) : undefined;
	return typeof inner?.body === "string" ? `\r\nContent-Type: ${inner.contentType}\r\n\r\n${inner.body}` : undefined;
}

/** As browsers do it (WHATWG HTML, multipart/form-data encoding algorithm). */
function escapeName(name: string): string {
	return name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
}

function textOf(value: Json): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}

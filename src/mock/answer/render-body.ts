import type { MediaType } from "../../contract/contract.ts";
import { encodeBody } from "../../http/encode-body.ts";
import type { Json } from "../../http/exchange.ts";
import { isJson, isText, isXml, parseMediaType } from "../../http/media-type.ts";
import { renderXml } from "./render-xml.ts";

export interface RenderedBody {
	readonly contentType: string;
	readonly body: string | Uint8Array;
}

/**
 * A value as a body of a documented media type, or of the likeliest type of a range. What nobody can write as that type
 * (an object as an image) is sent as its JSON: a client that only looks whether something comes is served.
 *
 * @example renderBody({ name: "application/json", … }, { a: 1 }) // { contentType: "application/json", body: '{"a":1}' }
 */
export function renderBody(media: MediaType, value: Json): RenderedBody {
	if (isJson(media.name)) return { contentType: media.name, body: JSON.stringify(value) };
	const own = renderOwn(media, value) ?? encodeBody(media.name, value);
	const { contentType, body } = own ?? { contentType: sendable(media.name), body: textOf(value) };
	const needsCharset = isText(contentType) && !isJson(contentType) && !/charset=|boundary=/i.test(contentType);
	return { contentType: needsCharset ? `${contentType}; charset=utf-8` : contentType, body };
}

/** Forms that need the schema, or that only answers have. */
function renderOwn(media: MediaType, value: Json): RenderedBody | undefined {
	const { name: contentType, schema } = media;
	const parsed = parseMediaType(contentType);
	if (parsed === undefined) return undefined;
	const items = Array.isArray(value) ? (value as readonly Json[]) : [value];
	if (isXml(contentType)) {
		// An example may be the text that is sent.
		const isWritten = typeof value === "string" && value.trimStart().startsWith("<");
		return { contentType, body: isWritten ? value : renderXml(value, schema) };
	}
	if (parsed.subtype === "event-stream") return { contentType, body: renderEvents(value) };
	if (parsed.subtype === "json-seq") {
		return { contentType, body: items.map((item) => `\u001e${JSON.stringify(item)}\n`).join("") };
	}
	return /^(?:x-)?(?:jsonl|ndjson|jsonlines)$/.test(parsed.subtype)
		? { contentType, body: items.map((item) => `${JSON.stringify(item)}\n`).join("") }
		: undefined;
}

/** One event for each item (WHATWG HTML, 9.2.6); a text that is a stream already stays as it is. */
function renderEvents(value: Json): string {
	if (typeof value === "string" && /^(?:data|event|id|retry|:)/.test(value)) return value;
	const items = Array.isArray(value) ? (value as readonly Json[]) : [value];
	return items.map((item) => `${textOf(item).replaceAll(/^/gm, "data: ")}\n\n`).join("");
}

/** A name that can stand in a header: of a range, or of what is no media type, the likeliest. */
function sendable(name: string): string {
	const parsed = parseMediaType(name);
	if (parsed === undefined || parsed.type === "*") return "application/octet-stream";
	if (!parsed.subtype.includes("*")) return name;
	// Of what no name is usual, any name within the range is better than one outside.
	return SAMPLES[parsed.type] ?? `${parsed.type}/octet-stream`;
}

const SAMPLES: Readonly<Record<string, string>> = {
	image: "image/png",
	audio: "audio/mpeg",
	video: "video/mp4",
	text: "text/plain",
	font: "font/woff2",
	model: "model/gltf-binary",
	application: "application/octet-stream",
};

function textOf(value: Json): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}

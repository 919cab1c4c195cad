import { type Context, reportAt, schemaOf } from "./context.ts";
import type { Encoding, MediaType } from "./contract.ts";
import { normalizeExamples } from "./example.ts";
import { normalizeHeaders } from "./header.ts";
import { textField } from "./node.ts";
import { styleAt } from "./parameter-style.ts";
import { child, entriesOf, type Part } from "./part.ts";
import { enter, follow } from "./reference.ts";

const MEDIA_TYPE = /^[^\s/;]+\/[^\s/;]+\s*(;.*)?$/;

/** The media types under `content`, in document order. */
export function normalizeContent(context: Context, part: Part): readonly MediaType[] {
	return entriesOf(enter(context, part, "content")).flatMap(([name, raw]) => {
		if (!MEDIA_TYPE.test(name))
			reportAt(context, raw, { code: "invalid-media-type", message: `"${name}" is no media type` });
		const mediaType = follow(context, raw);
		return mediaType === undefined ? [] : [normalizeMediaType(context, name.toLowerCase(), mediaType)];
	});
}

/** `application/json` and what is written like it: `+json`, JSON lines, JSON sequences. */
export function isJsonName(name: string): boolean {
	return /^[^;]*[/+-](json|jsonl|ndjson|json-seq)\s*(;|$)/.test(name);
}

function normalizeMediaType(context: Context, name: string, part: Part): MediaType {
	const schema = schemaOf(context, child(part, "schema"));
	const itemSchema = schemaOf(context, child(part, "itemSchema"));
	return {
		name,
		...(schema !== undefined && { schema }),
		...(itemSchema !== undefined && { itemSchema }),
		examples: normalizeExamples(context, part, isJsonName(name)),
		encoding: encodingsOf(context, part),
		source: part.source,
	};
}

/** How the properties of a form or multipart body travel. Those of bodies within each other nest (3.2). */
function encodingsOf(context: Context, part: Part): ReadonlyMap<string, Encoding> {
	const entries = entriesOf(child(part, "encoding"));
	return new Map(entries.map(([property, encoding]) => [property, normalizeEncoding(context, encoding)]));
}

/** How one property of a form travels. Style and explode count only where they are written (OpenAPI 3.1, Encoding Object). */
function normalizeEncoding(context: Context, part: Part): Encoding {
	const contentType = textField(part.value, "contentType");
	const style = styleAt("query", child(part, "style")?.value);
	const explode = child(part, "explode")?.value;
	const allowReserved = child(part, "allowReserved")?.value;
	return {
		...(contentType !== undefined && { contentType: contentType.toLowerCase() }),
		...(style !== undefined && { style }),
		...(typeof explode === "boolean" && { explode }),
		...(typeof allowReserved === "boolean" && { allowReserved }),
		headers: normalizeHeaders(context, part),
		encoding: encodingsOf(context, part),
	};
}

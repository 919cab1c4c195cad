import { encodeBody } from "../../http/encode-body.ts";
import type { Json } from "../../http/exchange.ts";
import { isJson, isText } from "../../http/media-type.ts";

export interface RenderedBody {
	readonly contentType: string;
	readonly body: string | Uint8Array;
}

/**
 * A value as a body of a documented media type, or of the likeliest type of a range. Undefined when there is no way to
 * write it (an object as XML).
 *
 * @example renderBody("application/json", { a: 1 }) // { contentType: "application/json", body: '{"a":1}' }
 */
export function renderBody(mediaType: string, value: Json): RenderedBody | undefined {
	if (isJson(mediaType)) return { contentType: mediaType, body: JSON.stringify(value) };
	const encoded = encodeBody(mediaType, value);
	if (encoded === undefined) return undefined;
	const { contentType, body } = encoded;
	const needsCharset = isText(contentType) && !isJson(contentType) && !/charset=|boundary=/i.test(contentType);
	return { contentType: needsCharset ? `${contentType}; charset=utf-8` : contentType, body };
}

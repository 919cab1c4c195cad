import { isUtf8 } from "node:buffer";
import type { MediaType, Operation } from "../../contract/contract.ts";
import { valueShapeOf } from "../../contract/value-shape.ts";
import { type DecodedBody, decodeBody, decodeMultipart } from "../../http/decode-body.ts";
import { findMediaType, isJson, isXml, parseMediaType } from "../../http/media-type.ts";
import type { ValueShape } from "../../http/parameter.ts";
import type { Flaw } from "../../model/call.ts";
import type { Validation, Violation } from "../../schema/validate.ts";
import { isDeeperThan } from "./depth.ts";
import { type MockRequest, TOO_LARGE } from "./mock-request.ts";
import { readXml } from "./read-xml.ts";

/** A body as it was read: a value that can be judged, or a refusal of the transport. */
export type BodyReading =
	| { readonly kind: "none" }
	| { readonly kind: "value"; readonly value: unknown; readonly mediaType: string; readonly judge: Judge }
	| { readonly kind: "malformed"; readonly message: string; readonly mediaType: string }
	/** Refused before it is looked into: too large, or of a media type that is not documented. */
	| { readonly kind: "refused"; readonly status: 413 | 415; readonly message: string };

type Judge = (value: unknown) => readonly Violation[];

export interface BodyReader {
	/** Waits only for multipart, whose parser does. */
	read(contentType: string | undefined, bytes: MockRequest["body"]): BodyReading | Promise<BodyReading>;
	judge(reading: BodyReading): readonly Flaw[];
}

interface Compiled {
	readonly media: MediaType;
	readonly shape: ValueShape;
	readonly judge: Judge;
}

/** A media type as a client names it. */
interface Named extends Compiled {
	readonly name: string;
	readonly isMultipart: boolean;
	readonly isInJson: boolean;
	readonly isInXml: boolean;
}

function formOf(name: string): Pick<Named, "isMultipart" | "isInJson" | "isInXml"> {
	return { isMultipart: parseMediaType(name)?.type === "multipart", isInJson: isJson(name), isInXml: isXml(name) };
}

const NONE: readonly Flaw[] & readonly Violation[] = [];

/** Names of media types that are remembered. */
const NAMES_MAX = 50;
/** Deeper values could exhaust the stack of whoever walks them. */
const DEPTH_MAX = 200;

/** Compiles the request body of an operation. A body that the operation does not document is not looked at. */
export function createBodyReader({ body }: Operation, validation: Validation): BodyReader {
	const known = new Map<MediaType, Compiled>();
	const found = new Map<string, Named | undefined>();
	/** Clients send the same few names over and over. */
	const mediaNamed = (content: readonly MediaType[], name: string): Named | undefined => {
		const before = found.get(name);
		if (before !== undefined || found.has(name)) return before;
		if (found.size >= NAMES_MAX) found.clear();
		const media = findMediaType(content, name);
		const named = media === undefined ? undefined : { ...compile(media), ...formOf(name), name };
		found.set(name, named);
		return named;
	};
	const compile = (media: MediaType): Compiled => {
		const compiled = known.get(media) ?? compileMediaType(media, validation);
		known.set(media, compiled);
		return compiled;
	};
	return {
		read: (contentType, bytes) => {
			if (body === undefined || bytes === undefined) return { kind: "none" };
			if (bytes === TOO_LARGE) return { kind: "refused", status: 413, message: "The body is too large" };
			if (bytes.length === 0) return { kind: "none" };
			const [first] = body.content;
			if (first === undefined) return { kind: "none" };
			// Without a Content-Type the receiver may guess (RFC 9110 8.3): what is documented first is meant.
			const named = contentType ?? nameOf(first);
			const media = mediaNamed(body.content, named);
			if (media === undefined) return { kind: "refused", status: 415, message: unsupported(named, body.content) };
			return readAs(media, bytes);
		},
		judge: (reading) => {
			switch (reading.kind) {
				case "none":
					return body?.required ? [{ in: "body", at: "", keyword: "missing", message: "is required" }] : NONE;
				case "malformed":
					return [{ in: "body", at: "", keyword: "malformed", message: reading.message }];
				case "value": {
					const violations = reading.judge(reading.value);
					if (violations.length === 0) return NONE;
					return violations.map(({ pointer, keyword, message }) => ({ in: "body", at: pointer, keyword, message }));
				}
				case "refused":
					return NONE;
			}
		},
	};
}

function compileMediaType(media: MediaType, validation: Validation): Compiled {
	const { schema } = media;
	return {
		media,
		shape: valueShapeOf(schema),
		judge: schema === undefined ? () => [] : validation.compile(schema, "request"),
	};
}

function nameOf({ name }: MediaType): string {
	return name.includes("*") ? "application/json" : name;
}

function unsupported(given: string, content: readonly MediaType[]): string {
	const known = content.map(({ name }) => name).join(" or ");
	return `The body is ${parseMediaType(given) === undefined ? "of no media type" : given}, and must be ${known}`;
}

function readAs(named: Named, bytes: Uint8Array | string): BodyReading | Promise<BodyReading> {
	const { name, media, shape, isMultipart, isInXml, isInJson } = named;
	if (isMultipart) {
		const decoding = decodeMultipart(name, bytes as Uint8Array<ArrayBuffer> | string, shape);
		return decoding.then((decoded) => readingOf(named, decoded));
	}
	if (typeof bytes !== "string" && isInJson && !isUtf8(bytes)) {
		return { kind: "malformed", message: "is no UTF-8 text", mediaType: name };
	}
	// What stands in XML is not looked into: it is taken for what the document asks for.
	if (isInXml && shape.kind !== "scalar") return { kind: "value", value: {}, mediaType: name, judge: () => NONE };
	const text = typeof bytes === "string" ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
	if (isInJson && isDeeperThan(text, DEPTH_MAX)) {
		return { kind: "malformed", message: `is nested deeper than ${DEPTH_MAX}`, mediaType: name };
	}
	if (isInXml) return readingOf(named, readXml(text, media.schema));
	return readingOf(named, decodeBody(name, text, shape));
}

function readingOf({ name, judge, isInJson }: Named, decoded: DecodedBody): BodyReading {
	if (decoded.kind === "value") return { kind: "value", value: decoded.value, mediaType: name, judge };
	const message = isInJson ? `is not JSON: ${decoded.message}` : decoded.message;
	return { kind: "malformed", message, mediaType: name };
}

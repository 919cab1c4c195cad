import type { Json } from "./exchange.ts";
import { isJson } from "./media-type.ts";
import { isArray, isObject, type JsonObject, type ParameterForm } from "./parameter.ts";
import { encodeReserved, encodeUnreserved } from "./percent.ts";

type Encode = (text: string) => string;

/**
 * Writes a value as its style says (OpenAPI 3.1, 4.8.12.3 and 4.8.12.4; RFC 6570).
 *
 * What comes back is ready for its place: a path segment (`5`, `.5`, `;id=5`), a piece of the query (`id=3&id=4`), a
 * header's value, a piece of the `Cookie` header (`id=3; id=4`). It is undefined when there is nothing to send: an
 * empty array or object, and `null`, are "undefined" values in RFC 6570 2.3.
 *
 * @throws Error when the value has no form in this place (a lone surrogate).
 * @example serializeParameter({ name: "id", in: "query", style: "form", explode: true, allowReserved: false }, [3, 4]) // "id=3&id=4"
 */
export function serializeParameter(parameter: ParameterForm, value: Json): string | undefined {
	if (parameter.mediaType !== undefined) return serializeContent(parameter, parameter.mediaType, value);
	const kept = dropUndefined(value);
	if (kept === undefined) return undefined;
	return STYLES[parameter.style](parameter, kept);
}

function dropUndefined(value: Json): Json | undefined {
	if (value === null) return undefined;
	if (isArray(value)) {
		const items = value.filter((item) => item !== null);
		return items.length === 0 ? undefined : items;
	}
	if (!isObject(value)) return value;
	const entries = Object.entries(value).filter(([, item]) => item !== null);
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const STYLES: Readonly<Record<ParameterForm["style"], (parameter: ParameterForm, value: Json) => string>> = {
	simple: (parameter, value) => joinList(parameter, value, { encode: encoderOf(parameter), separator: "," }),
	label: (parameter, value) => {
		const separator = parameter.explode ? "." : ",";
		return `.${joinList(parameter, value, { encode: encoderOf(parameter), separator })}`;
	},
	matrix: (parameter, value) =>
		pairs(parameter, value)
			.map(([name, text]) => `;${name}${matrixValue(text)}`)
			.join(""),
	form: (parameter, value) => {
		const separator = parameter.in === "cookie" ? "; " : "&";
		return pairs(parameter, value)
			.map(([name, text]) => `${name}=${text}`)
			.join(separator);
	},
	spaceDelimited: (parameter, value) => delimited(parameter, value, "%20"),
	pipeDelimited: (parameter, value) => delimited(parameter, value, "%7C"),
	deepObject: (parameter, value) => {
		const encode = encoderOf(parameter);
		return deepPairs(encodeUnreserved(parameter.name), value, encode).join("&");
	},
	cookie: (parameter, value) =>
		pairs(parameter, value)
			.map(([name, text]) => `${name}=${text}`)
			.join("; "),
};

/** Headers, and cookies of style `cookie`, are no part of a URL: nothing is percent-encoded there (3.1.1, appendix D). */
function encoderOf(parameter: ParameterForm): Encode {
	if (parameter.in === "header" || parameter.style === "cookie") return (text) => text;
	// A path segment would be torn apart by a bare `/` or `?`, so `allowReserved` is for queries.
	return parameter.allowReserved && parameter.in === "query" ? encodeReserved : encodeUnreserved;
}

interface Joint {
	readonly encode: Encode;
	readonly separator: string;
}

/** `3,4,5` of an array; `R,100,G,200` or, exploded, `R=100,G=200` of an object. */
function joinList(parameter: ParameterForm, value: Json, { encode, separator }: Joint): string {
	// A reserved comma inside an item would split it.
	const write = (item: Json): string =>
		encode === encodeReserved ? encode(textOf(item)).replaceAll(",", "%2C") : encode(textOf(item));
	if (isArray(value)) return value.map(write).join(separator);
	if (!isObject(value)) return encode(textOf(value));
	const glue = parameter.explode ? "=" : separator;
	return Object.entries(value)
		.map(([name, item]) => `${write(name)}${glue}${write(item)}`)
		.join(separator);
}

function pairs(parameter: ParameterForm, value: Json): readonly (readonly [string, string])[] {
	const encode = encoderOf(parameter);
	const encodeName = parameter.style === "cookie" ? encode : encodeUnreserved;
	const name = encodeName(parameter.name);
	if (parameter.explode && isArray(value)) return value.map((item) => [name, encode(textOf(item))]);
	if (parameter.explode && isObject(value)) {
		return Object.entries(value).map(([key, item]) => [encodeName(key), encode(textOf(item))]);
	}
	return [[name, joinList({ ...parameter, explode: false }, value, { encode, separator: "," })]];
}

/** RFC 6570 3.2.7: an empty value has no equals sign. */
function matrixValue(text: string): string {
	return text === "" ? "" : `=${text}`;
}

function delimited(parameter: ParameterForm, value: Json, separator: string): string {
	if (parameter.explode) return STYLES.form(parameter, value);
	const joint = { encode: encoderOf(parameter), separator };
	return `${encodeUnreserved(parameter.name)}=${joinList({ ...parameter, explode: false }, value, joint)}`;
}

/** OpenAPI leaves nesting open; what most servers read is `a[b][c]=1`, and a repeated name for an array. */
function deepPairs(prefix: string, value: Json, encode: Encode): readonly string[] {
	if (isArray(value)) return value.map((item) => `${prefix}=${encode(textOf(item))}`);
	if (!isObject(value)) return [`${prefix}=${encode(textOf(value))}`];
	return Object.entries(value).flatMap(([key, item]) =>
		deepPairs(`${prefix}%5B${encodeUnreserved(key)}%5D`, item, encode),
	);
}

/** What is nested deeper than a style can say goes as JSON. */
function textOf(value: Json): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}

function serializeContent(parameter: ParameterForm, mediaType: string, value: Json): string {
	if (parameter.in === "querystring" && mediaType === "application/x-www-form-urlencoded" && isObject(value)) {
		return formPairs(value);
	}
	const text = isJson(mediaType) || typeof value !== "string" ? JSON.stringify(value) : value;
	if (parameter.in === "header") return escapeNonAscii(text);
	if (parameter.in === "path" || parameter.in === "querystring") return encodeUnreserved(text);
	return `${encodeUnreserved(parameter.name)}=${encodeUnreserved(text)}`;
}

function formPairs(value: JsonObject): string {
	const form: ParameterForm = { name: "", in: "query", style: "form", explode: true, allowReserved: false };
	return Object.entries(value)
		.flatMap(
			([name, item]) => serializeParameter({ ...form, name }, isObject(item) ? JSON.stringify(item) : item) ?? [],
		)
		.join("&");
}

/** JSON in a header stays JSON and fits into ASCII. */
function escapeNonAscii(text: string): string {
	return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

import type { Json } from "./exchange.ts";
import { isJson } from "./media-type.ts";
import { memberShape, type ParameterForm, type ValueShape } from "./parameter.ts";
import { parseForm } from "./parse-form.ts";
import { parseText } from "./parse-scalar.ts";
import { decodePercent } from "./percent.ts";

/** Where a parameter is looked for. Everything as it came over the wire, still percent-encoded. */
export interface ParameterSources {
	/** The segment that the path template names so. */
	readonly path?: Readonly<Record<string, string>>;
	/** Without the question mark. */
	readonly query?: string;
	/** Names in lower case. */
	readonly headers?: Readonly<Record<string, string>>;
}

export type ParsedParameter =
	| { readonly kind: "absent" }
	| { readonly kind: "value"; readonly value: Json }
	| { readonly kind: "malformed"; readonly message: string };

const ABSENT: ParsedParameter = { kind: "absent" };
const PAIRS_MAX = 10_000;

/**
 * Reads a parameter back from a request, by its style. Text becomes a number, a boolean or null only where the shape
 * asks for one and the text is one; else it stays text, and it is for the schema to refuse it.
 *
 * @example parseParameter({ name: "id", in: "query", … }, { kind: "array", items: TEXT }, { query: "id=3&id=4" }) // ["3", "4"]
 */
export function parseParameter(
	parameter: ParameterForm,
	shape: ValueShape,
	sources: ParameterSources,
): ParsedParameter {
	if (parameter.style === "deepObject" && shape.kind === "scalar" && shape.inner !== undefined) {
		const inParts = parseParameter(parameter, shape.inner, sources);
		if (inParts.kind !== "absent") return inParts;
	}
	try {
		const raw = findRaw(parameter, shape, sources);
		if (raw === undefined) return ABSENT;
		if (parameter.mediaType !== undefined) return { kind: "value", value: parseContent(parameter, raw, shape) };
		return { kind: "value", value: build(split(parameter, raw, shape), shape) };
	} catch (error) {
		if (error instanceof Malformed) return { kind: "malformed", message: error.message };
		throw error;
	}
}

class Malformed extends Error {}

/** The text of one parameter: a single value, or the pairs that belong to it. */
type Raw = string | readonly RawPair[];
type RawPair = readonly [name: string, value: string];

function findRaw(parameter: ParameterForm, shape: ValueShape, sources: ParameterSources): Raw | undefined {
	switch (parameter.in) {
		case "path":
			return sources.path?.[parameter.name];
		case "header":
			return sources.headers?.[parameter.name.toLowerCase()];
		case "querystring":
			return sources.query === "" ? undefined : sources.query;
		case "query":
			return ownPairs(parameter, shape, splitPairs(sources.query ?? "", "&"));
		case "cookie":
			return ownPairs(parameter, shape, splitPairs(sources.headers?.cookie ?? "", ";"));
	}
}

function splitPairs(text: string, separator: string): readonly RawPair[] {
	if (text === "") return [];
	return text.split(separator, PAIRS_MAX).map((pair) => {
		const trimmed = pair.trim();
		const equals = trimmed.indexOf("=");
		return equals === -1 ? [decode(trimmed), ""] : [decode(trimmed.slice(0, equals)), trimmed.slice(equals + 1)];
	});
}

/**
 * An exploded object has no name of its own on the wire: its known properties are picked out. What is additional could
 * be another parameter's, so it is taken only when the object names no property at all.
 */
function ownPairs(parameter: ParameterForm, shape: ValueShape, pairs: readonly RawPair[]): Raw | undefined {
	const own = pairs.filter(([name]) => isOwn(parameter, shape, name));
	return own.length === 0 ? undefined : own;
}

function isOwn(parameter: ParameterForm, shape: ValueShape, name: string): boolean {
	if (parameter.mediaType === undefined && shape.kind === "object") {
		if (parameter.style === "deepObject") return name.startsWith(`${parameter.name}[`);
		const names = Object.keys(shape.properties);
		if (parameter.explode) return names.length === 0 || names.includes(name);
	}
	return name === parameter.name;
}

/** Text taken apart by its style: one text, a list, or named parts; nothing is decoded twice. */
type Parts = string | readonly string[] | { readonly [name: string]: Parts };

function split(parameter: ParameterForm, raw: Raw, shape: ValueShape): Parts {
	if (typeof raw !== "string") return splitNamed(parameter, raw, shape);
	const decodeText = parameter.in === "header" ? (text: string) => text.trim() : decode;
	switch (parameter.style) {
		case "label": {
			const text = cut(raw, ".", parameter);
			return splitText(text, shape, { separator: parameter.explode ? "." : ",", parameter, decodeText });
		}
		case "matrix": {
			const pairs = splitPairs(cut(raw, ";", parameter), ";");
			return splitNamed(parameter, ownPairs(parameter, shape, pairs) as readonly RawPair[] | undefined, shape);
		}
		default:
			return splitText(raw, shape, { separator: ",", parameter, decodeText });
	}
}

function cut(raw: string, prefix: string, parameter: ParameterForm): string {
	if (!raw.startsWith(prefix)) throw new Malformed(`${parameter.name} does not begin with "${prefix}"`);
	return raw.slice(1);
}

interface Cutting {
	readonly separator: string;
	readonly parameter: ParameterForm;
	readonly decodeText: (text: string) => string;
}

function splitText(text: string, shape: ValueShape, { separator, parameter, decodeText }: Cutting): Parts {
	if (shape.kind === "scalar") return decodeText(text);
	const items = text.split(separator, PAIRS_MAX);
	if (shape.kind === "array") return items.map(decodeText);
	if (!parameter.explode) return alternate(items.map(decodeText), parameter);
	return Object.fromEntries(
		items.map((item): [string, string] => {
			const equals = item.indexOf("=");
			if (equals === -1) throw new Malformed(`${parameter.name} has a part without "="`);
			return [decodeText(item.slice(0, equals)), decodeText(item.slice(equals + 1))];
		}),
	);
}

/** `R,100,G,200`. */
function alternate(items: readonly string[], parameter: ParameterForm): Parts {
	if (items.length % 2 === 1) throw new Malformed(`${parameter.name} has a name without a value`);
	const parts: Record<string, string> = Object.create(null);
	for (let index = 0; index < items.length; index += 2) parts[items[index] as string] = items[index + 1] as string;
	return parts;
}

function splitNamed(parameter: ParameterForm, pairs: readonly RawPair[] | undefined, shape: ValueShape): Parts {
	if (pairs === undefined) throw new Malformed(`${parameter.name} is not named in its own text`);
	const decodeText = parameter.style === "cookie" ? (text: string) => text : decodeForm(parameter);
	if (shape.kind === "object" && parameter.style === "deepObject") return deepParts(parameter, pairs, decodeText);
	if (shape.kind === "object" && parameter.explode) {
		return Object.fromEntries(pairs.map(([name, value]) => [name, decodeText(value)]));
	}
	if (shape.kind === "array" && parameter.explode) return pairs.map(([, value]) => decodeText(value));
	// One value is meant, and no style writes it as two; a cookie of a longer path comes first (RFC 6265, section 5.4).
	const differs = pairs.some(([, value]) => value !== pairs[0]?.[1]);
	if (parameter.in === "query" && shape.kind === "scalar" && differs)
		throw new Malformed(`${parameter.name} is given more than once`);
	const text = pairs[0]?.[1] ?? "";
	return splitText(normalizeSeparator(text, parameter), shape, {
		separator: SEPARATORS[parameter.style] ?? ",",
		parameter: { ...parameter, explode: false },
		decodeText,
	});
}

const SEPARATORS: Readonly<Partial<Record<ParameterForm["style"], string>>> = {
	spaceDelimited: " ",
	pipeDelimited: "|",
};

/** The delimiters themselves may come encoded or bare. */
function normalizeSeparator(text: string, parameter: ParameterForm): string {
	if (parameter.style === "spaceDelimited") return text.replace(/%20|\+/g, " ");
	return parameter.style === "pipeDelimited" ? text.replace(/%7C/gi, "|") : text;
}

/** In a query and in a form a plus is a space (application/x-www-form-urlencoded). */
function decodeForm(parameter: ParameterForm): (text: string) => string {
	return parameter.in === "query" ? (text) => decode(text.replaceAll("+", "%20")) : decode;
}

const DEPTH_MAX = 20;

function deepParts(parameter: ParameterForm, pairs: readonly RawPair[], decodeText: (text: string) => string): Parts {
	const root: { [name: string]: Parts } = Object.create(null);
	for (const [name, value] of pairs) {
		const keys = [...name.slice(parameter.name.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] as string);
		if (keys.length > DEPTH_MAX) throw new Malformed(`${parameter.name} is nested deeper than ${DEPTH_MAX}`);
		place(root, keys, decodeText(value));
	}
	return root;
}

function place(root: { [name: string]: Parts }, keys: readonly string[], text: string): void {
	let current = root;
	for (const key of keys.slice(0, -1)) {
		const next = current[key];
		const branch = typeof next === "object" && !Array.isArray(next) ? next : Object.create(null);
		current[key] = branch;
		current = branch as { [name: string]: Parts };
	}
	const last = keys.at(-1) ?? "";
	const before = current[last];
	current[last] = before === undefined ? text : [...(Array.isArray(before) ? before : [before as string]), text];
}

function build(parts: Parts, shape: ValueShape): Json {
	if (typeof parts === "string") return shape.kind === "array" ? [build(parts, shape.items)] : parseText(parts, shape);
	if (Array.isArray(parts)) return parts.map((part) => build(part, shape.kind === "array" ? shape.items : shape));
	const members = Object.entries(parts as Readonly<Record<string, Parts>>);
	if (shape.kind !== "object") return Object.fromEntries(members.map(([name, part]) => [name, build(part, shape)]));
	return Object.fromEntries(members.map(([name, part]) => [name, build(part, memberShape(shape, name))]));
}

function decode(text: string): string {
	const decoded = decodePercent(text);
	if (decoded === undefined) throw new Malformed(`${JSON.stringify(text.slice(0, 80))} is not percent-encoded UTF-8`);
	return decoded;
}

function parseContent(parameter: ParameterForm, raw: Raw, shape: ValueShape): Json {
	const first = typeof raw === "string" ? raw : (raw[0]?.[1] ?? "");
	if (parameter.in === "querystring" && parameter.mediaType === "application/x-www-form-urlencoded") {
		return parseForm(first, shape);
	}
	const text = parameter.in === "header" ? first : decodeForm(parameter)(first);
	if (!isJson(parameter.mediaType ?? "")) return parseText(text, shape);
	try {
		return JSON.parse(text) as Json;
	} catch {
		throw new Malformed(`${parameter.name} is not JSON`);
	}
}

import { parse } from "content-type";

/** A media type taken apart: `application/vnd.api+json; charset=utf-8`. Everything but parameter values in lower case. */
export interface ParsedMediaType {
	/** `application`, or `*` in a range. */
	readonly type: string;
	/** `vnd.api+json`, or `*` in a range. */
	readonly subtype: string;
	/** The structured syntax suffix (RFC 6838 4.2.8) without its plus: `json`. */
	readonly suffix?: string;
	readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const CACHE_ENTRIES_MAX = 500;
const cache = new Map<string, ParsedMediaType | undefined>();

/**
 * Takes a `Content-Type` or the name of an OpenAPI media type apart (RFC 9110 8.3.1); undefined when it is none.
 *
 * @example parseMediaType("Application/JSON; charset=UTF-8")?.subtype // "json"
 */
export function parseMediaType(text: string): ParsedMediaType | undefined {
	if (cache.has(text)) return cache.get(text);
	// A service may invent names without end: the cache starts afresh rather than grow.
	if (cache.size >= CACHE_ENTRIES_MAX) cache.clear();
	const parsed = parseUncached(text);
	cache.set(text, parsed);
	return parsed;
}

function parseUncached(text: string): ParsedMediaType | undefined {
	const { type: essence, parameters } = parse(text);
	const [type = "", subtype = "", ...more] = essence.trim().toLowerCase().split("/");
	if (more.length > 0 || !TOKEN.test(type) || !TOKEN.test(subtype)) return undefined;
	const plus = subtype.lastIndexOf("+");
	return { type, subtype, parameters, ...(plus === -1 ? {} : { suffix: subtype.slice(plus + 1) }) };
}

/**
 * Whether a media type falls into a range: `text/*`, `*\/*`, `application/*+json`, or the same name.
 * A parameter that the range names must be the same; `charset` compares without case and says nothing when it is absent
 * in the answer, because JSON has none.
 *
 * @example matchesMediaType("application/json", "application/json; charset=utf-8") // true
 */
export function matchesMediaType(range: string, actual: string): boolean {
	const wanted = parseMediaType(range);
	const given = parseMediaType(actual);
	if (wanted === undefined || given === undefined) return false;
	return matchesNames(wanted, given) && matchesParameters(wanted.parameters, given.parameters);
}

function matchesNames(wanted: ParsedMediaType, given: ParsedMediaType): boolean {
	if (wanted.type !== "*" && wanted.type !== given.type) return false;
	if (wanted.subtype === "*" || wanted.subtype === given.subtype) return true;
	return wanted.subtype.startsWith("*+") && wanted.suffix === given.suffix;
}

function matchesParameters(wanted: Readonly<Record<string, string>>, given: Readonly<Record<string, string>>): boolean {
	return Object.entries(wanted).every(([name, value]) => {
		const other = given[name];
		if (name === "charset") return other === undefined || other.toLowerCase() === value.toLowerCase();
		return name === "q" || other === value;
	});
}

/**
 * How narrow a range is: 3 for a full name with parameters, 2 for a full name, 1 for `text/*` and `application/*+json`,
 * 0 for anything. The narrowest of several matching ranges describes a body (OpenAPI 3.1, Request Body Object).
 */
export function rangeSpecificity(range: string): 0 | 1 | 2 | 3 {
	const parsed = parseMediaType(range);
	if (parsed === undefined || parsed.type === "*") return 0;
	if (parsed.subtype.startsWith("*")) return 1;
	return Object.keys(parsed.parameters).length > 0 ? 3 : 2;
}

/** The narrowest of `ranges` that the media type falls into. */
export function findMediaType<Entry extends { readonly name: string }>(
	ranges: readonly Entry[],
	actual: string,
): Entry | undefined {
	let best: Entry | undefined;
	for (const range of ranges) {
		if (!matchesMediaType(range.name, actual)) continue;
		if (best === undefined || rangeSpecificity(range.name) > rangeSpecificity(best.name)) best = range;
	}
	return best;
}

/** `application/json`, `text/json` or any `+json` (RFC 6839 3.1). */
export function isJson(mediaType: string): boolean {
	const parsed = parseMediaType(mediaType);
	return parsed !== undefined && (parsed.subtype === "json" || parsed.suffix === "json");
}

/** `application/xml`, `text/xml` or any `+xml` (RFC 7303). */
export function isXml(mediaType: string): boolean {
	const parsed = parseMediaType(mediaType);
	return parsed !== undefined && (parsed.subtype === "xml" || parsed.suffix === "xml");
}

/** Text that a person can read: `text/*`, JSON, XML, YAML, forms, and anything with a charset. */
export function isText(mediaType: string): boolean {
	const parsed = parseMediaType(mediaType);
	if (parsed === undefined) return false;
	if (parsed.type === "text" || parsed.parameters.charset !== undefined) return true;
	const syntax = parsed.suffix ?? parsed.subtype;
	return TEXT_SYNTAXES.has(syntax);
}

const TEXT_SYNTAXES: ReadonlySet<string> = new Set([
	"json",
	"xml",
	"yaml",
	"x-yaml",
	"javascript",
	"graphql",
	"jsonl",
	"x-ndjson",
	"json-seq",
	"x-www-form-urlencoded",
]);

const SEQUENTIAL: ReadonlySet<string> = new Set([
	"text/event-stream",
	"application/jsonl",
	"application/x-ndjson",
	"application/json-seq",
	"multipart/mixed",
	"multipart/x-mixed-replace",
]);

/** A stream of items that may never end (OpenAPI 3.2, Sequential Media Types). */
export function isSequential(mediaType: string): boolean {
	const parsed = parseMediaType(mediaType);
	return parsed !== undefined && SEQUENTIAL.has(`${parsed.type}/${parsed.subtype}`);
}

/** The charset that the media type names, in lower case; undefined means UTF-8. */
export function charsetOf(mediaType: string): string | undefined {
	return parseMediaType(mediaType)?.parameters.charset?.toLowerCase();
}

import type { Response, ResponseHeader, SecurityScheme } from "../../contract/contract.ts";
import type { Headers, Json } from "../../http/exchange.ts";
import { serializeParameter } from "../../http/serialize-parameter.ts";
import type { Neighbours } from "../../model/query/beside.ts";
import type { Desk } from "../desk.ts";
import { linksTo } from "./next-page.ts";

/** What an answer knows about headers that its document may name. */
export interface KnownHeaders {
	/** Milliseconds until it is worth coming back. */
	readonly waitMs?: number | undefined;
	/** Path of what was made, in the spellings that a schema may want. */
	readonly location?: (() => readonly string[] | undefined) | undefined;
	/** What is said of the list that the answer shows a part of. */
	readonly listed?: { readonly neighbours: Neighbours; readonly total: number; readonly self: string };
}

/** The documented headers of an answer: those that are required, and those that are known. */
export function responseHeaders(desk: Desk, response: Response | undefined, known: KnownHeaders): Headers {
	const headers: Record<string, string> = {};
	for (const header of response?.headers ?? []) {
		const text = headerText(desk, header, known);
		if (text !== undefined) headers[header.name.toLowerCase()] = text;
	}
	if (known.waitMs !== undefined) headers["retry-after"] ??= String(waitSeconds(known.waitMs));
	return headers;
}

function headerText(desk: Desk, header: ResponseHeader, known: KnownHeaders): string | undefined {
	const said = saidIn(header.name.toLowerCase(), known);
	const examples = header.required ? header.examples.map(({ value }) => value as Json) : [];
	const value = [...said, ...examples].find((candidate) => admits(desk, header, candidate));
	const made = value ?? (header.required ? invented(desk, header) : undefined);
	return made === undefined ? undefined : serialize(header, made);
}

const TOTAL = /^(?:x-)?total(?:-?(?:count|results|items|elements))?$/;

/** What is known of a header, in the forms that a schema may want. */
function saidIn(name: string, { waitMs, location, listed }: KnownHeaders): readonly Json[] {
	if (name === "retry-after" && waitMs !== undefined) return [waitSeconds(waitMs), String(waitSeconds(waitMs))];
	if (name === "location") return location?.() ?? [];
	if (listed === undefined) return [];
	if (TOTAL.test(name)) return [listed.total, String(listed.total)];
	const links = name === "link" ? linksTo(listed.neighbours, listed.self) : undefined;
	return links === undefined ? [] : [links];
}

function admits({ validation }: Desk, { schema }: ResponseHeader, value: Json): boolean {
	return schema === undefined || validation.validate(schema, value, "response").length === 0;
}

function invented({ inventor }: Desk, { schema, name }: ResponseHeader): Json {
	return (schema === undefined ? undefined : inventor.invent(schema, { name })) ?? "";
}

function serialize({ name, style, explode }: ResponseHeader, value: Json): string {
	const form = { name, in: "header", style, explode, allowReserved: false } as const;
	// Line breaks in a document's example would end the header.
	return (serializeParameter(form, value) ?? "").replaceAll(/[^\t\x20-\x7e\x80-\xff]+/g, " ");
}

/** Whole seconds, at least one (RFC 9110, section 10.2.3). */
function waitSeconds(waitMs: number): number {
	return Math.max(1, Math.ceil(waitMs / 1000));
}

/**
 * What a 401 asks for (RFC 9110, section 11.6.1), for schemes that have a registered name: a key in a header of one's
 * own has none.
 */
export function challenges(schemes: readonly SecurityScheme[]): Headers {
	const asked = schemes.flatMap((scheme) => {
		if (scheme.kind === "http") return [`${scheme.scheme[0]?.toUpperCase()}${scheme.scheme.slice(1)} realm="holdfast"`];
		return scheme.kind === "oauth2" || scheme.kind === "openid-connect" ? ['Bearer realm="holdfast"'] : [];
	});
	return asked.length === 0 ? {} : { "www-authenticate": [...new Set(asked)].join(", ") };
}

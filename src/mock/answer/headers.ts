import type { Response, ResponseHeader, SecurityScheme } from "../../contract/contract.ts";
import type { Headers, Json } from "../../http/exchange.ts";
import { serializeParameter } from "../../http/serialize-parameter.ts";
import type { Neighbours } from "../../model/query/beside.ts";
import type { Desk } from "../desk.ts";
import type { RateLeft } from "../limit-window.ts";
import { linksTo } from "./next-page.ts";

/** What an answer knows about headers that its document may name. */
export interface KnownHeaders {
	/** Milliseconds until it is worth coming back. */
	readonly waitMs?: number | undefined;
	/** Path of what was made, in the spellings that a schema may want. */
	readonly location?: (() => readonly string[] | undefined) | undefined;
	/** What is said of the list that the answer shows a part of. */
	readonly listed?: { readonly neighbours: Neighbours; readonly total: number; readonly self: string };
	/** What is left of the documented limit after this answer. */
	readonly rate?: (() => RateLeft | undefined) | undefined;
}

/** The documented headers of an answer: those that are required, and those that are known. */
export function responseHeaders(desk: Desk, response: Response | undefined, known: KnownHeaders): Headers {
	const headers: Record<string, string> = {};
	for (const header of response?.headers ?? []) {
		if (TRANSPORT.has(header.name.toLowerCase())) continue;
		const text = headerText(desk, header, known);
		if (text !== undefined) headers[header.name.toLowerCase()] = text;
	}
	if (known.waitMs !== undefined) headers["retry-after"] ??= String(waitSeconds(known.waitMs));
	return headers;
}

/** What the transport says of the message that it carries: a documented value would make it unreadable. */
const TRANSPORT: ReadonlySet<string> = new Set([
	...["connection", "keep-alive", "trailer", "transfer-encoding", "upgrade"],
	...["content-encoding", "content-length", "content-type", "date"],
]);

function headerText(desk: Desk, header: ResponseHeader, known: KnownHeaders): string | undefined {
	const said = saidIn(header, known, desk.now());
	const examples = header.required ? header.examples.map(({ value }) => value as Json) : [];
	const value = [...said, ...examples].find((candidate) => admits(desk, header, candidate));
	const made = value ?? (header.required ? invented(desk, header) : undefined);
	return made === undefined ? undefined : serialize(header, made);
}

const TOTAL = /^(?:x-)?total(?:-?(?:count|results|items|elements))?$/;

/** What is known of a header, in the forms that a schema may want. */
function saidIn(header: ResponseHeader, known: KnownHeaders, nowMs: number): readonly Json[] {
	const { waitMs, location, listed } = known;
	const name = header.name.toLowerCase();
	if (name === "location") return location?.() ?? [];
	if (name === "retry-after") return waitMs === undefined ? [] : both(waitSeconds(waitMs));
	const [, what] = RATE.exec(name) ?? [];
	if (what !== undefined) return saidOfRate(header, what, { ...known, nowMs });
	if (listed === undefined) return [];
	if (TOTAL.test(name)) return both(listed.total);
	const links = name === "link" ? linksTo(listed.neighbours, listed.self) : undefined;
	return links === undefined ? [] : [links];
}

const RATE = /^(?:x-)?rate-?limit-(limit|remaining|reset)$/;
const EPOCH = /epoch|unix|timestamp|since 1970|utc/i;

function saidOfRate(
	{ description = "" }: ResponseHeader,
	what: string,
	{ rate, nowMs }: KnownHeaders & { readonly nowMs: number },
): readonly Json[] {
	const left = rate?.();
	if (left === undefined) return [];
	if (what === "limit") return both(left.max);
	if (what === "remaining") return both(left.left);
	// Some count the seconds that are left, others the seconds since 1970: the description says which.
	const seconds = waitSeconds(left.resetMs);
	return both(EPOCH.test(description) ? Math.ceil(nowMs / 1000) + seconds : seconds);
}

/** As the type that a schema may want. */
function both(number: number): readonly Json[] {
	return [number, String(number)];
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
export function challenges(schemes: readonly SecurityScheme[], error?: string): Headers {
	const bearer = `Bearer realm="holdfast"${error === undefined ? "" : `, ${error}`}`;
	const asked = schemes.flatMap((scheme) => {
		if (scheme.kind === "http" && scheme.scheme !== "bearer")
			return [`${scheme.scheme[0]?.toUpperCase()}${scheme.scheme.slice(1)} realm="holdfast"`];
		return scheme.kind === "api-key" || scheme.kind === "mutual-tls" ? [] : [bearer];
	});
	return asked.length === 0 ? {} : { "www-authenticate": [...new Set(asked)].join(", ") };
}

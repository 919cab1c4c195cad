import type { SecurityScheme } from "../../contract/contract.ts";
import { decodePercent } from "../../http/percent.ts";
import type { MockRequest } from "./mock-request.ts";

/**
 * What a request carries for a security scheme: a key, a token, or `user:password`. Undefined when it carries nothing;
 * empty text when it carries nothing but the name.
 *
 * @example readCredential({ kind: "http", scheme: "bearer", … }, request, "") // "abc" of "Authorization: Bearer abc"
 */
export function readCredential(scheme: SecurityScheme, request: MockRequest, query: string): string | undefined {
	switch (scheme.kind) {
		case "api-key":
			return readKey(scheme, request, query);
		case "http":
			return readAuthorization(scheme.scheme, request);
		case "oauth2":
		case "openid-connect":
			return readAuthorization("bearer", request);
		// The connection itself carries it, and here the connection is trusted.
		case "mutual-tls":
			return "mutual-tls";
	}
}

function readKey(
	{ in: place, parameter }: Extract<SecurityScheme, { kind: "api-key" }>,
	{ headers }: MockRequest,
	query: string,
): string | undefined {
	if (place === "header") return headers[parameter.toLowerCase()];
	if (place === "query") return new URLSearchParams(query).get(parameter) ?? undefined;
	for (const pair of (headers.cookie ?? "").split(";")) {
		const equals = pair.indexOf("=");
		if (equals >= 0 && pair.slice(0, equals).trim() === parameter) {
			const value = pair.slice(equals + 1).trim();
			return decodePercent(value) ?? value;
		}
	}
	return undefined;
}

function readAuthorization(scheme: string, { headers }: MockRequest): string | undefined {
	const header = headers.authorization;
	if (header === undefined) return undefined;
	const blank = header.indexOf(" ");
	const name = blank < 0 ? header : header.slice(0, blank);
	if (name.toLowerCase() !== scheme.toLowerCase()) return undefined;
	const value = blank < 0 ? "" : header.slice(blank + 1).trim();
	return scheme.toLowerCase() === "basic" ? Buffer.from(value, "base64").toString() : value;
}

/** A credential in a place or form of another kind: a key in the query that belongs in a header, a token without its word. */
export function strayCredential(
	scheme: SecurityScheme,
	request: MockRequest,
	query: string,
): { readonly value: string; readonly how: "elsewhere" | "malformed" } | undefined {
	if (scheme.kind === "api-key") {
		if (scheme.in === "cookie") return undefined;
		const place = scheme.in === "header" ? "query" : "header";
		const value = readKey({ ...scheme, in: place }, request, query);
		return value === undefined ? undefined : { value, how: "elsewhere" };
	}
	const header = request.headers.authorization;
	if (header === undefined || scheme.kind === "mutual-tls") return undefined;
	const text = header.slice(header.indexOf(" ") + 1).trim();
	const isBasic = scheme.kind === "http" && scheme.scheme.toLowerCase() === "basic";
	return { value: isBasic ? Buffer.from(text, "base64").toString() : text, how: "malformed" };
}

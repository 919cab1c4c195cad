import type { HttpRequest } from "./exchange.ts";

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** RFC 9110 5.5: visible characters, obs-text, and inner spaces and tabs. */
const FIELD_VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;
/** RFC 3986 path and query, plus the square brackets that every server takes and `deepObject` is known for. */
const TARGET = /^\/(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=[\]]|%[0-9A-Fa-f]{2})*$/;
/** These steer the connection; undici sets them itself and would refuse them with less of an explanation. */
const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
	"connection",
	"content-length",
	"expect",
	"keep-alive",
	"transfer-encoding",
	"upgrade",
]);

/**
 * Why a request cannot go over HTTP as it stands (RFC 9110 5.5, 9.1; RFC 9112 3.2), or undefined when it can.
 * Generators ask before they send: such a value has no form on the wire, so nothing can be learned from it.
 *
 * @example findRequestFault({ method: "GET", path: "/a b", headers: {} }) // "the path holds a character …"
 */
export function findRequestFault(request: HttpRequest): string | undefined {
	if (!TOKEN.test(request.method)) return `the method ${JSON.stringify(request.method)} is no HTTP token`;
	if (request.method === "CONNECT") return "CONNECT asks for a tunnel and is no request to an API";
	if (!TARGET.test(request.path)) return explainTarget(request.path);
	for (const [name, value] of Object.entries(request.headers)) {
		const fault = findHeaderFault(name, value);
		if (fault !== undefined) return fault;
	}
	return undefined;
}

function explainTarget(path: string): string {
	if (!path.startsWith("/")) return "the path does not begin with a slash";
	if (/%(?![0-9A-Fa-f]{2})/.test(path)) return "the path holds a percent sign without two hexadecimal digits";
	return "the path holds a character that must be percent-encoded";
}

/**
 * Why a header cannot be sent, or undefined when it can.
 *
 * @example findHeaderFault("x-name", "two\nlines") // "header x-name holds a control character"
 */
export function findHeaderFault(name: string, value: string): string | undefined {
	if (!TOKEN.test(name)) return `${JSON.stringify(name)} is no name of a header`;
	if (CONNECTION_HEADERS.has(name.toLowerCase()))
		return `header ${name} steers the connection and is set by the sender`;
	if (FIELD_VALUE.test(value)) return undefined;
	if (/[\u0100-\uffff]/.test(value)) return `header ${name} holds a character that headers cannot carry`;
	if (/^[\t ]|[\t ]$/.test(value)) return `header ${name} begins or ends with white space, which the receiver strips`;
	return `header ${name} holds a control character`;
}

import type { IncomingHttpHeaders } from "node:http";

/** What concerns one connection only and is never passed on (RFC 9110, section 7.6.1). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
	"connection",
	"keep-alive",
	"proxy-authenticate",
	"proxy-authorization",
	"proxy-connection",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade",
]);

/** What the proxy says itself: where it connects to, and that it read the body when it was asked whether it would. */
const OWN: ReadonlySet<string> = new Set(["host", "expect"]);
/** How a proxy names itself (RFC 9110, section 7.6.3). */
const VIA = "1.1 intry-admin";

export type Headers = Record<string, string | string[]>;

/** The headers of a request as they go on to the environment. */
export function requestHeaders(headers: IncomingHttpHeaders, own: Readonly<Record<string, string>>): Headers {
	const passed = endToEnd(headers, OWN);
	return { ...passed, ...own, via: passed.via === undefined ? VIA : `${String(passed.via)}, ${VIA}` };
}

/** The headers of an answer as they go back to the caller. */
export function answerHeaders(headers: IncomingHttpHeaders): Headers {
	return endToEnd(headers, NONE);
}

const NONE: ReadonlySet<string> = new Set();

/** All but those that concern one connection: the known ones, and those that `Connection` names. */
function endToEnd(headers: IncomingHttpHeaders, others: ReadonlySet<string>): Headers {
	const named = new Set((headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
	const passed = Object.entries(headers).filter(
		([name, value]) => value !== undefined && !HOP_BY_HOP.has(name) && !others.has(name) && !named.has(name),
	);
	return Object.fromEntries(passed) as Headers;
}

import type { NoAnswer } from "./exchange.ts";

type Failure = NoAnswer["failure"];

const FAILURES: Readonly<Record<string, Failure>> = {
	ECONNREFUSED: "refused",
	EHOSTUNREACH: "refused",
	ENETUNREACH: "refused",
	EADDRNOTAVAIL: "refused",
	ECONNRESET: "reset",
	ECONNABORTED: "reset",
	EPIPE: "reset",
	UND_ERR_SOCKET: "reset",
	UND_ERR_CLOSED: "reset",
	UND_ERR_DESTROYED: "reset",
	ETIMEDOUT: "timeout",
	UND_ERR_CONNECT_TIMEOUT: "timeout",
	ENOTFOUND: "dns",
	EAI_AGAIN: "dns",
	EAI_FAIL: "dns",
	UND_ERR_HEADERS_OVERFLOW: "too-large",
	HPE_HEADER_OVERFLOW: "too-large",
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "not-http",
	Z_DATA_ERROR: "not-http",
	Z_BUF_ERROR: "not-http",
	DEPTH_ZERO_SELF_SIGNED_CERT: "tls",
	SELF_SIGNED_CERT_IN_CHAIN: "tls",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls",
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls",
	EPROTO: "tls",
};

const CAUSES_MAX = 8;

/**
 * Names the way in which an exchange failed, from the error of undici, of the socket or of the name lookup.
 *
 * @throws the error itself when it is none of the transport: then the mistake is ours.
 * @example classifyFailure(error) // { failure: "refused", message: "connect ECONNREFUSED 127.0.0.1:1" }
 */
export function classifyFailure(error: unknown): NoAnswer {
	let current = error;
	for (let depth = 0; depth < CAUSES_MAX && current instanceof Error; depth++) {
		const failure = nameFailure(current);
		if (failure !== undefined) return { failure, message: messageOf(current) };
		current = current.cause;
	}
	throw error;
}

function nameFailure(error: Error): Failure | undefined {
	const code = "code" in error && typeof error.code === "string" ? error.code : "";
	const known = FAILURES[code];
	if (known !== undefined) return known;
	// A parser error may come without a code: undici looks it up by number in a table of names.
	if (error.name === "HTTPParserError") return code.includes("OVERFLOW") ? "too-large" : "not-http";
	if (code.startsWith("ERR_TLS") || code.startsWith("ERR_SSL") || code.startsWith("CERT_")) return "tls";
	return undefined;
}

/** An `AggregateError` (one per address that was tried) has no message of its own. */
function messageOf(error: Error): string {
	if (error.message !== "" || !(error instanceof AggregateError)) return error.message;
	return error.errors.map((each) => (each instanceof Error ? each.message : String(each))).join(", ");
}

/** A JSON value as it travels. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Header names in lower case; a header that is sent several times is one string joined by `, ` (RFC 9110 5.3). */
export type Headers = Readonly<Record<string, string>>;

/** A request as it goes over the wire, its target relative to the base URL. */
export interface HttpRequest {
	/** Upper case: `GET`. */
	readonly method: string;
	/** Path with query, percent-encoded, beginning with `/`. */
	readonly path: string;
	readonly headers: Headers;
	/** Text as sent, or undefined when there is no body. */
	readonly body?: string | Uint8Array;
}

/** What came back: always a whole answer; failures of the transport are `NoAnswer`. */
export interface HttpAnswer {
	readonly status: number;
	readonly headers: Headers;
	/** Decoded text of the body (UTF-8); empty when there was none. */
	readonly body: string;
	/** True when the body was longer than the limit and was cut there. */
	readonly truncated?: boolean;
}

/** The request was sent, or not even that, and no answer came. It may or may not have taken effect. */
export interface NoAnswer {
	readonly failure: "refused" | "timeout" | "reset" | "not-http" | "too-large" | "redirect-loop" | "tls" | "dns";
	readonly message: string;
}

/** One request with its answer, secrets masked at capture. */
export interface Exchange {
	readonly request: HttpRequest;
	readonly answer: HttpAnswer | NoAnswer;
	readonly durationMs: number;
}

/** Tells an answer from its absence. */
export function isAnswer(answer: HttpAnswer | NoAnswer): answer is HttpAnswer {
	return "status" in answer;
}

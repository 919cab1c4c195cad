import { type Readable, Transform } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Dispatcher } from "undici";
import { BODY_BYTES_MAX } from "../../http/server-options.ts";
import { CORRELATION_HEADER } from "../http/correlation-id.ts";
import { BODY_TOO_LARGE, type Refusal, Refused } from "../http/refusal.ts";
import { answerHeaders, requestHeaders } from "./headers.ts";

/** Where a request goes. */
export interface Upstream {
	readonly name: string;
	/** Base URL without a trailing slash. */
	readonly url: string;
	readonly dispatcher: Dispatcher;
}

/** undici's codes for one that does not answer in time; whatever else it throws means that there is nobody. */
const LATE: ReadonlySet<string> = new Set([
	"UND_ERR_HEADERS_TIMEOUT",
	"UND_ERR_BODY_TIMEOUT",
	"UND_ERR_CONNECT_TIMEOUT",
	"ETIMEDOUT",
]);

/**
 * Passes a request on and its answer back, both as they come: neither body is ever held as a whole. When the caller goes
 * away, so does the request.
 *
 * @throws {Refused} 413, and 502 or 504 when the environment is away or slow
 */
export async function forward(request: FastifyRequest, reply: FastifyReply, upstream: Upstream): Promise<FastifyReply> {
	const abort = new AbortController();
	reply.raw.once("close", () => abort.abort());
	const body = bodyOf(request);
	try {
		const answer = await upstream.dispatcher.request({
			origin: upstream.url,
			path: request.url,
			method: request.method as Dispatcher.HttpMethod,
			headers: requestHeaders(request.headers, { [CORRELATION_HEADER]: request.id }),
			body: body ?? null,
			signal: abort.signal,
		});
		const { [CORRELATION_HEADER]: _repeated, ...headers } = answerHeaders(answer.headers);
		return await reply.code(answer.statusCode).headers(headers).send(answer.body);
	} catch (error) {
		if (error instanceof Refused) throw error;
		throw new Refused(refusalOf(error, upstream));
	}
}

function refusalOf(error: unknown, { name }: Upstream): Refusal {
	const { code } = error as { readonly code?: string };
	return LATE.has(code ?? "")
		? { status: 504, message: `The environment ${name} does not answer in time` }
		: { status: 502, message: `The environment ${name} cannot be reached` };
}

/** What the caller sends, until it is too much; undefined where nothing is announced. */
function bodyOf({ raw }: FastifyRequest): Readable | undefined {
	const { "content-length": length, "transfer-encoding": coding } = raw.headers;
	if (coding === undefined && (length === undefined || length === "0")) return undefined;
	let bytes = 0;
	const bounded = new Transform({
		transform: (chunk: Buffer, _encoding, done) => {
			bytes += chunk.length;
			if (bytes > BODY_BYTES_MAX) done(new Refused(BODY_TOO_LARGE));
			else done(null, chunk);
		},
	});
	raw.on("error", (error) => bounded.destroy(error));
	return raw.pipe(bounded);
}

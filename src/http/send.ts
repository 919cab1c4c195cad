import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { Pool } from "undici";
import { UserError } from "../problem/problem.ts";
import type { Headers, HttpAnswer, HttpRequest, NoAnswer } from "./exchange.ts";
import { charsetOf, isSequential } from "./media-type.ts";
import { classifyFailure } from "./no-answer.ts";
import { findHeaderFault, findRequestFault } from "./request-fault.ts";

export interface SenderOptions {
	/** The base to which the paths of requests are appended: `http://127.0.0.1:8080/v1`. */
	readonly baseUrl: string;
	/** From the first byte sent to the last byte received, connecting included. */
	readonly timeoutMs: number;
	/** Sent with every request that does not set the same header itself. Names in lower case. */
	readonly headers?: Headers;
	/** A longer body is cut there and marked `truncated`. */
	readonly maxBodyBytes: number;
	/** How many connections may be open at a time; further requests wait for one. */
	readonly connections: number;
}

export interface Sent {
	readonly answer: HttpAnswer | NoAnswer;
	readonly durationMs: number;
}

export interface Sender {
	/**
	 * Sends one request exactly as it stands: nothing is retried, no redirect is followed, no cookie is kept.
	 * What goes wrong on the way is an answer too (`NoAnswer`).
	 *
	 * @throws TypeError when the request cannot be put on the wire as it stands (`findRequestFault` tells before).
	 */
	send(request: HttpRequest): Promise<Sent>;
	/** Ends what is under way and closes every connection. */
	close(): Promise<void>;
}

/** Shorter than what common servers keep an idle connection for, so that they hardly ever close it under our hands. */
const IDLE_MS = 900;

/**
 * Opens a keep-alive sender for one base URL.
 *
 * @throws UserError when the base URL or a header cannot be used.
 * @example const sender = createSender({ baseUrl: "http://127.0.0.1:8080", timeoutMs: 10_000, maxBodyBytes: 1e6, connections: 4 })
 */
export function createSender(options: SenderOptions): Sender {
	const base = parseBaseUrl(options.baseUrl);
	refuseBadHeaders(options.headers ?? {});
	const pool = new Pool(base.origin, {
		connections: options.connections,
		pipelining: 1,
		keepAliveTimeout: IDLE_MS,
		keepAliveMaxTimeout: IDLE_MS,
		// One clock of our own bounds the whole exchange; undici's are coarse and count each part anew.
		headersTimeout: 0,
		bodyTimeout: 0,
		connect: { timeout: options.timeoutMs },
	});
	return {
		async send(request) {
			const fault = findRequestFault(request);
			if (fault !== undefined) throw new TypeError(`cannot send ${request.method} ${request.path}: ${fault}`);
			const start = performance.now();
			const answer = await exchange(pool, options, { ...request, path: base.prefix + request.path });
			return { answer, durationMs: performance.now() - start };
		},
		close: () => pool.destroy(),
	};
}

function parseBaseUrl(text: string): { readonly origin: string; readonly prefix: string } {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const complain = (message: string, hint: string): UserError => new UserError([{ code: "bad-target", message, hint }]);
	if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
		throw complain(`${JSON.stringify(text)} is not an http or https URL`, "write it like http://127.0.0.1:8080");
	}
	if (url.username !== "" || url.password !== "") {
		throw complain("the target URL holds credentials", "send them with --header, so that reports do not show them");
	}
	if (url.search !== "" || url.hash !== "") {
		throw complain(
			`${text} has a query or a fragment`,
			"the target is the base to which the document's paths are appended",
		);
	}
	return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, "") };
}

function refuseBadHeaders(headers: Headers): void {
	const faults = Object.entries(headers).flatMap(([name, value]) => findHeaderFault(name, value) ?? []);
	if (faults.length > 0) throw new UserError(faults.map((message) => ({ code: "bad-header", message })));
}

async function exchange(pool: Pool, options: SenderOptions, request: HttpRequest): Promise<HttpAnswer | NoAnswer> {
	const abort = new AbortController();
	const clock = setTimeout(() => abort.abort(), options.timeoutMs);
	try {
		const response = await pool.request({
			method: request.method as "GET",
			path: request.path,
			headers: { ...options.headers, ...request.headers },
			body: request.body ?? null,
			signal: abort.signal,
		});
		const headers = joinHeaders(response.headers);
		const body = await readBody(response.body, headers, options.maxBodyBytes);
		return { status: response.statusCode, headers, ...body };
	} catch (error) {
		if (!abort.signal.aborted) return classifyFailure(error);
		return { failure: "timeout", message: `no complete answer within ${options.timeoutMs} ms` };
	} finally {
		clearTimeout(clock);
	}
}

function joinHeaders(raw: Readonly<Record<string, string | string[] | undefined>>): Headers {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(raw)) {
		if (value !== undefined) headers[name] = typeof value === "string" ? value : value.join(", ");
	}
	return headers;
}

type Body = Pick<HttpAnswer, "body" | "truncated">;

/** Reads up to the limit. A stream without end is cut by the clock, and what came until then is its body. */
async function readBody(raw: Readable, headers: Headers, maxBytes: number): Promise<Body> {
	const mediaType = headers["content-type"] ?? "";
	const chunks: Buffer[] = [];
	let bytes = 0;
	let truncated = false;
	try {
		for await (const chunk of decodeContent(raw, headers["content-encoding"])) {
			chunks.push(chunk as Buffer);
			bytes += (chunk as Buffer).length;
			truncated = bytes > maxBytes;
			if (truncated) break;
		}
	} catch (error) {
		if (!isSequential(mediaType) || !isAbort(error)) throw error;
		truncated = true;
	}
	const body = decodeText(Buffer.concat(chunks).subarray(0, maxBytes), mediaType);
	return truncated ? { body, truncated } : { body };
}

function isAbort(error: unknown): boolean {
	return error instanceof Error && error.name === "AbortError";
}

/** We ask for no coding, and RFC 9110 12.5.3 then leaves the service the choice; some compress all the same. */
function decodeContent(raw: Readable, coding: string | undefined): AsyncIterable<unknown> {
	const decoder = coding === undefined ? undefined : CODINGS[coding.trim().toLowerCase()]?.();
	if (decoder === undefined) return raw;
	raw.once("error", (error) => decoder.destroy(error));
	decoder.once("close", () => raw.destroy());
	return raw.pipe(decoder);
}

const CODINGS: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
	gzip: () => createGunzip() as NodeJS.ReadWriteStream & Readable,
	"x-gzip": () => createGunzip() as NodeJS.ReadWriteStream & Readable,
	deflate: () => createInflate() as NodeJS.ReadWriteStream & Readable,
	br: () => createBrotliDecompress() as NodeJS.ReadWriteStream & Readable,
};

function decodeText(bytes: Buffer, mediaType: string): string {
	const charset = charsetOf(mediaType);
	if (charset === undefined || charset === "utf-8" || charset === "utf8") return bytes.toString("utf8");
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		// A charset that nobody knows: UTF-8 shows at least the ASCII part.
		return bytes.toString("utf8");
	}
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Headers } from "../../http/exchange.ts";
import { type Problem, UserError } from "../../problem/problem.ts";
import type { Answer } from "../answer/answer.ts";
import type { Control } from "../control/control.ts";
import { CONTROL_PATH } from "../control/path.ts";
import { type MockRequest, TOO_LARGE } from "../request/mock-request.ts";
import type { Service } from "../serve.ts";
import { refuseClient, TARGET_BYTES_MAX } from "./refuse-client.ts";
import { sendDisturbed } from "./send-disturbed.ts";

export interface ListenOptions {
	/** 0 takes a free one. */
	readonly port: number;
	readonly host: string;
}

export interface Listening {
	/** Base URL without a trailing slash. */
	readonly url: string;
	close(): Promise<void>;
}

export interface NodeServerOptions extends ListenOptions {
	readonly bodyBytesMax: number;
	/** Told of a mistake of ours; the request is answered with 500. */
	readonly onError: (error: unknown) => void;
	/** Undefined when there is none. */
	readonly control?: Control | undefined;
}

/** Whoever sends slower than this is not waited for. */
const REQUEST_MS_MAX = 30_000;
/** So much of a body that is too large is read, so that its sender comes to hear the answer. */
const DRAINED_FACTOR = 16;

/**
 * Serves over HTTP.
 *
 * @throws UserError when the port is taken or the host is none of this machine
 */
export async function listenNode(service: Service, options: NodeServerOptions): Promise<Listening> {
	const server = createServer({ requestTimeout: REQUEST_MS_MAX }, (request, response) => {
		receive(request, options.bodyBytesMax, (body) => serveOne(service, { request, response, body, options }));
	});
	server.on("clientError", (error, socket) => refuseClient(service, error, socket));
	await startListening(server, options);
	const { address, port, family } = server.address() as AddressInfo;
	return {
		url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
		close: () => closeServer(server),
	};
}

function startListening(server: Server, { port, host }: ListenOptions): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once("error", (cause: NodeJS.ErrnoException) =>
			reject(new UserError([listenProblem(cause, port, host)], { cause })),
		);
		server.listen({ port, host }, resolve);
	});
}

function listenProblem({ code, message }: NodeJS.ErrnoException, port: number, host: string): Problem {
	switch (code) {
		case "EADDRINUSE":
			return {
				code: "port-in-use",
				message: `port ${port} on ${host} is in use`,
				hint: "stop what uses it, or take another one with --port; 0 takes a free one",
			};
		case "EACCES":
			return { code: "port-forbidden", message: `port ${port} may not be used`, hint: "take one above 1023" };
		case "EADDRNOTAVAIL":
		case "ENOTFOUND":
			return { code: "unknown-host", message: `this machine has no address ${host}`, hint: "try --host 127.0.0.1" };
		default:
			return { code: "cannot-listen", message: `cannot listen on ${host}:${port}: ${message}` };
	}
}

function closeServer(server: Server): Promise<void> {
	return new Promise((resolve, reject) => {
		server.close((error) => (error === undefined ? resolve() : reject(error)));
		server.closeAllConnections();
	});
}

/** Hands the body over when all of it is there. A request whose sender goes away is dropped. */
function receive(request: IncomingMessage, bytesMax: number, done: (body: MockRequest["body"]) => void): void {
	const isEmpty = request.headers["content-length"] === undefined && request.headers["transfer-encoding"] === undefined;
	if (isEmpty) {
		done(undefined);
		return;
	}
	const chunks: Buffer[] = [];
	let bytes = 0;
	request.on("data", (chunk: Buffer) => {
		bytes += chunk.length;
		if (bytes <= bytesMax) chunks.push(chunk);
		else chunks.length = 0;
		if (bytes > bytesMax * DRAINED_FACTOR) request.destroy();
	});
	request.on("end", () => done(bytes > bytesMax ? TOO_LARGE : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
	request.on("error", () => undefined);
}

interface Serving {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly body: MockRequest["body"];
	readonly options: NodeServerOptions;
}

const UNDERSCORE = 0x5f;

function isControl(url: string): boolean {
	return url.startsWith(CONTROL_PATH) && /^(?:[/?]|$)/.test(url.slice(CONTROL_PATH.length));
}

function serveOne(service: Service, serving: Serving): void {
	const { request, body, options } = serving;
	const fail = (error: unknown): void => {
		serving.options.onError(error);
		send(serving, service.refuse(500, "The mock failed; this is a mistake of its own"));
	};
	try {
		// Node gives every header but Set-Cookie as one text, and that is none of a request.
		const headers = request.headers as Headers;
		const { url = "/" } = request;
		if (url.length > TARGET_BYTES_MAX) {
			send(serving, service.refuse(414, `The target is longer than ${TARGET_BYTES_MAX} bytes`));
			return;
		}
		// Few paths begin so, and none of them need be compared further.
		if (options.control !== undefined && url.charCodeAt(1) === UNDERSCORE && isControl(url)) {
			const asked: MockRequest = { method: request.method ?? "GET", path: url, headers, body };
			send(serving, options.control.answer(asked, request.socket.remoteAddress));
			return;
		}
		const answer = service.answer({ method: request.method ?? "GET", path: url, headers, body });
		if (answer instanceof Promise) answer.then((done) => send(serving, done)).catch(fail);
		else send(serving, answer);
	} catch (error) {
		fail(error);
	}
}

function send({ request, response, options: { onError } }: Serving, answer: Answer): void {
	const { status, headers, body } = answer;
	const length = body === undefined ? 0 : Buffer.byteLength(body);
	const hasLength = status !== 204 && status !== 304 && request.method !== "HEAD";
	const head = hasLength ? { ...headers, "content-length": length } : { ...headers };
	if (answer.disturbance !== undefined) {
		sendDisturbed(response, answer, head).catch(onError);
		return;
	}
	response.writeHead(status, head);
	// A text without any sign beyond ASCII is the same in either encoding, and written sooner in the shorter one.
	if (typeof body === "string" && body.length === length) response.end(body, "latin1");
	else response.end(body);
}

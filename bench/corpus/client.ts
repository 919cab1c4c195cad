import { Agent, request } from "node:http";

/** A request as this bench writes it. */
export interface Sent {
	readonly method: string;
	/** Path with query. */
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array | undefined;
}

/** What came back; `undefined` when nothing did. */
export interface Received {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
}

export type Send = (sent: Sent) => Promise<Received | undefined>;

const ANSWER_MS_MAX = 30_000;

/** Sends over HTTP with nothing in between: no library mends what a server answers. */
export function createSend(base: string): Send {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const { hostname, port } = new URL(base);
	return (sent) =>
		new Promise((resolve) => {
			const { body } = sent;
			const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
			const options = { agent, hostname, port, path: sent.path, method: sent.method, timeout: ANSWER_MS_MAX };
			const running = request({ ...options, headers: { ...sent.headers, ...length } }, (response) => {
				const chunks: Buffer[] = [];
				response.on("data", (chunk: Buffer) => chunks.push(chunk));
				response.on("error", () => resolve(undefined));
				response.on("end", () => {
					const headers = Object.fromEntries(
						Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
					);
					resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) });
				});
			});
			running.on("timeout", () => running.destroy());
			running.on("error", () => resolve(undefined));
			running.end(body);
		});
}

/** The body of an answer as JSON; undefined when it is none. */
export function jsonOf(received: Received | undefined): unknown {
	if (received === undefined || received.body.length === 0) return undefined;
	try {
		return JSON.parse(received.body.toString());
	} catch {
		return undefined;
	}
}

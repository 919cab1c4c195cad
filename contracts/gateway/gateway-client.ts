import { expect } from "vitest";
import type { JudgeAnswer } from "../documented-answer.ts";

/** What is known about a gateway under test. */
export interface RunningGateway {
	/** Base URL without a trailing slash. */
	readonly url: string;
	/** Past a proxy in between, which does not let through what is not JSON. */
	readonly directUrl?: string;
	readonly adminKey: string;
	close(): Promise<void>;
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed when it is JSON. */
	readonly body: unknown;
}

interface Call {
	readonly body?: unknown;
	/** Sent as it is, in the place of a JSON body. */
	readonly text?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Calls by operation. Every answer is held against the document before it is given back. */
export interface GatewayClient {
	send(method: string, path: string, call?: Call): Promise<Answer>;
	/** `send` with the admin key. */
	admin(method: string, path: string, call?: Call): Promise<Answer>;
	upsert(app: string, config?: unknown): Promise<Answer>;
	get(app: string): Promise<Answer>;
	remove(app: string): Promise<Answer>;
	replaceCids(app: string, numbers: unknown): Promise<Answer>;
	listCids(app: string): Promise<Answer>;
	removeCid(app: string, number: string): Promise<Answer>;
	dial(apiKey: string, from: string): Promise<Answer>;
}

/** A number that nobody answers. */
export const DESTINATION = "35550199";

export function createClient({ url, directUrl = url, adminKey }: RunningGateway, judge: JudgeAnswer): GatewayClient {
	const send = async (method: string, path: string, { body, text, headers }: Call = {}): Promise<Answer> => {
		const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
		const response = await fetch((text === undefined ? url : directUrl) + path, {
			method,
			headers: { ...(payload === undefined ? {} : { "content-type": "application/json" }), ...headers },
			...(payload === undefined ? {} : { body: payload }),
		});
		const answer = { status: response.status, headers: response.headers, body: await readBody(response) };
		expect(judge({ method, path, ...answer }), `${method} ${path}: ${JSON.stringify(answer.body)}`).toEqual([]);
		return answer;
	};
	const admin = (method: string, path: string, call: Call = {}): Promise<Answer> =>
		send(method, path, { ...call, headers: { "x-admin-api-key": adminKey, ...call.headers } });
	return {
		send,
		admin,
		upsert: (app, config = {}) => admin("POST", `/admin/apps/${app}`, { body: config }),
		get: (app) => admin("GET", `/admin/apps/${app}`),
		remove: (app) => admin("DELETE", `/admin/apps/${app}`),
		replaceCids: (app, numbers) => admin("PUT", `/admin/apps/${app}/cids`, { body: numbers }),
		listCids: (app) => admin("GET", `/admin/apps/${app}/cids`),
		removeCid: (app, number) => admin("DELETE", `/admin/apps/${app}/cids/${number}`),
		dial: (apiKey, from) =>
			send("POST", "/api/v1/dial", { body: { from, to: DESTINATION }, headers: { "x-api-key": apiKey } }),
	};
}

async function readBody(response: Response): Promise<unknown> {
	const text = await response.text();
	return response.headers.get("content-type")?.startsWith("application/json") ? JSON.parse(text) : text;
}

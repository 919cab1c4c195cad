import { expect } from "vitest";
import type { JudgeAnswer } from "../documented-answer.ts";

/** An Integra that listens, and a key of it that has every scope. */
export interface RunningIntegra {
	readonly url: string;
	readonly adminKey: string;
	close(): Promise<void>;
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed when it is JSON, else the text. */
	readonly body: unknown;
}

export interface Call {
	/** The operator's unless said otherwise; null for none. */
	readonly key?: string | null;
	/** Sent as JSON. */
	readonly body?: unknown;
	/** Sent as it is. */
	readonly text?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Calls by path below `/admin/v1`; every answer is held against the document at once. */
export interface IntegraClient {
	get(path: string, call?: Call): Promise<Answer>;
	post(path: string, body?: unknown, call?: Call): Promise<Answer>;
	patch(path: string, body: unknown, call?: Call): Promise<Answer>;
	remove(path: string, call?: Call): Promise<Answer>;
	send(method: string, path: string, call?: Call): Promise<Answer>;
}

/** @example await createClient(running, judge).get("/users") */
export function createClient({ url, adminKey }: RunningIntegra, judge: JudgeAnswer): IntegraClient {
	const send = async (method: string, below: string, call: Call = {}): Promise<Answer> => {
		const path = `/admin/v1${below}`;
		const body = call.body === undefined ? call.text : JSON.stringify(call.body);
		const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
		const key = call.key === undefined ? adminKey : call.key;
		const authorization: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
		const answer = await fetch(url + path, {
			method,
			headers: { ...authorization, ...type, ...call.headers },
			...(body === undefined ? {} : { body }),
		});
		const text = await answer.text();
		const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
		const given = { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
		const problems = judge({ method, path: path.split("?", 1)[0] ?? path, ...given });
		expect(problems, `${method} ${path} answered ${answer.status} ${text}`).toEqual([]);
		return given;
	};
	return {
		send,
		get: (path, call) => send("GET", path, call),
		post: (path, body, call) => send("POST", path, { ...call, body }),
		patch: (path, body, call) => send("PATCH", path, { ...call, body }),
		remove: (path, call) => send("DELETE", path, call),
	};
}

import { expect } from "vitest";
import type { JudgeAnswer } from "../documented-answer.ts";

/** An Intry that listens, and the keys that it knows. */
export interface RunningIntry {
	readonly url: string;
	/** Every scope. */
	readonly adminKey: string;
	/** Every scope to read. */
	readonly readerKey: string;
	/** Only `units:read`. */
	readonly narrowKey: string;
	close(): Promise<void>;
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed when it is JSON, else the text. */
	readonly body: unknown;
}

export interface Call {
	/** Whose key is sent; the administrator's unless said otherwise. */
	readonly as?: "admin" | "reader" | "narrow" | "nobody";
	/** What `X-Admin-Env` says, PROD unless said otherwise; null to leave it out. */
	readonly env?: string | null;
	/** Sent as JSON. */
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Calls by path below `/api/admin/`; every answer is held against the document at once. */
export interface IntryClient {
	get(path: string, call?: Call): Promise<Answer>;
	post(path: string, body: unknown, call?: Call): Promise<Answer>;
	patch(path: string, body: unknown, call?: Call): Promise<Answer>;
	remove(path: string, call?: Call): Promise<Answer>;
}

/** @example await createClient(running, judge).get("units?limit=5") */
export function createClient(running: RunningIntry, judge: JudgeAnswer): IntryClient {
	const send = async (method: string, path: string, call: Call): Promise<Answer> => {
		const { env = "PROD", headers, body } = call;
		const place = `/api/admin/${path}`;
		const answer = await fetch(running.url + place, {
			method,
			headers: {
				...authorization(running, call.as ?? "admin"),
				...(env === null ? {} : { "x-admin-env": env }),
				...(body === undefined ? {} : { "content-type": "application/json" }),
				...headers,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
		const given = { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
		const problems = judge({ method, path: place.split("?", 1)[0] ?? place, ...given });
		expect(problems, `${method} ${place} answered ${answer.status} ${text}`).toEqual([]);
		return given;
	};
	return {
		get: (path, call) => send("GET", path, { ...call }),
		post: (path, body, call) => send("POST", path, { ...call, body }),
		patch: (path, body, call) => send("PATCH", path, { ...call, body }),
		remove: (path, call) => send("DELETE", path, { ...call }),
	};
}

function authorization(running: RunningIntry, as: NonNullable<Call["as"]>): Record<string, string> {
	if (as === "nobody") return {};
	const { adminKey, readerKey, narrowKey } = running;
	const key = { admin: adminKey, reader: readerKey, narrow: narrowKey }[as];
	return { authorization: `Bearer ${key}` };
}

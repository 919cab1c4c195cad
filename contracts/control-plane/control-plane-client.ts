import { expect } from "vitest";
import type { JudgeAnswer } from "../documented-answer.ts";

/** A control plane that listens, and the tokens that it knows. */
export interface RunningControlPlane {
	readonly url: string;
	/** Past a proxy in between, which does not let through what is not JSON. */
	readonly directUrl?: string;
	/** Reads and writes in one tenant. */
	readonly adminToken: string;
	/** Only reads in the same tenant. */
	readonly viewerToken: string;
	/** Reads and writes in another tenant. */
	readonly otherTenantToken: string;
	close(): Promise<void>;
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed when it is JSON, else the text. */
	readonly body: unknown;
}

export interface Call {
	/** Whose token is sent; the administrator's unless said otherwise. */
	readonly as?: "admin" | "viewer" | "other-tenant" | "nobody";
	/** Sent as JSON. */
	readonly body?: unknown;
	/** Sent as it is. */
	readonly text?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Calls by path; every answer is held against the document at once. */
export interface ControlPlaneClient {
	get(path: string, call?: Call): Promise<Answer>;
	post(path: string, body?: unknown, call?: Call): Promise<Answer>;
	patch(path: string, body: unknown, call?: Call): Promise<Answer>;
	remove(path: string, call?: Call): Promise<Answer>;
	send(method: string, path: string, call?: Call): Promise<Answer>;
}

/** @example await createClient(running, judge).get("/v1/admin/users") */
export function createClient(running: RunningControlPlane, judge: JudgeAnswer): ControlPlaneClient {
	const send = async (method: string, path: string, call: Call = {}): Promise<Answer> => {
		const { body = call.text, json } = call.body === undefined ? {} : { body: JSON.stringify(call.body), json: true };
		const type: Record<string, string> = json === true || call.text !== undefined ? JSON_TYPE : {};
		const base = baseFor(running, call);
		const answer = await fetch(base + path, {
			method,
			headers: { ...authorization(running, call.as ?? "admin"), ...type, ...call.headers },
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

/** Prism waits for ever for a body that is no JSON, and for one of `null`: those go past it. */
function baseFor({ url, directUrl = url }: RunningControlPlane, { text, body }: Call): string {
	return text === undefined && body !== null ? url : directUrl;
}

const JSON_TYPE = { "content-type": "application/json" };

function authorization(running: RunningControlPlane, as: NonNullable<Call["as"]>): Record<string, string> {
	if (as === "nobody") return {};
	const { adminToken, viewerToken, otherTenantToken } = running;
	const token = { admin: adminToken, viewer: viewerToken, "other-tenant": otherTenantToken }[as];
	return { authorization: `Bearer ${token}` };
}

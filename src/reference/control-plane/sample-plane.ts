import type { Database } from "../database/database.ts";
import { type ControlPlaneOptions, type RunningControlPlane, startControlPlane } from "./start.ts";

/** A control plane for a test, and a way to call it. */
export interface SamplePlane extends RunningControlPlane {
	call(method: string, path: string, call?: SampleCall): Promise<SampleAnswer>;
}

interface SampleCall {
	readonly body?: unknown;
	readonly token?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

interface SampleAnswer {
	readonly status: number;
	readonly headers: Headers;
	readonly body: Readonly<Record<string, unknown>>;
}

export const ADMIN_TOKEN = "admin-token-of-the-sample";

/** @example (await startSample(database)).call("GET", "/v1/admin/users") */
export async function startSample(database: Database, options: ControlPlaneOptions = {}): Promise<SamplePlane> {
	const running = await startControlPlane({ adminToken: ADMIN_TOKEN, database, ...options });
	return {
		...running,
		call: async (method, path, { body, token = ADMIN_TOKEN, headers } = {}) => {
			const answer = await fetch(running.url + path, {
				method,
				headers: {
					authorization: `Bearer ${token}`,
					...(body === undefined ? {} : { "content-type": "application/json" }),
					...headers,
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			const text = await answer.text();
			return { status: answer.status, headers: answer.headers, body: text === "" ? {} : JSON.parse(text) };
		},
	};
}

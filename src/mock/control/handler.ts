import { UserError } from "../../problem/problem.ts";
import type { Answer } from "../answer/answer.ts";
import { json } from "./json-answer.ts";

/** A request to a part of the control. */
export interface ControlCall {
	readonly method: string;
	/** The path below that part, still percent-encoded. */
	readonly steps: readonly string[];
	readonly query: URLSearchParams;
	/** Parsed; undefined when there was none. */
	readonly body: unknown;
}

export type Handler = (call: ControlCall) => Answer;

export const DONE: Answer = { status: 204, headers: {} };

/** Hands a call to whoever answers its method. */
export function byMethod(handlers: ReadonlyMap<string, Handler> | Readonly<Record<string, Handler>>): Handler {
	const known = handlers instanceof Map ? handlers : new Map(Object.entries(handlers));
	return (call) => {
		const handler = known.get(call.method);
		if (handler !== undefined) return handler(call);
		const allow = [...known.keys()].join(", ");
		const answer = json(405, { error: `allowed here are ${allow}` });
		return { ...answer, headers: { ...answer.headers, allow } };
	};
}

/** What a caller of the control did wrong. */
export function mistake(message: string, hint: { readonly hint?: string } = {}): UserError {
	return new UserError([{ code: "bad-control", message, ...hint }]);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

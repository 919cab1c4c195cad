import type { Answer } from "../answer/answer.ts";

const HEADERS = {
	"content-type": "application/json",
	"cache-control": "no-store",
	"x-content-type-options": "nosniff",
};

/** An answer of the control, for people and programs. */
export function json(status: number, value: unknown): Answer {
	return { status, headers: HEADERS, body: `${JSON.stringify(value, undefined, 2)}\n` };
}

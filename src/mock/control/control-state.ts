import type { Json } from "../../http/exchange.ts";
import type { Mock } from "../mock.ts";
import { byMethod, DONE, type Handler, isRecord, mistake } from "./handler.ts";
import { json } from "./json-answer.ts";

/** Reads and edits what a mock holds, by path. */
export function controlState({ state }: Mock): Handler {
	const absent = (path: string) => json(404, { error: `there is nothing at ${path}` });
	const all = byMethod({ GET: () => json(200, state.all()) });
	const one = byMethod({
		GET: ({ steps }) => {
			const path = steps.join("/");
			const value = state.get(path);
			return value === undefined ? absent(path) : json(200, value);
		},
		PUT: ({ steps, body }) => {
			const path = steps.join("/");
			if (body === undefined) throw mistake("the body is the value to put there, as JSON");
			state.set(path, body as Json);
			return json(200, state.get(path));
		},
		PATCH: ({ steps, body }) => {
			const path = steps.join("/");
			const before = state.get(path);
			if (before === undefined) return absent(path);
			if (!isRecord(before) || !isRecord(body)) throw mistake("only members of an object can be changed, by an object");
			state.set(path, { ...before, ...body } as Json);
			return json(200, state.get(path));
		},
		DELETE: ({ steps }) => (state.remove(steps.join("/")) ? DONE : absent(steps.join("/"))),
	});
	return (call) => (call.steps.length === 0 ? all(call) : one(call));
}

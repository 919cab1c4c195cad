import type { Call } from "./call.ts";
import { isObject, type Value } from "./value.ts";

/** The call with the broken parts of its body left out: what a service that stops half way has applied by then. */
export function validPart(call: Call): Call {
	const flawed = new Set(call.flaws.filter((flaw) => flaw.in === "body").map(({ at }) => at.split("/")[1] ?? ""));
	const { body } = call;
	if (flawed.has("") || body === undefined) return call;
	return { ...call, body: withoutMembers(body, flawed), flaws: [] };
}

function withoutMembers(body: Value, flawed: ReadonlySet<string>): Value {
	if (Array.isArray(body)) return body.filter((_item: Value, index) => !flawed.has(String(index)));
	if (!isObject(body)) return body;
	return Object.fromEntries(Object.entries(body).filter(([name]) => !flawed.has(name)));
}

import type { Form, Wants } from "../../model/model.ts";
import { isObject, type Value } from "../../model/value.ts";

interface Making {
	/** A value for a field that is wanted and not there. */
	readonly draw: (name: string) => Value | undefined;
	readonly formed: (form: Form) => Value | undefined;
}

/** The body as the service was seen to want it: without what it refuses, with what it asks for, in the look it takes. */
export function asWanted(body: Value, wants: Wants | undefined, { draw, formed }: Making): Value {
	if (wants === undefined || !isObject(body)) return body;
	const kept = Object.entries(body).filter(([name]) => !wants.without.has(name));
	const missing = [...wants.with].filter((name) => !Object.hasOwn(body, name));
	const names = [...kept.map(([name]) => name), ...missing];
	const values = names.flatMap((name): [string, Value][] => {
		const form = wants.forms.get(name);
		const value = form === undefined ? (Object.hasOwn(body, name) ? body[name] : draw(name)) : formed(form);
		return value === undefined ? [] : [[name, value]];
	});
	return Object.fromEntries(values);
}

/** A name of a domain of its own stands beside others; everything else goes on where something of ours ends. */
const DOMAIN = /^(?:[a-z0-9-]+\.)+[a-z0-9-]*$/i;

/**
 * A text of the same look that nobody else has.
 *
 * @example withFront("example.com.", "hf1") // "hf1.example.com."
 */
export function withFront(text: string, front: string): string {
	return DOMAIN.test(text) ? `${front}.${text}` : `${front}${text}`;
}

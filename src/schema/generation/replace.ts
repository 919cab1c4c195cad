import { isObject, set } from "../normalize-node.ts";
import { parsePointer } from "../reference.ts";

/**
 * A copy of a value with another one at a place; what lies beside the way is shared. The place must exist.
 *
 * @example replaceAt({ a: [1, 2] }, "/a/1", 3) // { a: [1, 3] }
 */
export function replaceAt(value: unknown, pointer: string, replacement: unknown): unknown {
	const change = (inner: unknown, tokens: readonly string[]): unknown => {
		const [token, ...rest] = tokens;
		if (token === undefined) return replacement;
		if (Array.isArray(inner)) return inner.with(Number(token), change(inner[Number(token)], rest));
		if (!isObject(inner)) throw new Error(`nothing stands at ${pointer}`);
		return withProperty(inner, token, change(inner[token], rest));
	};
	return change(value, parsePointer(pointer));
}

/** A copy of an object with one property more, or changed. */
export function withProperty(
	object: Readonly<Record<string, unknown>>,
	name: string,
	value: unknown,
): Record<string, unknown> {
	const copy = { ...object };
	set(copy, name, value);
	return copy;
}

/** A copy of an object without one property. */
export function withoutProperty(object: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
	const copy = { ...object };
	delete copy[name];
	return copy;
}

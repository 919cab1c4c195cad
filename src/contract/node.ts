/** An object of a document. Read its fields with `field`: names like `constructor` come from outside. */
export type RawObject = Readonly<Record<string, unknown>>;

/** An object that is no list. */
export function isObject(value: unknown): value is RawObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * An own field of a map; undefined when the value is no map or has no such field.
 *
 * @example field({ a: 1 }, "constructor") // undefined
 */
export function field(value: unknown, name: string): unknown {
	return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** An own field that is a string, or undefined. YAML gives `version: 1.0` as a number, and the author meant its text. */
export function textField(value: unknown, name: string): string | undefined {
	const found = field(value, name);
	if (typeof found === "string") return found;
	return typeof found === "number" || typeof found === "boolean" ? String(found) : undefined;
}

/** What kind of value stands there, in words for a person. */
export function kindOf(value: unknown): string {
	if (value === null) return "null";
	if (Array.isArray(value)) return "a list";
	if (typeof value === "object") return "a map";
	if (value === undefined) return "nothing";
	return `a ${typeof value}`;
}

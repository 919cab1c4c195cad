import type { Json } from "../http/exchange.ts";

/**
 * Who decides a value that the client did not send. `unique`: an id or a secret. `stable`: captured, then expected
 * again. `volatile`: times and counters, never compared. `default`: what a field holds when nobody set it, one value
 * for the whole field.
 */
export type Owner = "unique" | "stable" | "volatile" | "default";

const OWNER: unique symbol = Symbol("owner");

/** A value that only the server knows; two with the same name stand for the same value. */
export interface ServerValue {
	readonly [OWNER]: Owner;
	readonly name: string;
	/** What it is known not to be: what was written before and should be there no longer. */
	readonly not?: Value;
}

/** A JSON value in which the server's own values may still stand as symbols. */
export type Value =
	| null
	| boolean
	| number
	| string
	| ServerValue
	| readonly Value[]
	| { readonly [key: string]: Value };

/** @example serverValue("unique", "users/1.id") */
export function serverValue(owner: Owner, name: string, not?: Value): ServerValue {
	const symbol = { __proto__: UNWRITTEN, [OWNER]: owner, name };
	if (not === undefined) return symbol;
	const restrained = { __proto__: UNWRITTEN, [OWNER]: owner, name, not };
	return restrained;
}

/** Nobody but the server can write it down: where a value that holds it is shown, it is left out. */
const UNWRITTEN = Object.defineProperty({}, "toJSON", { value: () => undefined });

export function isServerValue(value: unknown): value is ServerValue {
	return typeof value === "object" && value !== null && OWNER in value;
}

export function ownerOf(value: ServerValue): Owner {
	return value[OWNER];
}

/** Tells a JSON object (and neither an array nor a server value). */
export function isObject(value: unknown): value is { readonly [key: string]: Value } {
	return typeof value === "object" && value !== null && !Array.isArray(value) && !(OWNER in value);
}

/** A member of an object of its own: nobody's body says what every object inherits (`constructor`). */
export function propertyOf(value: Value | undefined, name: string): Value | undefined {
	return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A text that is equal for equal values, whatever the order of keys: the identity of a key or a member. */
export function identify(value: Value | undefined): string {
	if (value === undefined) return "";
	if (isServerValue(value)) return `§${value.name}`;
	if (Array.isArray(value)) return `[${value.map(identify).join(",")}]`;
	if (isObject(value)) {
		const members = Object.keys(value).sort();
		return `{${members.map((name) => `${JSON.stringify(name)}:${identify(value[name])}`).join(",")}}`;
	}
	return JSON.stringify(value);
}

/**
 * The identity of what names an item. A path carries text, so a number and its digits name the same thing, and so do a
 * list and its items with commas between them.
 */
export function identifyKey(key: Value | undefined): string {
	if (Array.isArray(key)) return JSON.stringify((key as readonly Value[]).map(String).join(","));
	return typeof key === "number" || typeof key === "boolean" ? JSON.stringify(String(key)) : identify(key);
}

/** What the server's symbols turned out to be. A symbol that is bound to `undefined` turned out to be absent. */
export type Bindings = ReadonlyMap<string, Json | undefined>;

/** The value with every bound symbol replaced; undefined when one of them is not known yet. */
export function concretize(value: Value, bindings: Bindings): Json | undefined {
	if (isServerValue(value)) return bindings.get(value.name);
	if (Array.isArray(value)) {
		const items = value.map((item) => concretize(item, bindings));
		return items.some((item) => item === undefined) ? undefined : (items as Json[]);
	}
	if (!isObject(value)) return value as Json;
	const members: [string, Json][] = [];
	for (const [name, member] of Object.entries(value)) {
		const known = concretize(member, bindings);
		if (known === undefined) return undefined;
		members.push([name, known]);
	}
	return Object.fromEntries(members);
}

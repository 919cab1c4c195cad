import { resourceNamed } from "../model.ts";
import type { Resource } from "../resource.ts";
import { addressOf, type Scene } from "../scene.ts";
import type { Entry } from "../state.ts";
import { propertyOf, serverValue, type Value } from "../value.ts";
import { serialOf } from "./item.ts";

/** Where a field of a new item takes its value from: an item that the request names. */
export interface Origin {
	readonly of: string;
	readonly field: string;
}

/** What a new item holds beyond what the request carries of it. */
export interface Given {
	/** The same for each. */
	readonly with?: Readonly<Record<string, Value>>;
	/** Taken from what the request names. */
	readonly from?: Readonly<Record<string, Origin>>;
	/** The field of which a rival takes nothing. */
	readonly drops?: string;
}

/** @example givenWords({ with: { status: "active" } }) // ' with status "active"' */
export function givenWords({ with: fixed = {}, from = {} }: Given): string {
	const words = [
		...Object.entries(fixed).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
		...Object.entries(from).map(([name, { of, field }]) => `${name} taken from ${field} of ${of}`),
	];
	return words.length === 0 ? "" : ` with ${words.join(" and ")}`;
}

/** Names of the fields that are given a value. */
export function givenNames({ with: fixed = {}, from = {} }: Given): readonly string[] {
	return [...Object.keys(fixed), ...Object.keys(from)];
}

/** The item with what it is given; what the request does not name gives nothing. */
export function withGiven(given: Given, scene: Scene, resource: Resource, entry: Entry): Entry {
	if (typeof entry.value !== "object" || entry.value === null) return entry;
	const taken = Object.entries(given.from ?? {}).flatMap(([name, origin]): [string, Value][] => {
		const value = valueAt(scene, origin);
		return value === undefined ? [] : [[name, value]];
	});
	const fields = { ...given.with, ...Object.fromEntries(taken) };
	const { drops } = given;
	const lost = drops === undefined ? undefined : fields[drops];
	const kept =
		drops === undefined || lost === undefined
			? fields
			: { ...fields, [drops]: serverValue("default", `${resource.name}#${serialOf(scene, resource)}.${drops}`, lost) };
	return { key: entry.key, value: { ...(entry.value as { readonly [name: string]: Value }), ...kept } };
}

function valueAt(scene: Scene, { of, field }: Origin): Value | undefined {
	const { container, key } = addressOf(scene, of);
	const entry = key === undefined ? undefined : scene.view.entry(container, key);
	if (entry === undefined) return undefined;
	return field === resourceNamed(scene.model, of).key?.property ? entry.key : propertyOf(entry.value, field);
}

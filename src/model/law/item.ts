import type { Behaviour } from "../model.ts";
import { ANY, type Pattern } from "../pattern.ts";
import type { Field, Resource } from "../resource.ts";
import type { Address, Scene } from "../scene.ts";
import type { Change, Entry } from "../state.ts";
import { isObject, serverValue, type Value } from "../value.ts";

/** How a body becomes an item: `overwrite` unsets what was not sent, `merge` keeps it, `ignore` keeps everything. */
export type ItemWrite = "overwrite" | "merge" | "deep-merge" | "ignore";

/** The name under which creations of a resource are counted, so that every new item has symbols of its own. */
export function madeCounter(resource: string): string {
	return `made/${resource}`;
}

/** The item that a body makes at an address, and the changes that store it. */
export function storeItem(
	scene: Scene,
	at: Address & { key: Value },
	how: ItemWrite,
): { entry: Entry; changes: Change[] } {
	const previous = scene.view.entry(at.container, at.key);
	const counter = madeCounter(at.resource.name);
	const serial = scene.view.counter(counter);
	const made: Change[] = previous === undefined ? [{ kind: "count", name: counter, by: 1 }] : [];
	const value = itemValue(at.resource, { body: scene.call.body, previous: previous?.value, how, key: at.key, serial });
	const entry = { key: at.key, value };
	return { entry, changes: [...made, { kind: "put", container: at.container, entry }] };
}

interface Writing {
	readonly body: Value | undefined;
	readonly previous: Value | undefined;
	readonly how: ItemWrite;
	readonly key: Value;
	readonly serial: number;
}

function itemValue(resource: Resource, writing: Writing): Value {
	const members: Record<string, Value> = {};
	for (const field of resource.fields.values()) members[field.name] = fieldValue(resource, field, writing);
	return members;
}

function fieldValue(resource: Resource, field: Field, writing: Writing): Value {
	if (field.name === resource.key?.property) return writing.key;
	const sent = isObject(writing.body) ? writing.body[field.name] : undefined;
	const before = isObject(writing.previous) ? writing.previous[field.name] : undefined;
	const kept = before ?? unset(resource, field, writing.serial);
	if (field.owner !== "client") return before ?? serverOwned(resource, field, writing.serial);
	if (writing.how === "ignore") return kept;
	if (sent === undefined) return writing.how === "overwrite" ? unset(resource, field, writing.serial) : kept;
	return writing.how === "deep-merge" ? deepMerge(kept, sent) : sent;
}

function unset(resource: Resource, field: Field, serial: number): Value {
	if (field.whenUnset.kind === "documented") return field.whenUnset.value as Value;
	if (field.whenUnset.kind === "same") return serverValue("default", `${resource.name}.${field.name}`);
	return serverValue("volatile", `${resource.name}#${serial}.${field.name}`);
}

function serverOwned(resource: Resource, field: Field, serial: number): Value {
	const owner = field.owner === "client" ? "volatile" : field.owner;
	return serverValue(owner, `${resource.name}#${serial}.${field.name}`);
}

/** Members of objects are merged, everything else is taken as sent. */
function deepMerge(before: Value, sent: Value): Value {
	if (!isObject(before) || !isObject(sent)) return sent;
	const merged: Record<string, Value> = { ...before };
	for (const [name, value] of Object.entries(sent)) {
		const known = Object.hasOwn(before, name) ? before[name] : undefined;
		merged[name] = known === undefined ? value : deepMerge(known, value);
	}
	return merged;
}

/** What an answer shows of an item: the fields that its schema names and that may be compared. */
export function showItem(resource: Resource, fields: readonly string[], value: Value): Pattern {
	if (!isObject(value)) return { kind: "value", value, order: "kept" };
	const members: Record<string, Pattern> = {};
	for (const name of fields) {
		const field = resource.fields.get(name);
		const known = value[name];
		if (field === undefined || known === undefined || !field.compared || field.writeOnly) continue;
		members[name] = { kind: "value", value: known, order: field.order };
	}
	return { kind: "object", members };
}

/** What an answer that shows an item shows of this one; anything when it shows something else. */
export function answerItem(behaviour: Behaviour, resource: Resource, value: Value): Pattern {
	return behaviour.answer.shows === "item" ? showItem(resource, behaviour.answer.fields, value) : ANY;
}

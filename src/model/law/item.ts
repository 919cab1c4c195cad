import { typesOf } from "../../schema/navigate.ts";
import type { Behaviour } from "../model.ts";
import { ANY, type Pattern } from "../pattern.ts";
import type { Field, Resource } from "../resource.ts";
import type { Address, Scene } from "../scene.ts";
import type { Change, Entry } from "../state.ts";
import { isObject, isServerValue, ownerOf, propertyOf, serverValue, type Value } from "../value.ts";

/** How a body becomes an item: `overwrite` unsets what was not sent, `merge` keeps it, `ignore` keeps everything. */
export type ItemWrite = "overwrite" | "merge" | "deep-merge" | "ignore";

/** What names the item that a call makes: the call's own tag in a plan, else how many were made before. */
export function serialOf(scene: Scene, resource: Resource): string {
	return scene.call.tag ?? String(scene.view.counter(madeCounter(resource.name)));
}

function madeCounter(resource: string): string {
	return `made/${resource}`;
}

/** The item that a body makes at an address, and the changes that store it. */
export function storeItem(
	scene: Scene,
	at: Address & { key: Value },
	how: ItemWrite,
): { entry: Entry; changes: Change[] } {
	const previous = scene.view.entry(at.container, at.key);
	const serial = serialOf(scene, at.resource);
	const made: Change[] = previous === undefined ? [{ kind: "count", name: madeCounter(at.resource.name), by: 1 }] : [];
	const value = itemValue(at.resource, { body: scene.call.body, previous: previous?.value, how, key: at.key, serial });
	const entry = { key: at.key, value };
	return { entry, changes: [...made, { kind: "put", container: at.container, entry }] };
}

interface Writing {
	readonly body: Value | undefined;
	readonly previous: Value | undefined;
	readonly how: ItemWrite;
	readonly key: Value;
	readonly serial: string;
}

function itemValue(resource: Resource, writing: Writing): Value {
	const fields = [...resource.fields.values()];
	return Object.fromEntries(fields.map((field) => [field.name, fieldValue(resource, field, writing)]));
}

function fieldValue(resource: Resource, field: Field, writing: Writing): Value {
	if (field.name === resource.key?.property) return writing.key;
	const sent = propertyOf(writing.body, field.name);
	const before = propertyOf(writing.previous, field.name);
	const kept = before ?? unset(resource, field, writing.serial);
	if (field.owner !== "client") return before ?? serverOwned(resource, field, writing.serial);
	if (writing.how === "ignore") return kept;
	if (sent === undefined) return writing.how === "overwrite" ? unset(resource, field, writing.serial) : kept;
	return writing.how === "deep-merge" ? deepMerge(kept, sent) : sent;
}

function unset(resource: Resource, field: Field, serial: string): Value {
	if (field.whenUnset.kind === "documented") return field.whenUnset.value as Value;
	if (field.whenUnset.kind === "same") return serverValue("default", `${resource.name}.${field.name}`);
	return serverValue("volatile", `${resource.name}#${serial}.${field.name}`);
}

function serverOwned(resource: Resource, field: Field, serial: string): Value {
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

/** Which fields an answer shows, and whether it is the one that may reveal a secret. */
export interface Showing {
	readonly fields: readonly string[];
	readonly reveals: boolean;
	/** Fields that the answer may leave out. */
	readonly optional?: readonly string[];
}

/**
 * What an answer shows of an item: the fields that its schema names and that may be compared. A value never changes, so
 * the same question about it gives the same pattern: whoever serves can keep what it made of that.
 */
export function showItem(resource: Resource, showing: Showing, value: Value): Pattern {
	if (!isObject(value)) return { kind: "value", value, order: "kept" };
	const { fields, reveals, optional } = showing;
	const known = shown.get(value) ?? [];
	const same = known.find(
		(one) => one.resource === resource && one.fields === fields && one.reveals === reveals && one.optional === optional,
	);
	if (same !== undefined) return same.pattern;
	const pattern = showFields(resource, showing, value);
	shown.set(value, [{ ...showing, resource, pattern }, ...known.slice(0, SHOWN_MAX - 1)]);
	return pattern;
}

/** An item is shown by its list, its reader, its writers; a planner that tries many models needs no more kept. */
const SHOWN_MAX = 4;
const shown = new WeakMap<object, readonly (Showing & { readonly resource: Resource; readonly pattern: Pattern })[]>();

function showFields(resource: Resource, { fields, reveals, optional = [] }: Showing, value: Value): Pattern {
	const members = fields.flatMap((name): readonly (readonly [string, Pattern])[] => {
		const field = resource.fields.get(name);
		const known = propertyOf(value, name);
		if (field === undefined || known === undefined || !field.compared || field.writeOnly) return [];
		const pattern = showField(field, known, reveals);
		return [[name, pattern.kind === "value" && optional.includes(name) ? { ...pattern, optional: true } : pattern]];
	});
	return { kind: "object", members: Object.fromEntries(members) };
}

/** A secret is not shown again; what nobody set is none. */
function showField(field: Field, known: Value, reveals: boolean): Pattern {
	const isHidden = field.reveal !== undefined && !(reveals && field.reveal === "once");
	if (!isHidden) return { kind: "value", value: known, order: field.order };
	return isSecret(known) ? { kind: "not", value: known } : ANY;
}

function isSecret(value: Value): boolean {
	if (isServerValue(value)) return ownerOf(value) === "unique" || ownerOf(value) === "stable";
	return typeof value === "string" && value !== "";
}

/** What an answer that shows an item shows of this one; anything when it shows something else. */
export function answerItem(
	behaviour: Behaviour,
	resource: Resource,
	{ value, reveals = false }: { value: Value; reveals?: boolean },
): Pattern {
	const { shows, fields, optional } = behaviour.answer;
	if (shows !== "item") return ANY;
	return showItem(resource, { fields, reveals, ...(optional === undefined ? {} : { optional }) }, value);
}

/** Whether an item holds something that is shown once. */
export function hasSecret(resource: Resource): boolean {
	return [...resource.fields.values()].some(({ reveal }) => reveal === "once");
}

/** Whether merging an item deeply is anything else than merging it. */
export function hasObjects(resource: Resource): boolean {
	return [...resource.fields.values()].some(({ written, schema }) => written && typesOf(schema).includes("object"));
}

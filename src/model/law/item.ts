import type { Operation } from "../../contract/contract.ts";
import { enumeration, items, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { bodySchema, escapePointer, propertiesOf } from "../infer/shown.ts";
import type { Field, Resource } from "../resource.ts";
import { type Address, type Scene, sentItem } from "../scene.ts";
import type { Change, Entry } from "../state.ts";
import { identify, isObject, isServerValue, ownerOf, propertyOf, serverValue, type Value } from "../value.ts";

/**
 * How a body becomes an item: `overwrite` unsets what was not sent, `reset` does so but for what is required, `merge`
 * keeps it, `deep-merge` keeps it in objects as well and `without-null` does, but a null takes nothing away, `shallow`
 * keeps it but in objects, where what is not sent becomes what it was at first, `ignore` keeps everything.
 */
export type ItemWrite = "overwrite" | "reset" | "merge" | "shallow" | "deep-merge" | "without-null" | "ignore";

/** What names the item that a call writes: the call's own tag in a plan, else how many were written before. */
export function serialOf(scene: Scene, resource: Resource): string {
	return scene.call.tag ?? String(scene.view.counter(writtenCounter(resource.name)));
}

function writtenCounter(resource: string): string {
	return `made/${resource}`;
}

/** The item that a body makes at an address, and the changes that store it. */
export function storeItem(
	scene: Scene,
	at: Address & { key: Value },
	how: ItemWrite,
): { entry: Entry; changes: Change[] } {
	const previous = scene.view.entry(at.container, at.key);
	const value = itemValue(at.resource, {
		body: sentItem(scene),
		holds: heldBy(scene.behaviour.operation, scene.behaviour.takes ?? ""),
		spares: scene.behaviour.spares,
		previous: previous?.value,
		how,
		key: at.key,
		serial: serialOf(scene, at.resource),
		frozen: frozenIn(scene),
		kept: keptFromClients(scene),
		isKnown: previous !== undefined || !mayBeThere(scene, at),
	});
	const entry = { key: at.key, value };
	return { entry, changes: [countWritten(at.resource), { kind: "put", container: at.container, entry }] };
}

/** The item that a changed document makes of one that stands at an address, and the changes that store it. */
export function storeDocument(
	scene: Scene,
	at: Address & { key: Value },
	{ document, removed = "unset" }: { document: Value; removed?: "unset" | "absent" },
): { entry: Entry; changes: Change[] } {
	const { resource, container, key } = at;
	const previous = scene.view.entry(container, key)?.value;
	const serial = serialOf(scene, resource);
	const members = [...resource.fields.values()].flatMap((field): [string, Value][] => {
		const { name, schema } = field;
		const [before, after] = [propertyOf(previous, name), propertyOf(document, name)];
		const isSame = before === after || identify(before) === identify(after);
		// What a client does not write is the server's, whatever the document says of it.
		if (isSame || field.owner !== "client" || name === resource.key?.property)
			return before === undefined ? [] : [[name, before]];
		// A field that is written once is left, or is not: nobody knows.
		if (field.immutable !== undefined)
			return [[name, serverValue("volatile", `${resource.name}#${serial}.${name} perhaps`)]];
		if (after !== undefined) return [[name, takePlace(before, after, { schema, name: `${resource.name}#${serial}` })]];
		const isGone = removed === "absent" && field.whenUnset.kind === "documented";
		const unsetField: Field = isGone ? { ...field, whenUnset: { kind: "unknown" } } : field;
		return [[name, unset(resource, unsetField, { serial, before, ignored: undefined })]];
	});
	const entry = { key, value: Object.fromEntries(members) };
	return { entry, changes: [countWritten(resource), { kind: "put", container, entry }] };
}

/** What a field of a new item holds that no body writes. */
export function unsentValue(resource: Resource, field: Field, serial: string): Value {
	return field.owner === "client"
		? unset(resource, field, { serial, before: undefined, ignored: undefined })
		: serverOwned(resource, field, serial);
}

/** The fields that an operation leaves as they were written first. */
function frozenIn({ behaviour }: Scene): ReadonlySet<string> | undefined {
	const names = behaviour.guards.flatMap((guard) =>
		guard.kind === "frozen" && guard.enforced ? [guard.property] : [],
	);
	return names.length === 0 ? undefined : new Set(names);
}

/** Fields that clients do not write, and whether somebody sees to that. */
function keptFromClients({ behaviour }: Scene): ReadonlyMap<string, boolean> | undefined {
	const named = behaviour.guards.flatMap((guard): [string, boolean][] =>
		guard.kind === "read-only" ? [[guard.property, guard.enforced]] : [],
	);
	return named.length === 0 ? undefined : new Map(named);
}

/** Names of the fields of the item that an operation's body describes, which are asked for at every write. */
export function heldBy(operation: Operation, at: string): ReadonlySet<string> | undefined {
	const known = heldByOperation.get(operation);
	if (known !== undefined) return known.names;
	const body = bodySchema(operation);
	const inner =
		body === undefined || at === ""
			? body
			: propertiesOf(body).find(({ name }) => at === `/${escapePointer(name)}`)?.schema;
	const all = inner === undefined ? [] : propertiesOf(inner);
	const named = all.filter(({ readOnly }) => !readOnly).map(({ name }) => name);
	const held = all.length === 0 ? undefined : new Set(named);
	heldByOperation.set(operation, { names: held });
	return held;
}

const heldByOperation = new WeakMap<Operation, { readonly names: ReadonlySet<string> | undefined }>();

/** Every write has names of its own for what only the server knows. */
export function countWritten({ name }: Resource): Change {
	return { kind: "count", name: writtenCounter(name), by: 1 };
}

/** Whether something may stand there although we did not put it there: a singleton of a live service always does. */
function mayBeThere({ view }: Scene, { resource, container }: Address): boolean {
	return view.isUnsure?.() === true || (resource.kind === "singleton" && !view.isComplete(container));
}

interface Writing {
	readonly body: Value | undefined;
	/** Names of the fields that such a body can carry; undefined when nothing says so. */
	readonly holds: ReadonlySet<string> | undefined;
	/** Names of the fields that stay when they are left out. */
	readonly spares: ReadonlySet<string> | undefined;
	readonly previous: Value | undefined;
	readonly how: ItemWrite;
	readonly key: Value;
	readonly serial: string;
	/** Names of fields that keep what was written first. */
	readonly frozen: ReadonlySet<string> | undefined;
	/** Fields that clients do not write; false where a rival lets them. */
	readonly kept: ReadonlyMap<string, boolean> | undefined;
	/** False when something was there before that nobody has seen. */
	readonly isKnown: boolean;
}

function itemValue(resource: Resource, writing: Writing): Value {
	const members: [string, Value][] = [];
	for (const field of resource.fields.values()) {
		const before = writing.frozen?.has(field.name) === true ? propertyOf(writing.previous, field.name) : undefined;
		members.push([field.name, before ?? fieldValue(resource, field, writing)]);
	}
	return Object.fromEntries(members);
}

function fieldValue(resource: Resource, field: Field, writing: Writing): Value {
	if (field.name === resource.key?.property) return writing.key;
	// What such a body does not document is not written, whoever sends it.
	const sent = writing.holds?.has(field.name) === false ? undefined : propertyOf(writing.body, field.name);
	const before = propertyOf(writing.previous, field.name);
	const { serial, how } = writing;
	if (field.owner !== "client") return serversValue(resource, field, { ...writing, before });
	// What was ignored is not what was sent, whatever it is.
	const ignored = how === "ignore" ? sent : undefined;
	const nothing = (): Value => unset(resource, field, { serial, before: before ?? ignored, ignored });
	const kept = (): Value => before ?? (writing.isKnown ? nothing() : unseen(resource, field, serial));
	if (how === "ignore") return kept();
	// What a body cannot carry it does not unset.
	const isSpared = writing.spares?.has(field.name) === true || writing.holds?.has(field.name) === false;
	if (sent === undefined) return unsets(field, how) && !isSpared ? nothing() : kept();
	if (how === "without-null" && sent === null) return kept();
	if (how === "shallow") return asAtFirst(kept(), sent, { resource, field });
	if (!MERGES_INSIDE.has(how))
		return takePlace(before, sent, { schema: field.schema, name: `${resource.name}#${serial}` });
	return sent === null
		? nothing()
		: deepMerge(kept(), sent, {
				schema: field.schema,
				name: `${resource.name}#${serial}.${field.name}`,
				keepsNulled: how === "without-null",
			});
}

const MERGES_INSIDE: ReadonlySet<ItemWrite> = new Set(["deep-merge", "without-null"]);

/** Whether a field that was not sent is unset. */
function unsets({ required }: Field, how: ItemWrite): boolean {
	return how === "overwrite" || (how === "reset" && !required);
}

/** What a field held before anybody looked. */
function unseen(resource: Resource, field: Field, serial: string): Value {
	return serverValue("stable", `${resource.name}#${serial}.${field.name} before`);
}

/** Whatever it holds when nobody set it, it is no longer what somebody set before. */
function unset(
	resource: Resource,
	field: Field,
	{ serial, before, ignored }: { serial: string; before: Value | undefined; ignored: Value | undefined },
): Value {
	const { kind } = field.whenUnset;
	if (kind === "documented") return field.whenUnset.value as Value;
	const isLost = ignored === before && Array.isArray(ignored) && ignored.length > 0;
	const not = before !== undefined && (isLost || isTelling(before, field.schema)) ? before : undefined;
	if (kind === "same") return serverValue("default", `${resource.name}.${field.name}`, not);
	const owner = kind === "unknown" ? "default" : "volatile";
	return serverValue(owner, `${resource.name}#${serial}.${field.name}`, not);
}

/** What the server says, and not what a client sent in its place. */
function serversValue(
	resource: Resource,
	field: Field,
	{ before, body, kept, serial }: Writing & { readonly before: Value | undefined },
): Value {
	const isKept = kept?.get(field.name);
	const sent = isKept === undefined ? undefined : propertyOf(body, field.name);
	const own = before ?? serverOwned(resource, field, serial);
	if (sent === undefined) return own;
	if (isKept === false) return sent;
	const isOpen = isServerValue(own) && (before === undefined || ownerOf(own) === "volatile");
	if (!isOpen || !isTelling(sent, field.schema)) return own;
	return serverValue(ownerOf(own), before === undefined ? own.name : `${resource.name}#${serial}.${field.name}`, sent);
}

function serverOwned(resource: Resource, field: Field, serial: string): Value {
	const owner = field.owner === "client" ? "volatile" : field.owner;
	return serverValue(owner, `${resource.name}#${serial}.${field.name}`);
}

/** The object that was sent, and of what stood there before and was not sent, that it is gone. */
function takePlace(
	before: Value | undefined,
	sent: Value,
	{ schema, name }: { schema: Schema | undefined; name: string },
): Value {
	if (!isObject(before) || !isObject(sent)) return sent;
	const known = new Map(schema === undefined ? [] : propertiesOf(schema).map((one) => [one.name, one.schema]));
	const lost = Object.entries(before).filter(
		([member, value]) => !Object.hasOwn(sent, member) && isTelling(value, known.get(member)),
	);
	return Object.fromEntries([
		...Object.entries(sent).map(([member, value]): [string, Value] => [
			member,
			takePlace(propertyOf(before, member), value, { schema: known.get(member), name: `${name}.${member}` }),
		]),
		...lost.map(([member, value]): [string, Value] => [member, serverValue("default", `${name}.${member}`, value)]),
	]);
}

/** The object that was sent; what stood inside of the one before and was not sent becomes what it is in every item at first. */
function asAtFirst(before: Value, sent: Value, { resource, field }: { resource: Resource; field: Field }): Value {
	if (!isObject(before) || !isObject(sent)) return sent;
	const known = new Map(propertiesOf(field.schema).map((one) => [one.name, one.schema]));
	const name = `${resource.name}.${field.name}`;
	const lost = Object.entries(before).filter(([member]) => !Object.hasOwn(sent, member));
	const reset = lost.map(([member, value]): [string, Value] => {
		const not = isTelling(value, known.get(member)) ? value : undefined;
		return [member, serverValue("default", `${name}.${member}`, not)];
	});
	return { ...sent, ...Object.fromEntries(reset) };
}

const TELLING_LENGTH_MIN = 4;

/** A value that nothing but having been written explains: one of few (a boolean, a word of an enumeration) may return. */
export function isTelling(value: Value, schema: Schema | undefined): boolean {
	if (schema !== undefined && enumeration(schema) !== undefined) return false;
	if (Array.isArray(value)) {
		const inner = schema === undefined ? undefined : items(schema);
		return (value as readonly Value[]).some((one) => isTelling(one, inner));
	}
	if (isObject(value)) {
		const known = new Map(schema === undefined ? [] : propertiesOf(schema).map((one) => [one.name, one.schema]));
		return Object.entries(value).some(([name, member]) => isTelling(member, known.get(name)));
	}
	return String(value).length >= TELLING_LENGTH_MIN && (typeof value === "string" || typeof value === "number");
}

interface Named {
	readonly schema: Schema | undefined;
	/** Where it stands, told from all other writes. */
	readonly name: string;
	/** True in a rival for which null takes nothing away. */
	readonly keepsNulled: boolean;
}

/** Members of objects are merged, null takes one away, everything else is taken as sent (RFC 7396, section 2). */
function deepMerge(before: Value, sent: Value, { schema, name, keepsNulled }: Named): Value {
	if (!isObject(sent)) return sent;
	const known = new Map(schema === undefined ? [] : propertiesOf(schema).map((one) => [one.name, one.schema]));
	const merged = new Map(isObject(before) ? Object.entries(before) : []);
	for (const [member, value] of Object.entries(sent)) {
		const inner: Named = { schema: known.get(member), name: `${name}.${member}`, keepsNulled };
		const held = merged.get(member);
		if (value === null && keepsNulled) continue;
		if (value !== null) merged.set(member, deepMerge(held ?? {}, value, inner));
		// What has a name of its own may have a default; what the client has named is gone.
		else if (held !== undefined && (!known.has(member) || isTelling(held, inner.schema)))
			merged.set(member, serverValue("default", inner.name, held));
		else merged.delete(member);
	}
	return Object.fromEntries(merged);
}

/** Whether an item holds something that is shown once. */
export function hasSecret(resource: Resource): boolean {
	return [...resource.fields.values()].some(({ reveal }) => reveal === "once");
}

/** Whether merging an item deeply is anything else than merging it. */
export function hasObjects(resource: Resource): boolean {
	return [...resource.fields.values()].some(({ written, schema }) => written && typesOf(schema).includes("object"));
}

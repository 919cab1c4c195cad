import { items, properties, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { escapePointer } from "../infer/shown.ts";
import { holdsServerValue, patchedBy } from "../json-patch.ts";
import type { Field, Resource } from "../resource.ts";
import type { Scene } from "../scene.ts";
import { identify, isObject, isServerValue, propertyOf, type Value } from "../value.ts";

/** Makes a value for a field, as it is to be sent. */
export type DrawField = (schema: Schema, name: string) => Value | undefined;

/** How many fields one patch sets. */
const FIELDS_MAX = 8;

/** A patch that fits any item: it adds fields, and an `add` puts what is there already in place of what was (RFC 6902, 4.1). */
export function wholePatch(resource: Resource, draw: DrawField, optional: "all" | "none"): Value | undefined {
	const fields = patchable(resource).slice(0, optional === "all" ? FIELDS_MAX : 1);
	const operations = fields.flatMap(({ name, schema }): readonly Value[] => {
		const value = draw(schema, name);
		return value === undefined ? [] : [{ op: "add", path: pathTo(name), value }];
	});
	return operations.length === 0 ? undefined : operations;
}

/** Fields that a client may set at any time, and that say so. */
function patchable({ fields, key, refers }: Resource): readonly Field[] {
	return [...fields.values()].filter(
		({ name, owner, written, compared, writeOnly, reveal, credential, immutable }) =>
			owner === "client" &&
			written &&
			compared &&
			!writeOnly &&
			reveal === undefined &&
			credential === undefined &&
			immutable === undefined &&
			name !== key?.property &&
			refers?.has(name) !== true,
	);
}

interface Trying {
	readonly item: Value;
	readonly resource: Resource;
	readonly scene: Scene;
}

/** Makes a further patch for an item; undefined where there is nothing to try. */
type Attempt = (trying: Trying) => Value | undefined;

/** Patches that tell the ways in which one is applied, each for the item as the one before has left it. */
export function patchesOn(
	item: Value,
	resource: Resource,
	{ first, scene }: { first: Value | undefined; scene: Scene },
): readonly Value[] {
	const patches: Value[] = [];
	let current = item;
	for (const attempt of [() => first, ...ATTEMPTS]) {
		const made = attempt({ item: current, resource, scene });
		const applied = made === undefined ? undefined : patchedBy(current, made);
		if (made === undefined || applied?.kind !== "done") continue;
		patches.push(made);
		current = applied.document;
	}
	return patches;
}

const ATTEMPTS: readonly Attempt[] = [
	(trying) => intoList(trying, "0"),
	(trying) => intoList(trying, "-"),
	outOfList,
	lessOfObject,
	testedAndReplaced,
	takenAway,
];

function pathTo(...names: readonly string[]): string {
	return names.map((name) => `/${escapePointer(name)}`).join("");
}

/** A new element at the beginning or the end of a list that stands there. */
function intoList({ item, resource, scene }: Trying, place: "0" | "-"): Value | undefined {
	for (const { name, schema, order } of patchable(resource)) {
		const list = listIn(item, name);
		const element = list === undefined ? undefined : items(schema);
		if (list === undefined || element === undefined || (place === "0" && order === "free")) continue;
		const value = scene.planning?.value?.(element, name);
		if (value === undefined || list.some((one) => identify(one) === identify(value))) continue;
		if (isAdmitted(scene, schema, [value, ...list])) return [{ op: "add", path: pathTo(name, place), value }];
	}
	return undefined;
}

function listIn(item: Value, name: string): readonly Value[] | undefined {
	const value = propertyOf(item, name);
	return Array.isArray(value) && value.length > 0 ? (value as readonly Value[]) : undefined;
}

function isAdmitted({ planning }: Scene, schema: Schema, value: Value): boolean {
	return planning?.admits?.(schema, value) === true;
}

function outOfList({ item, resource, scene }: Trying): Value | undefined {
	const field = patchable(resource).find(({ name, schema, order }) => {
		const list = order === "kept" ? listIn(item, name) : undefined;
		return list !== undefined && isAdmitted(scene, schema, list.slice(1));
	});
	return field === undefined ? undefined : [{ op: "remove", path: pathTo(field.name, "0") }];
}

/** An object in the place of one that held more. */
function lessOfObject({ item, resource }: Trying): Value | undefined {
	for (const { name, schema } of patchable(resource)) {
		const now = propertyOf(item, name);
		if (!isObject(now) || !typesOf(schema).includes("object")) continue;
		const optional = new Set(properties(schema).flatMap((one) => (one.required ? [] : [one.name])));
		const known = Object.entries(now).filter(([, value]) => !holdsServerValue(value));
		const [longest] = known
			.filter(([member]) => optional.has(member))
			.toSorted(([, a], [, b]) => String(b).length - String(a).length);
		if (longest === undefined) continue;
		const value = Object.fromEntries(known.filter((entry) => entry !== longest));
		return [{ op: "replace", path: pathTo(name), value }];
	}
	return undefined;
}

/** A test that holds lets the rest happen. */
function testedAndReplaced({ item, resource, scene }: Trying): Value | undefined {
	for (const { name, schema } of patchable(resource)) {
		const now = propertyOf(item, name);
		if (typeof now !== "string" && typeof now !== "number") continue;
		const value = scene.planning?.value?.(schema, name);
		if (value === undefined || identify(value) === identify(now)) continue;
		return [
			{ op: "test", path: pathTo(name), value: now },
			{ op: "replace", path: pathTo(name), value },
		];
	}
	return undefined;
}

function takenAway({ item, resource }: Trying): Value | undefined {
	const field = patchable(resource).find(({ name, required }) => {
		const now = propertyOf(item, name);
		return !required && now !== undefined && !isServerValue(now);
	});
	return field === undefined ? undefined : [{ op: "remove", path: pathTo(field.name) }];
}

/** Patches of which the last operation cannot be applied, and the one before it can. */
export function failingPatches(item: Value, resource: Resource, scene: Scene): readonly Value[] {
	const [changed, ...others] = patchable(resource).flatMap(({ name, schema }) => {
		const value = scene.planning?.value?.(schema, name);
		return value === undefined ? [] : [{ name, value }];
	});
	if (changed === undefined) return [];
	const good: Value = { op: "add", path: pathTo(changed.name), value: changed.value };
	const tested = others.find(({ name, value }) => {
		const now = propertyOf(item, name);
		return now !== undefined && !holdsServerValue(now) && identify(now) !== identify(value);
	});
	return [
		...(tested === undefined ? [] : [[good, { op: "test", path: pathTo(tested.name), value: tested.value }]]),
		[good, { op: "remove", path: pathTo(absentFrom(item)) }],
	];
}

/** A name that no member of an item has. */
function absentFrom(item: Value): string {
	let name = "absent";
	while (propertyOf(item, name) !== undefined) name += "-";
	return name;
}

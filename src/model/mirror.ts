import { items, typesOf } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";
import { isSameWord } from "./infer/shown.ts";
import { membersOf } from "./law/member.ts";
import type { Model } from "./model.ts";
import { type Field, holdsMembers, isDistinct, isOrdered, type Resource } from "./resource.ts";
import { type Change, containerOf, type Entry, keysIn, resourceOf, type View } from "./state.ts";
import { identify, identifyKey, isObject, isServerValue, propertyOf, serverValue, type Value } from "./value.ts";

type Resources = ReadonlyMap<string, Resource>;

/**
 * Sets and lists that an item shows in a field as well: `tags` of a post, and `/posts/{id}/tags`. They are one thing,
 * which can be written in both places.
 */
export function withMirrors(resources: Resources): Resources {
	const all = new Map(resources);
	for (const resource of resources.values()) {
		const parent = all.get(resource.parent ?? "");
		const field = parent === undefined ? undefined : fieldShowing(parent, resource);
		if (parent === undefined || field === undefined) continue;
		all.set(resource.name, { ...resource, shownIn: field.name });
		// What may stand in any order in one place may do so in the other.
		const shown: Field = isOrdered(resource) ? field : { ...field, order: "free" };
		all.set(parent.name, { ...parent, fields: new Map(parent.fields).set(field.name, shown) });
	}
	return all;
}

function fieldShowing(parent: Resource, resource: Resource): Field | undefined {
	if (parent.kind !== "collection" || !holdsMembers(resource)) return undefined;
	return [...parent.fields.values()].find(
		({ name, schema, writeOnly }) => !writeOnly && isSameWord(name, resource.name) && holdsPlain(schema),
	);
}

function holdsPlain(schema: Schema): boolean {
	const inner = typesOf(schema).includes("array") ? items(schema) : undefined;
	const types = inner === undefined ? [] : typesOf(inner);
	return types.length > 0 && types.every((type) => type !== "object" && type !== "array");
}

/** The changes with what they mean in the other place. */
export function mirrored(model: Model, view: View, changes: readonly Change[]): readonly Change[] {
	const mirrors = mirrorsOf(model.resources);
	if (mirrors.length === 0) return changes;
	return changes.flatMap((change): readonly Change[] => {
		if (change.kind === "count" || change.kind === "alias") return [change];
		const name = resourceOf(change.container);
		if (change.kind === "put") {
			const shown = mirrors.filter(({ parent }) => parent === name);
			return [change, ...shown.flatMap((mirror) => filled(view, mirror, change))];
		}
		const mirror = mirrors.find(({ resource }) => resource.name === name);
		return mirror === undefined ? [change] : [change, ...shownAgain(view, mirror, change)];
	});
}

interface Mirror {
	readonly resource: Resource;
	readonly parent: string;
	readonly field: string;
}

function mirrorsOf(resources: Model["resources"]): readonly Mirror[] {
	const known =
		mirrors.get(resources) ??
		[...resources.values()].flatMap((resource) =>
			resource.shownIn === undefined || resource.parent === undefined
				? []
				: [{ resource, parent: resource.parent, field: resource.shownIn }],
		);
	mirrors.set(resources, known);
	return known;
}

const mirrors = new WeakMap<Model["resources"], readonly Mirror[]>();

/** An item was written, with its members in a field. */
function filled(view: View, { resource, field }: Mirror, put: Extract<Change, { kind: "put" }>): readonly Change[] {
	const { container, entry } = put;
	const value = propertyOf(entry.value, field);
	const before = propertyOf(view.entry(container, entry.key)?.value, field);
	const isKnown = Array.isArray(value) && !(value as readonly Value[]).some(isServerValue);
	if (before !== undefined && identify(before) === identify(value)) return [];
	if (!isKnown && before === undefined) return [];
	const members = isKnown ? membersOf(value) : [];
	return [
		{ kind: "fill", container: containerOf(resource.name, { container, key: entry.key }), entries: once(members) },
	];
}

/** Members were written, and the item shows them. */
function shownAgain(
	view: View,
	{ resource, parent, field }: Mirror,
	change: Extract<Change, { kind: "fill" | "delete" }>,
): readonly Change[] {
	const { container } = change;
	const key = keysIn(container).findLast(([name]) => name === parent)?.[1];
	const around = container.slice(0, container.lastIndexOf("/", container.lastIndexOf("/") - 1));
	const entry = key === undefined ? undefined : view.entry(around, key);
	if (entry === undefined || !isObject(entry.value)) return [];
	const members = membersAfter(view, change);
	const distinct = once(members);
	// Whether what is there twice is shown twice, nothing says.
	const isPlain = isDistinct(resource) || distinct.length === members.length;
	const value: Value = isPlain
		? distinct.map((member) => member.value)
		: serverValue("volatile", `${container} ${members.map((member) => identify(member.key)).join(" ")}`);
	return [{ kind: "put", container: around, entry: { ...entry, value: { ...entry.value, [field]: value } } }];
}

function membersAfter(view: View, change: Extract<Change, { kind: "fill" | "delete" }>): readonly Entry[] {
	if (change.kind === "fill") return change.entries;
	const gone = identifyKey(change.key);
	return view.entries(change.container).filter((entry) => identifyKey(entry.key) !== gone);
}

function once(members: readonly Entry[]): readonly Entry[] {
	return [...new Map(members.map((member) => [identifyKey(member.key), member])).values()];
}

import { type Common, type EffectLaw, type EffectRival, governing, type Performance } from "../effect.ts";
import { type Behaviour, resourceNamed } from "../model.ts";
import type { Pattern } from "../pattern.ts";
import type { Resource } from "../resource.ts";
import { type Address, addressOf, type Scene, sentItem } from "../scene.ts";
import type { Change, Entry } from "../state.ts";
import { identify, propertyOf, serverValue, type Value } from "../value.ts";
import { type Given, givenNames, givenWords, withGiven } from "./given.ts";
import { type ItemWrite, serialOf, storeItem } from "./item.ts";
import { answerItem } from "./show-item.ts";

/** Adds an item with a key that the server makes, or that the body carries. */
export interface Create extends Common, Given {
	readonly kind: "create";
	readonly resource: string;
	readonly does: ItemWrite | "nothing" | "twice";
	/** Where an item holds the same in this field, that one is meant and none is made. */
	readonly once?: string;
	/** Values of that field are the same that differ in case only. */
	readonly ignoresCase?: boolean;
}

export const create: EffectLaw<Create> = {
	kind: "create",
	writes: true,
	sentence: (effect, model) => {
		const rest = effect.once === undefined ? "" : `, unless one has this ${effect.once} already`;
		return `adds an item to ${resourceNamed(model, effect.resource).name}${givenWords(effect)}${rest}`;
	},
	perform: (effect, scene) => perform(effect, scene),
	governs: (effect) => {
		const names = givenNames(effect);
		const fixed = { ...Object.fromEntries(names.map((name) => [name, null])), ...effect.with };
		return names.length === 0 ? undefined : { ...governing(effect.resource, fixed), made: {} };
	},
	isUnsure: (effect, scene) => {
		const { container, key, resource } = addressOf(scene, effect.resource);
		const isGuarded = scene.behaviour.guards.some(
			(guard) => guard.kind === "unique" && guard.property === resource.key?.property,
		);
		return !isGuarded && scene.view.entry(container, key ?? newKey(effect, scene)) !== undefined;
	},
	rivals: (effect, behaviour, model) => rivals(effect, behaviour, resourceNamed(model, effect.resource)),
};

function perform(effect: Create, scene: Scene): Performance {
	const address = addressOf(scene, effect.resource);
	const key = address.key ?? newKey(effect, scene);
	const how = effect.does === "nothing" || effect.does === "twice" ? "overwrite" : effect.does;
	const stored = storeItem(scene, { ...address, key }, how);
	const entry = withGiven(effect, scene, address.resource, stored.entry);
	const same = sameAs(effect, scene, address, entry);
	if (same !== undefined) return meaning(scene, address, same);
	const put: Change = { kind: "put", container: address.container, entry };
	const changes = stored.changes.map((change) => (change.kind === "put" ? put : change));
	const item = answerItem(scene.behaviour, address.resource, { value: entry.value, reveals: true });
	const shows = withKey(item, key, scene.behaviour.answer.key);
	return { changes: effect.does === "nothing" ? [] : [...changes, ...again(effect, scene, address)], shows };
}

/** The item that is meant in the place of a new one. */
function sameAs({ once, ignoresCase }: Create, scene: Scene, { container }: Address, entry: Entry): Entry | undefined {
	const value = once === undefined ? undefined : propertyOf(entry.value, once);
	if (once === undefined || value === undefined) return undefined;
	const form = (one: Value | undefined): string => (ignoresCase === true ? identify(one).toLowerCase() : identify(one));
	const wanted = form(value);
	return scene.view.entries(container).find((one) => form(propertyOf(one.value, once)) === wanted);
}

/** Nothing changes; that it is put there once more says which one is meant. */
function meaning(scene: Scene, { container, resource }: Address, entry: Entry): Performance {
	return {
		changes: [{ kind: "put", container, entry }],
		shows: answerItem(scene.behaviour, resource, { value: entry.value }),
	};
}

function rivals(effect: Create, behaviour: Behaviour, resource: Resource): readonly EffectRival[] {
	return [
		{ name: "ignore", effect: { ...effect, does: "nothing", answers: effect } },
		{ name: "stores no field", effect: { ...effect, does: "ignore", answers: effect } },
		...(resource.key?.made === "server" && !behaviour.keys.has(resource.name)
			? [{ name: "adds it twice", effect: { ...effect, does: "twice", answers: effect } } as const]
			: []),
		...(effect.once === undefined ? [] : [{ name: "makes another all the same", effect: anew(effect) }]),
		...Object.keys(effect.from ?? {}).map((drops): EffectRival => {
			return { name: `does not take ${drops}`, effect: { ...effect, drops } };
		}),
	];
}

function anew({ once: _looked, ...effect }: Create): Create {
	return effect;
}

/** What an answer shows that names the key in its own way. */
function withKey(item: Pattern, key: Value, name: string | undefined): Pattern {
	if (name === undefined) return item;
	const shown: Pattern = { kind: "value", value: key, order: "kept" };
	const members = item.kind === "object" ? item.members : {};
	return name === "" ? shown : { kind: "object", members: { ...members, [name]: shown } };
}

/** The second item that a rival makes of one request. */
function again(effect: Create, scene: Scene, address: Address): readonly Change[] {
	if (effect.does !== "twice") return [];
	const tag = `${serialOf(scene, address.resource)}-again`;
	const twin = { ...scene, call: { ...scene.call, tag } };
	return storeItem(twin, { ...address, key: newKey(effect, twin) }, "overwrite").changes;
}

function newKey(effect: Create, scene: Scene): Value {
	const resource = resourceNamed(scene.model, effect.resource);
	const property = resource.key?.property;
	const sent = property === undefined ? undefined : propertyOf(sentItem(scene), property);
	if (resource.key?.made === "client" && sent !== undefined) return sent;
	return serverValue("unique", `${resource.name}#${serialOf(scene, resource)}`);
}

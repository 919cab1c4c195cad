import type { Common, EffectLaw, EffectRival } from "../effect.ts";
import { type Behaviour, resourceNamed } from "../model.ts";
import type { Pattern } from "../pattern.ts";
import type { Resource } from "../resource.ts";
import { type Address, addressOf, type Scene, sentItem } from "../scene.ts";
import type { Change } from "../state.ts";
import { propertyOf, serverValue, type Value } from "../value.ts";
import { type ItemWrite, serialOf, storeItem } from "./item.ts";
import { answerItem } from "./show-item.ts";

/** Adds an item with a key that the server makes, or that the body carries. */
export interface Create extends Common {
	readonly kind: "create";
	readonly resource: string;
	readonly does: ItemWrite | "nothing" | "twice";
}

export const create: EffectLaw<Create> = {
	kind: "create",
	writes: true,
	sentence: (effect, model) => `adds an item to ${resourceNamed(model, effect.resource).name}`,
	perform: (effect, scene) => {
		const address = addressOf(scene, effect.resource);
		const key = address.key ?? newKey(effect, scene);
		const how = effect.does === "nothing" || effect.does === "twice" ? "overwrite" : effect.does;
		const { entry, changes } = storeItem(scene, { ...address, key }, how);
		const item = answerItem(scene.behaviour, address.resource, { value: entry.value, reveals: true });
		const shows = withKey(item, key, scene.behaviour.answer.key);
		return { changes: effect.does === "nothing" ? [] : [...changes, ...again(effect, scene, address)], shows };
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

function rivals(effect: Create, behaviour: Behaviour, resource: Resource): readonly EffectRival[] {
	return [
		{ name: "ignore", effect: { ...effect, does: "nothing", answers: effect } },
		{ name: "stores no field", effect: { ...effect, does: "ignore", answers: effect } },
		...(resource.key?.made === "server" && !behaviour.keys.has(resource.name)
			? [{ name: "adds it twice", effect: { ...effect, does: "twice", answers: effect } } as const]
			: []),
	];
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

import type { Common, EffectLaw } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import { addressOf, type Scene } from "../scene.ts";
import { propertyOf, serverValue, type Value } from "../value.ts";
import { answerItem, type ItemWrite, serialOf, storeItem } from "./item.ts";

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
		const shows = answerItem(scene.behaviour, address.resource, { value: entry.value, reveals: true });
		return { changes: effect.does === "nothing" ? [] : changes, shows };
	},
	rivals: (effect) => [
		{ name: "ignore", effect: { ...effect, does: "nothing", answers: effect } },
		{ name: "stores no field", effect: { ...effect, does: "ignore", answers: effect } },
	],
};

function newKey(effect: Create, scene: Scene): Value {
	const resource = resourceNamed(scene.model, effect.resource);
	const property = resource.key?.property;
	const sent = property === undefined ? undefined : propertyOf(scene.call.body, property);
	if (resource.key?.made === "client" && sent !== undefined) return sent;
	return serverValue("unique", `${resource.name}#${serialOf(scene, resource)}`);
}

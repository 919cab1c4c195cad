import { resourceActedOn } from "../effect.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, leakRivals, statusWords } from "../guard.ts";
import { addressOf, type Scene } from "../scene.ts";
import { identify, identifyKey, isObject, propertyOf, type Value } from "../value.ts";

/** No other item holds the same value in this field. */
export interface Unique extends GuardCommon {
	readonly kind: "unique";
	readonly property: string;
}

export const unique: GuardLaw<Unique> = {
	kind: "unique",
	sentence: (guard) => `answers ${statusWords(guard.statuses)} when another item has the same ${guard.property}`,
	documented: (guard) => `${statusWords(guard.statuses)} when another item has the same ${guard.property}`,
	holds: (guard, scene) => {
		const value = propertyOf(scene.call.body, guard.property);
		const resource = resourceActedOn(scene.behaviour.effect);
		if (!guard.enforced || value === undefined || resource === undefined) return "yes";
		const { container, key } = addressOf(scene, resource);
		const holders = scene.view
			.entries(container)
			.filter((entry) => identify(propertyOf(entry.value, guard.property)) === identify(value));
		return holders.some((entry) => key === undefined || identifyKey(entry.key) !== identifyKey(key)) ? "no" : "yes";
	},
	rivals: (guard, behaviour) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "guard" },
		...(lawOf(behaviour.effect).writes ? leakRivals(guard, ["all"]) : []),
	],
	violate: (guard, scene) => {
		const taken = valueOfAnother(guard, scene);
		if (taken === undefined || !isObject(scene.call.body)) return [];
		return [{ ...scene.call, body: { ...scene.call.body, [guard.property]: taken } }];
	},
};

function valueOfAnother(guard: Unique, scene: Scene): Value | undefined {
	const resource = resourceActedOn(scene.behaviour.effect);
	if (resource === undefined) return undefined;
	const { container, key } = addressOf(scene, resource);
	for (const entry of scene.view.entries(container)) {
		const held = propertyOf(entry.value, guard.property);
		if (typeof held === "string" && held !== "" && (key === undefined || identifyKey(entry.key) !== identifyKey(key)))
			return held;
	}
	return undefined;
}

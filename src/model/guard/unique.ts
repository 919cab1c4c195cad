import { resourceActedOn } from "../effect.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { addressOf, type Scene, sentItem, withSent } from "../scene.ts";
import { identify, identifyKey, isObject, propertyOf, type Value } from "../value.ts";

/** No other item holds the same value in this field. */
export interface Unique extends GuardCommon {
	readonly kind: "unique";
	readonly property: string;
}

export const unique: GuardLaw<Unique> = {
	kind: "unique",
	sentence: (guard) => `${refusalWords(guard.statuses)} when another item has the same ${guard.property}`,
	documented: (guard) => `${statusWords(guard.statuses)} when another item has the same ${guard.property}`,
	holds: (guard, scene) => {
		const value = propertyOf(sentItem(scene), guard.property);
		const resource = resourceActedOn(scene.behaviour.effect);
		if (!guard.enforced || value === undefined || resource === undefined) return "yes";
		// Nothing is seldom unique, and whether case matters is seldom said.
		if (value === null || value === "") return "unknown";
		const others = valuesOfOthers(guard, scene, resource);
		const isTaken = others.some((other) => identify(other) === identify(value));
		if (isTaken) return "no";
		return scene.view.isUnsure?.() === true || others.some((other) => isAlike(other, value)) ? "unknown" : "yes";
	},
	rivals: (guard, behaviour) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "guard" },
		...(lawOf(behaviour.effect).writes ? leakRivals(guard, ["all"]) : []),
	],
	violate: (guard, scene) => {
		const resource = resourceActedOn(scene.behaviour.effect);
		const others = resource === undefined ? [] : valuesOfOthers(guard, scene, resource);
		const taken = others.find((value) => typeof value === "string" && value !== "");
		if (taken === undefined || !isObject(scene.call.body)) return [];
		return [withSent(scene, guard.property, taken)];
	},
};

/** What the other items of the container hold in this field. */
function valuesOfOthers(guard: Unique, scene: Scene, resource: string): readonly Value[] {
	const { container, key } = addressOf(scene, resource);
	const others = scene.view
		.entries(container)
		.filter((entry) => key === undefined || identifyKey(entry.key) !== identifyKey(key));
	return others.flatMap(({ value }) => propertyOf(value, guard.property) ?? []);
}

function isAlike(a: Value, b: Value): boolean {
	return typeof a === "string" && typeof b === "string" && a.toLowerCase() === b.toLowerCase();
}

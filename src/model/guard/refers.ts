import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { singular } from "../infer/shown.ts";
import { referredBy, type Scene, sentItem, withSent } from "../scene.ts";
import { isObject, propertyOf, type Value } from "../value.ts";
import { unique } from "./unique.ts";

/** A value of the body names an item that is there, by its key or by another of its fields. */
export interface Refers extends GuardCommon {
	readonly kind: "refers";
	/** The property of the body. */
	readonly property: string;
	readonly of: string;
	/** The field of the item that holds the value; its key when not given. */
	readonly field?: string;
	/** Nobody says that it is refused otherwise: then it is only known how to please it. */
	readonly sure: boolean;
}

export const refers: GuardLaw<Refers> = {
	kind: "refers",
	sentence: (guard) =>
		guard.sure
			? `${refusalWords(guard.statuses)} unless ${guard.property} names ${itemWords(guard)}`
			: `${guard.property} names ${itemWords(guard)}`,
	documented: (guard) => `${statusWords(guard.statuses)} unless ${guard.property} names ${itemWords(guard)}`,
	holds: (guard, scene) => {
		const value = propertyOf(sentItem(scene), guard.property);
		if (!guard.enforced || value === undefined || value === null) return "yes";
		if (referredBy(scene, guard, value) !== undefined) return "yes";
		return guard.sure && scene.view.isUnsure?.() !== true ? "no" : "unknown";
	},
	rivals: (guard, behaviour) =>
		guard.sure
			? [
					{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "guard" },
					...(lawOf(behaviour.effect).writes ? leakRivals(guard, ["all"]) : []),
				]
			: [],
	satisfy: (guard, scene) => {
		const value = propertyOf(sentItem(scene), guard.property);
		if (!isObject(scene.call.body) || value === null) return undefined;
		if (value !== undefined && referredBy(scene, guard, value) !== undefined) return undefined;
		const named = scene.view.everywhere(guard.of).flatMap((entry) => nameOf(guard, entry) ?? []);
		const calls = named
			.map((name) => withSent(scene, guard.property, name))
			.filter((call) => refers.holds(guard, { ...scene, call }) === "yes");
		return calls.find((call) => isUntaken({ ...scene, call })) ?? calls[0];
	},
	isClaim: ({ sure }) => sure,
	needs: (guard) => guard.of,
	violate: (guard, scene) => {
		const spare = guard.sure ? scene.planning?.spare(guard.of) : undefined;
		if (spare === undefined || !isObject(scene.call.body)) return [];
		return [withSent(scene, guard.property, spare)].filter((call) => refers.holds(guard, { ...scene, call }) === "no");
	},
};

/** Whether no other item holds what must be held once. */
function isUntaken(scene: Scene): boolean {
	return scene.behaviour.guards.every((guard) => guard.kind !== "unique" || unique.holds(guard, scene) !== "no");
}

function itemWords({ of, field }: Refers): string {
	return field === undefined ? `an item of ${of}` : `the ${field} of some ${singular(of)}`;
}

function nameOf({ field }: Refers, { key, value }: { key: Value; value: Value }): Value | undefined {
	return field === undefined ? key : propertyOf(value, field);
}

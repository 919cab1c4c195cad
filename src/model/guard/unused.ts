import { resourceActedOn } from "../effect.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { referrersOf } from "../law/referrer.ts";
import { addressOf, type Scene, SINGLE } from "../scene.ts";

/** Nothing of a certain resource refers to the item: a plan that somebody uses cannot be removed. */
export interface Unused extends GuardCommon {
	readonly kind: "unused";
	/** The resource whose items refer. */
	readonly by: string;
}

export const unused: GuardLaw<Unused> = {
	kind: "unused",
	looksAtItem: true,
	sentence: (guard) => `${refusalWords(guard.statuses)} while an item of ${guard.by} refers to it`,
	documented: (guard) => `${statusWords(guard.statuses)} while an item of ${guard.by} refers to it`,
	holds: (guard, scene) => holds(guard, scene),
	rivals: (guard, behaviour) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "guard" },
		...(lawOf(behaviour.effect).writes ? leakRivals(guard, ["all"]) : []),
	],
	violate: (guard, scene) => {
		const name = resourceActedOn(scene.behaviour.effect);
		const parameter = name === undefined ? undefined : scene.behaviour.keys.get(name);
		if (name === undefined || parameter === undefined) return [];
		return scene.view
			.entries(addressOf(scene, name).container)
			.map((entry) => ({ ...scene.call, path: { ...scene.call.path, [parameter]: entry.key } }))
			.filter((call) => holds(guard, { ...scene, call }) === "no")
			.slice(0, 1);
	},
};

function holds(guard: Unused, scene: Scene): ReturnType<GuardLaw["holds"]> {
	const name = resourceActedOn(scene.behaviour.effect);
	if (!guard.enforced || name === undefined) return "yes";
	const { container, key = SINGLE } = addressOf(scene, name);
	const entry = scene.view.entry(container, key);
	if (entry === undefined) return "yes";
	if (referrersOf(scene, name, entry).some(({ resource }) => resource.name === guard.by)) return "no";
	return scene.view.isUnsure?.() === true ? "unknown" : "yes";
}

import type { Common, EffectLaw } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import { addressOf, isAbsent, SINGLE } from "../scene.ts";
import { hasObjects, type ItemWrite, storeItem } from "./item.ts";
import { answerItem } from "./show-item.ts";

/** What was sent is changed, what was not sent stays. */
export interface Merge extends Common {
	readonly kind: "merge";
	readonly resource: string;
	readonly does: ItemWrite;
}

export const merge: EffectLaw<Merge> = {
	kind: "merge",
	writes: true,
	sentence: (effect, model) =>
		`changes what is sent of the ${resourceNamed(model, effect.resource).kind === "singleton" ? "value" : "item"} and leaves the rest`,
	perform: (effect, scene) => {
		const address = addressOf(scene, effect.resource);
		const { entry, changes } = storeItem(scene, { ...address, key: address.key ?? SINGLE }, effect.does);
		return { changes, shows: answerItem(scene.behaviour, address.resource, { value: entry.value }) };
	},
	isUnsure: (effect, scene) => isAbsent(scene, effect.resource),
	rivals: (effect, _behaviour, model) => {
		const other =
			effect.does === "deep-merge"
				? ({ name: "merge", does: "merge" } as const)
				: ({ name: "deep merge", does: "deep-merge" } as const);
		return [
			{ name: "replace", effect: { ...effect, does: "overwrite" } },
			...(hasObjects(resourceNamed(model, effect.resource))
				? [{ name: other.name, effect: { ...effect, does: other.does } }]
				: []),
			{ name: "ignore", effect: { ...effect, does: "ignore" } },
		];
	},
};

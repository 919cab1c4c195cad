import type { Common, EffectLaw } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import { ANY } from "../pattern.ts";
import { addressOf, isAbsent, SINGLE } from "../scene.ts";
import { hasSecret } from "./item.ts";
import { answerItem } from "./show-item.ts";

/** Shows one item, or the one value of a singleton. */
export interface Read extends Common {
	readonly kind: "read";
	readonly resource: string;
	/** True in a rival that shows a secret again. */
	readonly reveals: boolean;
}

export const read: EffectLaw<Read> = {
	kind: "read",
	writes: false,
	isLocal: () => true,
	sentence: (effect, model) =>
		`shows the ${resourceNamed(model, effect.resource).kind === "singleton" ? "value" : "item"} as it was written`,
	perform: (effect, scene) => {
		const { resource, container, key = SINGLE } = addressOf(scene, effect.resource);
		const entry = scene.view.entry(container, key);
		return {
			changes: [],
			shows:
				entry === undefined
					? ANY
					: answerItem(scene.behaviour, resource, { value: entry.value, reveals: effect.reveals, isKept: true }),
		};
	},
	isUnsure: (effect, scene) => isAbsent(scene, effect.resource),
	rivals: (effect, _behaviour, model) =>
		hasSecret(resourceNamed(model, effect.resource))
			? [{ name: "shows the secret again", effect: { ...effect, reveals: true }, rule: "reveal-once" }]
			: [],
};

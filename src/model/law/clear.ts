import type { Common, EffectLaw } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import { holdsMembers } from "../resource.ts";
import { addressOf } from "../scene.ts";
import { takeItem } from "./inside.ts";
import { answerMembers } from "./member.ts";

/** Takes away all that a container holds. */
export interface Clear extends Common {
	readonly kind: "clear";
	readonly resource: string;
	readonly does: "all" | "nothing" | "first";
}

export const clear: EffectLaw<Clear> = {
	kind: "clear",
	writes: true,
	sentence: (effect, model) => `empties the ${resourceNamed(model, effect.resource).kind}`,
	perform: (effect, scene) => {
		const { resource, container } = addressOf(scene, effect.resource);
		const now = scene.view.entries(container);
		const entries = effect.does === "all" ? [] : effect.does === "first" ? now.slice(1) : now;
		const gone = now.filter((entry) => !entries.includes(entry));
		return {
			changes: holdsMembers(resource)
				? [{ kind: "fill", container, entries }]
				: gone.flatMap((entry) => takeItem(scene, { resource, container }, entry, "as-declared")),
			shows: answerMembers(scene.behaviour, resource, { entries, complete: true }),
		};
	},
	rivals: (effect) => [
		{ name: "ignore", effect: { ...effect, does: "nothing" } },
		{ name: "removes one", effect: { ...effect, does: "first" } },
	],
};

import type { Common, EffectLaw } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import { ANY } from "../pattern.ts";
import { addressOf, isAbsent, type Scene, SINGLE } from "../scene.ts";
import type { Entry } from "../state.ts";
import { identifyKey, type Value } from "../value.ts";
import { withUsed } from "./counts.ts";
import { hasSecret } from "./item.ts";
import { answerItem } from "./show-item.ts";

/** Shows one item, or the one value of a singleton. */
export interface Read extends Common {
	readonly kind: "read";
	readonly resource: string;
	/** True in a rival that shows a secret again. */
	readonly reveals: boolean;
	/** True in a rival that shows another item than the one that is meant. */
	readonly another?: boolean;
}

export const read: EffectLaw<Read> = {
	kind: "read",
	writes: false,
	isLocal: () => true,
	sentence: (effect, model) =>
		`shows the ${resourceNamed(model, effect.resource).kind === "singleton" ? "value" : "item"} as it was written`,
	perform: (effect, scene) => {
		const { resource, container, key = SINGLE } = addressOf(scene, effect.resource);
		const entry = shown(effect, scene, { container, key });
		const shows =
			entry === undefined
				? ANY
				: answerItem(scene.behaviour, resource, { value: entry.value, reveals: effect.reveals, isKept: true });
		return { changes: [], shows: withUsed(scene, resource.name, shows) };
	},
	isUnsure: (effect, scene) => isAbsent(scene, effect.resource),
	rivals: (effect, _behaviour, model) => [
		...(resourceNamed(model, effect.resource).kind === "collection"
			? [{ name: "shows another", effect: { ...effect, another: true } } as const]
			: []),
		...(hasSecret(resourceNamed(model, effect.resource))
			? [{ name: "shows the secret again", effect: { ...effect, reveals: true }, rule: "reveal-once" } as const]
			: []),
	],
};

function shown(
	{ another }: Read,
	{ view }: Scene,
	{ container, key }: { container: string; key: Value },
): Entry | undefined {
	const named = view.entry(container, key);
	if (another !== true || named === undefined) return named;
	const wanted = identifyKey(key);
	return view.entries(container).find((entry) => identifyKey(entry.key) !== wanted) ?? named;
}

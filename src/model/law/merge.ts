import type { Common, EffectLaw, EffectRival, Performance } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import { addressOf, isAbsent, type Scene, SINGLE } from "../scene.ts";
import { hasObjects, type ItemWrite, storeItem } from "./item.ts";
import { answerItem } from "./show-item.ts";

/** What was sent is changed, what was not sent stays. */
export interface Merge extends Common {
	readonly kind: "merge";
	readonly resource: string;
	readonly does: ItemWrite;
	/** Where nothing says what becomes of what is not sent: what else may be done. */
	readonly orElse?: readonly ItemWrite[];
}

export const merge: EffectLaw<Merge> = {
	kind: "merge",
	writes: true,
	sentence: (effect, model) => {
		const what = resourceNamed(model, effect.resource).kind === "singleton" ? "value" : "item";
		const rest = effect.orElse?.includes("overwrite") === true ? "" : " and leaves the rest";
		return `changes what is sent of the ${what}${rest}`;
	},
	perform: write,
	meant: (effect) => ({ ...effect, does: "merge" }),
	alternatives: (effect, scene) => (effect.orElse ?? []).map((does) => write({ ...effect, does }, scene)),
	isUnsure: (effect, scene) => isAbsent(scene, effect.resource),
	rivals: (effect, _behaviour, model) => {
		const isNested = hasObjects(resourceNamed(model, effect.resource));
		const { orElse = [], ...sure } = effect;
		const ways: readonly (readonly [name: string, does: ItemWrite])[] = [
			["replace", "overwrite"],
			...(isNested ? ([["merge", "merge"] as const, ["deep merge", "deep-merge"] as const] as const) : []),
			["ignore", "ignore"],
		];
		return ways
			.filter(([, does]) => does !== effect.does && !orElse.includes(does))
			.map(([name, does]): EffectRival => ({ name, effect: { ...sure, does } }));
	},
};

function write(effect: Merge, scene: Scene): Performance {
	const address = addressOf(scene, effect.resource);
	const { entry, changes } = storeItem(scene, { ...address, key: address.key ?? SINGLE }, effect.does);
	return { changes, shows: answerItem(scene.behaviour, address.resource, { value: entry.value }) };
}

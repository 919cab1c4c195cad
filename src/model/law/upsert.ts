import type { Common, EffectLaw } from "../effect.ts";
import { levelOf } from "../evidence.ts";
import { resourceNamed } from "../model.ts";
import { addressOf, isAbsent, SINGLE } from "../scene.ts";
import { survivingCredentials } from "./credential.ts";
import { hasObjects, type ItemWrite, storeItem } from "./item.ts";
import { answerItem } from "./show-item.ts";

/** Creates the item that the path names, or overwrites it whole. */
export interface Upsert extends Common {
	readonly kind: "upsert";
	readonly resource: string;
	readonly does: ItemWrite;
	/** Overwriting takes what lives inside the item with it. */
	readonly clearsChildren: boolean;
	/** A credential that the item held before still works. */
	readonly keepsCredentials: boolean;
}

export const upsert: EffectLaw<Upsert> = {
	kind: "upsert",
	writes: true,
	isLocal: () => true,
	sentence: (effect, model) =>
		`creates the item of ${resourceNamed(model, effect.resource).name}, or overwrites it whole`,
	perform: (effect, scene) => {
		const address = addressOf(scene, effect.resource);
		const at = { ...address, key: address.key ?? SINGLE };
		const previous = scene.view.entry(at.container, at.key);
		const { entry, changes } = storeItem(scene, at, previous === undefined ? "overwrite" : effect.does);
		const cleared = effect.clearsChildren
			? [{ kind: "delete", container: at.container, key: at.key, cascade: true } as const]
			: [];
		const kept = effect.keepsCredentials && previous !== undefined ? survivingCredentials(at, previous) : [];
		return {
			changes: [...cleared, ...changes, ...kept],
			shows: answerItem(scene.behaviour, address.resource, { value: entry.value, reveals: true }),
		};
	},
	// That it creates is only a convention as long as nothing says so: then the item must perhaps be there before.
	isUnsure: (effect, scene) => levelOf(scene.behaviour.evidence) === "surprise" && isAbsent(scene, effect.resource),
	rivals: (effect, _behaviour, model) => {
		const resource = resourceNamed(model, effect.resource);
		const hasCredential = [...resource.fields.values()].some((field) => field.credential !== undefined);
		const hasChildren = [...model.resources.values()].some(({ parent }) => parent === effect.resource);
		return [
			{ name: "merge", effect: { ...effect, does: "merge" } },
			...(hasObjects(resource) ? [{ name: "deep merge", effect: { ...effect, does: "deep-merge" } } as const] : []),
			{ name: "create only", effect: { ...effect, does: "ignore" } },
			...(hasChildren
				? [{ name: "clears what lives inside", effect: { ...effect, clearsChildren: true } } as const]
				: []),
			...(hasCredential
				? [{ name: "leaves the former credential working", effect: { ...effect, keepsCredentials: true } } as const]
				: []),
		];
	},
};

import { type Behaviour, resourceNamed } from "../../model/model.ts";
import type { Resource } from "../../model/resource.ts";
import { addressOf, type Scene } from "../../model/scene.ts";
import { identifyKey, type Value } from "../../model/value.ts";
import type { Desk } from "../desk.ts";

/** Makes an item with the key that a call names. */
export type MakeItem = (resource: Resource, at: { readonly container: string; readonly key: Value }) => void;

/**
 * Of some resources nothing tells which items there are, so that a client has their keys from elsewhere: whatever it
 * names is there from then on, as it was made, until somebody takes it away.
 *
 * @example createSummoner(desk, makeItem)(scene) // after GET /licenses/mit there is a license "mit"
 */
export function createSummoner(
	{ model, store }: Pick<Desk, "model" | "store">,
	make: MakeItem,
): (scene: Scene) => void {
	const unlisted = new WeakMap<Behaviour, readonly Resource[]>();
	const unlistedOf = (behaviour: Behaviour): readonly Resource[] => {
		const known = unlisted.get(behaviour);
		if (known !== undefined) return known;
		const named = [...behaviour.keys.keys()].map((name) => resourceNamed(model, name));
		const found = named.filter((resource) => resource.unlisted === true);
		unlisted.set(behaviour, found);
		return found;
	};
	return (scene) => {
		for (const resource of unlistedOf(scene.behaviour)) {
			const { container, key } = addressOf(scene, resource.name);
			if (key === undefined || store.view.entry(container, key) !== undefined) continue;
			const wanted = identifyKey(key);
			const isGone = store.view.gone(container).some((gone) => identifyKey(gone) === wanted);
			if (!isGone) make(resource, { container, key });
		}
	};
}

import type { Model } from "../model.ts";
import type { Reference, Resource } from "../resource.ts";
import type { Scene } from "../scene.ts";
import type { Change, Entry, Held } from "../state.ts";
import { takeItem } from "./inside.ts";
import { withFields } from "./set.ts";

/** A field of some resource that names items of another. */
export interface Referring {
	readonly resource: Resource;
	readonly field: string;
	readonly reference: Reference;
}

/** Every field that names items of a resource. */
export function referencesTo(model: Model, name: string): readonly Referring[] {
	const known = referring.get(model.resources) ?? referencesIn(model);
	referring.set(model.resources, known);
	return known.get(name) ?? [];
}

const referring = new WeakMap<Model["resources"], ReadonlyMap<string, readonly Referring[]>>();

function referencesIn({ resources }: Model): ReadonlyMap<string, readonly Referring[]> {
	const all = [...resources.values()].flatMap((resource) =>
		[...(resource.refers ?? [])].map(([field, reference]): Referring => ({ resource, field, reference })),
	);
	return Map.groupBy(all, ({ reference }) => reference.resource);
}

type Referrer = Held & Omit<Referring, "reference"> & { readonly removal: Reference["removal"] };

/** The items that refer to an item. */
export function referrersOf({ model, view }: Scene, name: string, { key }: Entry): readonly Referrer[] {
	return referencesTo(model, name).flatMap(({ resource, field, reference }) =>
		view.holders(resource.name, field, key).map((held) => ({ ...held, resource, field, removal: reference.removal })),
	);
}

/**
 * What becomes of the items that refer to one which goes: as each reference declares, or in one way for all. What goes so
 * takes along what refers to it in its turn.
 */
export function referrerChanges(
	scene: Scene,
	name: string,
	gone: Entry,
	way: "cascade" | "unset" | "stay" | undefined,
): readonly Change[] {
	if (referencesTo(scene.model, name).length === 0) return [];
	const reached = new Set<Entry>([gone]);
	const changesOf = (resource: string, entry: Entry): readonly Change[] =>
		referrersOf(scene, resource, entry)
			.filter((held) => !reached.has(held.entry))
			.flatMap((held) => {
				reached.add(held.entry);
				return changesOfOne(held);
			});
	const changesOfOne = ({ container, entry, resource, field, removal }: Referrer): readonly Change[] => {
		const how = way ?? removal ?? "stay";
		if (how === "unset") return [{ kind: "put", container, entry: withFields(entry, { [field]: null }) }];
		if (how === "stay") return [];
		const inTurn = changesOf(resource.name, entry);
		return [...inTurn, ...takeItem(scene, { resource, container }, entry, "as-declared")];
	};
	return changesOf(name, gone);
}

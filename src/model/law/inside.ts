import type { Model } from "../model.ts";
import type { Resource } from "../resource.ts";
import type { Address, Scene } from "../scene.ts";
import { type Change, containerOf, type Entry } from "../state.ts";

/** Whether what lives inside an item goes with it: as each resource says of itself, or whatever it says. */
export type Cascade = "as-declared" | "all" | "none";

/** The resources that live directly inside the items of another. */
export function childrenOf(model: Model, name: string): readonly Resource[] {
	return [...model.resources.values()].filter(({ parent }) => parent === name);
}

/** Takes an item away, with what lives inside it and goes with it. */
export function takeItem(
	scene: Scene,
	{ resource, container }: Address,
	entry: Entry,
	cascade: Cascade,
): readonly Change[] {
	const { key } = entry;
	const stay = cascade === "as-declared" ? staying(scene.model, resource) : [];
	if (cascade !== "as-declared" || stay.length === 0)
		return [{ kind: "delete", container, key, cascade: cascade !== "none" }];
	const inside = childrenOf(scene.model, resource.name).filter((child) => child.cascade);
	const taken = inside.flatMap((child) => {
		const within = { resource: child, container: containerOf(child.name, { container, key }) };
		return scene.view.entries(within.container).flatMap((one) => takeItem(scene, within, one, cascade));
	});
	return [...taken, { kind: "delete", container, key, cascade: false }];
}

/** Resources inside a resource, at any depth, that outlive what they live in. */
export function staying(model: Model, resource: Resource): readonly Resource[] {
	const found: Resource[] = [];
	const names = [resource.name];
	for (const name of names) {
		for (const child of childrenOf(model, name)) {
			if (!child.cascade) found.push(child);
			if (!names.includes(child.name)) names.push(child.name);
		}
	}
	return found;
}

/** Whether anything that lives inside goes with an item. */
export function hasGoing(model: Model, name: string): boolean {
	return childrenOf(model, name).some(({ cascade }) => cascade);
}

import type { Common, EffectLaw } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import type { Pattern } from "../pattern.ts";
import { holdsMembers } from "../resource.ts";
import { type Address, addressOf, type Scene } from "../scene.ts";
import type { Entry } from "../state.ts";
import { hasSecret } from "./item.ts";
import { showMembers } from "./member.ts";
import { showItem } from "./show-item.ts";

/** Shows all items of a collection, or all members of a set or list. */
export interface List extends Common {
	readonly kind: "list";
	readonly resource: string;
	/** What of the content is shown. */
	readonly shows: "all" | "all-but-one" | "nothing" | "parents-too";
	/** True in a rival that shows a secret again. */
	readonly reveals: boolean;
}

export const list: EffectLaw<List> = {
	kind: "list",
	writes: false,
	sentence: (effect, model) => `shows every ${wordFor(resourceNamed(model, effect.resource).kind)} and nothing else`,
	perform: (effect, scene) => {
		const address = addressOf(scene, effect.resource);
		return { changes: [], shows: show(effect, scene, address) };
	},
	rivals: (effect, _behaviour, model) => [
		{ name: "drops one", effect: { ...effect, shows: "all-but-one" } },
		{ name: "shows nothing", effect: { ...effect, shows: "nothing" } },
		{ name: "shows what other parents hold", effect: { ...effect, shows: "parents-too" } },
		...(hasSecret(resourceNamed(model, effect.resource))
			? [{ name: "shows the secret again", effect: { ...effect, reveals: true }, rule: "reveal-once" } as const]
			: []),
	],
};

function wordFor(kind: string): string {
	return kind === "set" || kind === "list" ? "member" : kind === "log" ? "entry" : "item";
}

function show(effect: List, scene: Scene, address: Address): Pattern {
	const { resource, container } = address;
	const entries = selected(effect, scene, container);
	const complete = scene.view.isComplete(container);
	// Which one is dropped depends on an order that only the server knows.
	const lacks = effect.shows === "all-but-one" && entries.length > 0 ? 1 : 0;
	if (resource.kind === "log" || scene.behaviour.answer.shows === "other") return { kind: "any" };
	if (holdsMembers(resource)) return showMembers(resource, entries, { complete, lacks });
	const fields = scene.behaviour.answer.fields;
	return {
		kind: "list",
		items: entries.map(({ value }) => showItem(resource, { fields, reveals: effect.reveals }, value)),
		order: "free",
		complete,
		lacks,
		without: complete ? [] : goneKeys(scene, address),
	};
}

/** In a collection where others' items may stand, what we deleted must at least not be among them. */
function goneKeys(scene: Scene, { resource, container }: Address): readonly Pattern[] {
	const property = resource.key?.property;
	if (property === undefined || !scene.behaviour.answer.fields.includes(property)) return [];
	return scene.view
		.gone(container)
		.filter((key) => scene.view.entry(container, key) === undefined)
		.map((key) => ({ kind: "object", members: { [property]: { kind: "value", value: key, order: "kept" } } }));
}

function selected(effect: List, scene: Scene, container: string): readonly Entry[] {
	const entries = scene.view.entries(container);
	switch (effect.shows) {
		case "all":
		case "all-but-one":
			return entries;
		case "nothing":
			return [];
		case "parents-too":
			return scene.view.everywhere(effect.resource);
	}
}

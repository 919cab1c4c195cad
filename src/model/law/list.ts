import { type Common, type EffectLaw, resourceActedOn } from "../effect.ts";
import { type Answer, type Model, resourceNamed } from "../model.ts";
import type { Pattern } from "../pattern.ts";
import { holdsMembers } from "../resource.ts";
import { type Address, addressOf, type Scene } from "../scene.ts";
import type { Entry } from "../state.ts";
import { hasSecret } from "./item.ts";
import { showMembers } from "./member.ts";
import { type Showing, showItem } from "./show-item.ts";

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
		...(resourceNamed(model, effect.resource).parent === undefined
			? []
			: [{ name: "shows what other parents hold", effect: { ...effect, shows: "parents-too" } } as const]),
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
	const { answer } = scene.behaviour;
	// What nobody makes through this API, the server makes: nobody can say what is there.
	const complete = scene.view.isComplete(container) && isMade(scene.model, resource.name);
	if (resource.kind === "log" || (answer.shows !== "list" && answer.shows !== "members")) return { kind: "any" };
	// Which one is dropped depends on an order that only the server knows.
	const lacks = effect.shows === "all-but-one" && entries.length > 0 ? 1 : 0;
	if (holdsMembers(resource)) return showMembers(resource, entries, { complete, lacks });
	// Among others' items ours may stand on any page.
	const shown = answer.pages === true && !scene.view.isComplete(container) ? [] : entries;
	return {
		kind: "list",
		items: shown.map(({ value }) => showItem(resource, showingOf(answer, effect), value)),
		order: "free",
		complete,
		lacks: Math.min(lacks, shown.length),
		without: complete ? [] : goneKeys(scene, address),
	};
}

function showingOf({ fields, optional }: Answer, { reveals }: List): Showing {
	return { fields, reveals, ...(optional === undefined ? {} : { optional }) };
}

const MAKES: ReadonlySet<string> = new Set(["append", "create", "upsert", "replace"]);

/** Whether some operation puts something there. */
function isMade(model: Model, resource: string): boolean {
	const known = made.get(model) ?? new Set(makersOf(model));
	made.set(model, known);
	return known.has(resource);
}

const made = new WeakMap<Model, ReadonlySet<string>>();

function makersOf({ behaviours }: Model): readonly string[] {
	return [...behaviours.values()].flatMap(({ effect }) =>
		MAKES.has(effect.kind) ? (resourceActedOn(effect) ?? []) : [],
	);
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

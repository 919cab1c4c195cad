import { type Common, type EffectLaw, partsOf, resourceActedOn } from "../effect.ts";
import { type Answer, type Model, resourceNamed } from "../model.ts";
import { ANY, type Pattern } from "../pattern.ts";
import { type Listed, type Listing, listed } from "../query/listing.ts";
import { holdsMembers } from "../resource.ts";
import { type Address, addressOf, type Scene } from "../scene.ts";
import type { Entry } from "../state.ts";
import type { Value } from "../value.ts";
import { hasSecret } from "./item.ts";
import { aboutOf, isOmitted } from "./log.ts";
import { removerOf } from "./remover.ts";
import { type Showing, showItem } from "./show-item.ts";

/** Shows all items of a collection, or all members of a set or list. */
export interface List extends Common {
	readonly kind: "list";
	readonly resource: string;
	/** What of the content is shown. */
	readonly shows: "all" | "all-but-one" | "all-but-last" | "nothing" | "parents-too" | "gone-too";
	/** True in a rival that shows a secret again. */
	readonly reveals: boolean;
}

export const list: EffectLaw<List> = {
	kind: "list",
	writes: false,
	sentence: (effect, model) => `shows every ${wordFor(resourceNamed(model, effect.resource).kind)} and nothing else`,
	perform: (effect, scene) => {
		const address = addressOf(scene, effect.resource);
		const { shows, ...said } = show(effect, scene, address);
		return { changes: [], shows, said };
	},
	rivals: (effect, { query }, model) => [
		{ name: "drops one", effect: { ...effect, shows: "all-but-one" } },
		...(query?.pager === undefined || resourceNamed(model, effect.resource).kind === "log"
			? []
			: [{ name: "drops one", effect: { ...effect, shows: "all-but-last" } } as const]),
		{ name: "shows nothing", effect: { ...effect, shows: "nothing" } },
		...(resourceNamed(model, effect.resource).parent === undefined
			? []
			: [{ name: "shows what other parents hold", effect: { ...effect, shows: "parents-too" } } as const]),
		...(removerOf(model, effect.resource) !== undefined && canBeTold(model, effect.resource)
			? [{ name: "shows what was removed", effect: { ...effect, shows: "gone-too" }, rule: "use-after-free" } as const]
			: []),
		...(hasSecret(resourceNamed(model, effect.resource))
			? [{ name: "shows the secret again", effect: { ...effect, reveals: true }, rule: "reveal-once" } as const]
			: []),
	],
};

/** Whether what is gone is told by what a list shows of it. */
function canBeTold(model: Model, name: string): boolean {
	const resource = resourceNamed(model, name);
	return holdsMembers(resource) || resource.key?.property !== undefined;
}

function wordFor(kind: string): string {
	return kind === "set" || kind === "list" ? "member" : kind === "log" ? "entry" : "item";
}

function show(effect: List, scene: Scene, address: Address): Listed {
	const { resource, container } = address;
	const { answer } = scene.behaviour;
	// What was read whole of a log is known like anything else.
	const isRead = resource.kind !== "log" || scene.view.isAdopted?.(container) === true;
	if (!isRead && resource.records !== undefined) return showLog(effect, scene, address);
	if (!isRead || (answer.shows !== "list" && answer.shows !== "members")) return NOTHING_KNOWN;
	const showing = showingOf(answer, effect);
	// What nobody makes through this API, the server makes: nobody can say what is there.
	// Neither does anybody know what all the other parents hold.
	const isMadeHere = resource.kind === "log" || isMade(scene.model, resource.name);
	const isComplete = scene.view.isComplete(container) && isMadeHere && effect.shows !== "parents-too";
	const listing: Listing = {
		scene,
		address,
		only: selected(effect, scene, address),
		isComplete,
		show: holdsMembers(resource) ? showMember : ({ value }) => showItem(resource, showing, value),
		without: isComplete ? [] : [...goneKeys(effect, scene, address), ...hiddenKeys(effect, scene, address)],
		refuse: ({ key }) => keyed(scene, address, key),
	};
	const whole = listed(listing);
	if (effect.shows === "all-but-last") return withoutLast(whole);
	return effect.shows === "all-but-one" ? withoutOne(listing, whole) : whole;
}

/** The last of the page is lost on the way: what is said of the whole list is right. */
function withoutLast(whole: Listed): Listed {
	const { shows } = whole;
	if (shows.kind === "list") return { ...whole, shows: { ...shows, lacks: Math.min(1, shows.items.length) } };
	if (shows.kind !== "page") return whole;
	const size = Math.max(0, Math.min(shows.size, shows.items.length - shows.from) - 1);
	return { ...whole, shows: { ...shows, size, shown: shows.shown.slice(0, -1) } };
}

/** Others write to a log as well: it holds at least what must have been written there. */
function showLog(effect: List, scene: Scene, address: Address): Listed {
	const { resource, container } = address;
	const entries = scene.view.entries(container);
	const shown = effect.shows === "nothing" ? [] : entries.filter((entry) => !isOmitted(entry));
	const showing = showingOf(scene.behaviour.answer, effect);
	const whole = listed({
		scene,
		address,
		only: effect.shows === "all-but-one" ? shown.slice(0, -1) : shown,
		isComplete: scene.view.isComplete(container),
		show: ({ value }) => showItem(resource, showing, value),
		without: [],
		refuse: () => [],
	});
	const lacks =
		effect.shows === "nothing" ? shown.length : effect.shows === "all-but-one" ? Math.min(1, shown.length) : 0;
	return {
		...whole,
		shows: {
			kind: "log",
			name: `log ${container}`,
			entries: entries.map((entry) => ({ about: aboutOf(entry), omitted: isOmitted(entry) })),
			lacks: effect.shows === "nothing" ? entries.filter((entry) => !isOmitted(entry)).length : lacks,
			isPart: scene.behaviour.answer.pages === true,
			served: whole.shows,
		},
	};
}

const NOTHING_KNOWN: Listed = { shows: ANY, beside: [], neighbours: {}, total: 0 };

function showMember({ value }: Entry): Pattern {
	return { kind: "value", value, order: "kept" };
}

/** Which one is dropped depends on an order that only the server knows; of a page it is the last. */
function withoutOne(listing: Listing, whole: Listed): Listed {
	const { shows } = whole;
	if (shows.kind === "list") return { ...whole, shows: { ...shows, lacks: Math.min(1, shows.items.length) } };
	const { view } = listing.scene;
	return listed({ ...listing, only: view.entries(listing.address.container).slice(0, -1) });
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
		partsOf(effect).flatMap((part) => (MAKES.has(part.kind) ? (resourceActedOn(part) ?? []) : [])),
	);
}

/** Who shows nothing shows none of ours either, whatever of others stands there. */
function hiddenKeys({ shows }: List, scene: Scene, address: Address): readonly Pattern[] {
	if (shows !== "nothing") return [];
	return scene.view.entries(address.container).flatMap(({ key }) => keyed(scene, address, key));
}

/** What is gone, as far as its key tells of it. */
function goneEntries({ view }: Scene, { resource, container }: Address): readonly Entry[] {
	const property = resource.key?.property;
	const gone = view.gone(container).filter((key) => view.entry(container, key) === undefined);
	return gone.map((key) => ({
		key,
		value: holdsMembers(resource) || property === undefined ? key : { [property]: key },
	}));
}

/** In a collection where others' items may stand, what we deleted must at least not be among them. */
function goneKeys({ shows }: List, scene: Scene, address: Address): readonly Pattern[] {
	const { container } = address;
	return [...(shows === "gone-too" ? [] : scene.view.gone(container)), ...scene.view.elsewhere(container)]
		.filter((key) => scene.view.entry(container, key) === undefined)
		.flatMap((key) => keyed(scene, address, key));
}

/** An item that is told by nothing but its key. */
function keyed(scene: Scene, { resource }: Address, key: Value): readonly Pattern[] {
	const property = resource.key?.property;
	if (property === undefined || !scene.behaviour.answer.fields.includes(property)) return [];
	return [{ kind: "object", members: { [property]: { kind: "value", value: key, order: "kept" } } }];
}

/** What is listed instead of all that stands there. */
function selected(effect: List, scene: Scene, { resource, container }: Address): readonly Entry[] | undefined {
	switch (effect.shows) {
		case "all":
		case "all-but-one":
		case "all-but-last":
			return undefined;
		case "nothing":
			return [];
		case "gone-too":
			return [...scene.view.entries(container), ...goneEntries(scene, { resource, container })];
		case "parents-too":
			return scene.view.everywhere(effect.resource);
	}
}

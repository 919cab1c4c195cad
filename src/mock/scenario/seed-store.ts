import type { Json } from "../../http/exchange.ts";
import type { Call } from "../../model/call.ts";
import { storeItem } from "../../model/law/item.ts";
import { type Behaviour, lineage } from "../../model/model.ts";
import { documentedParts, homeContainer, homePart } from "../../model/partition.ts";
import { holdsMembers, type Resource } from "../../model/resource.ts";
import type { Scene } from "../../model/scene.ts";
import { containerIn, containerOf, type Entry } from "../../model/state.ts";
import { isObject, serverValue, type Value } from "../../model/value.ts";
import { createMediaPlans } from "../answer/media-plan.ts";
import type { Desk } from "../desk.ts";
import type { IssuedNumbers } from "../state/issue.ts";
import { createSettler } from "../state/settle-changes.ts";
import type { SavedState } from "../store/store.ts";
import { documentedItems } from "./documented-data.ts";
import { canBeFilled } from "./fill-inside.ts";
import type { Scenario, SeedData } from "./scenario.ts";
import { touchedResources } from "./touched-resources.ts";

/** So many items of what nobody can create, when the document shows none. */
const MADE_UP = 3;
/** Making up takes milliseconds: a great number of items repeat, but for their keys, what so many hold. */
const VARIANTS = 100;

type Members = { readonly [name: string]: Value };

/** Fills a store with what a scenario names, and with what the document shows of the rest, when it is asked for. */
export interface Seeder {
	/** Fills what an operation can see or touch, once. */
	ensure(behaviour: Behaviour): void;
	ensureAll(): void;
	/** Fills a resource, with what it lives in and what lives in it, once. */
	ensureResource(name: string): void;
	/** Stores an item as if the scenario had named it, and gives its key: the server's fields are made where not given. */
	place(resource: Resource, at: { readonly container: string; readonly key?: Value }, item: Members): Value;
	/** Stores an item of which nothing but its key is known, as the document might show it. */
	conjure(resource: Resource, at: { readonly container: string; readonly key: Value }): void;
	/** Fills one place inside an item that nobody can fill. */
	readonly fillPlace: FillPlace;
	/** Another number after every `restore`: what was ensured before may have to be ensured again. */
	readonly round: () => number;
	/** All that is true now, at a cost that does not depend on how much it is. */
	save(): SavedData;
	restore(saved: SavedData): void;
	/** Takes over what another mock held, as far as there are such resources here; the start stays what it is. */
	adopt(saved: SavedData): void;
	/** Back to what was there before the first request. */
	reset(): void;
}

export type FillPlace = (resource: Resource, container: string) => void;

export interface SavedData {
	readonly state: SavedState;
	/** The resources that had been filled. */
	readonly seeded: ReadonlySet<string>;
	readonly issued: IssuedNumbers;
}

/**
 * Making up the data of a large document takes seconds, of which its users need little: a resource is filled, with all
 * that it lives in and that lives in it, when an operation is called for the first time that has to do with it.
 */
export function createSeeder(desk: Desk, scenario: Scenario): Seeder {
	const seeding: Seeding = {
		...desk,
		data: scenario.data,
		prefix: "",
		settle: createSettler({ ...desk, view: desk.store.view }),
		planOf: createMediaPlans(desk),
	};
	let seeded = new Set<string>();
	let round = 0;
	const save = (): SavedData => ({
		state: desk.store.save(),
		seeded: new Set(seeded),
		issued: desk.issuer.save(),
	});
	/** Holds every resource that was filled before a request changed anything. */
	let start = save();
	const restore = (saved: SavedData): void => {
		desk.store.restore(saved.state);
		desk.issuer.restore(saved.issued);
		seeded = new Set(saved.seeded);
		round++;
	};
	const ensure = (name: string): void => {
		const [root] = lineage(desk.model, name);
		if (root === undefined || seeded.has(root.name)) return;
		const isStart = desk.store.isAt(start.state);
		seeded.add(root.name);
		for (const { container, ...part } of placesOf(seeding, scenario, root)) {
			seed({ ...seeding, ...part }, root, { container, given: undefined });
		}
		if (isStart) start = save();
	};
	return {
		round: () => round,
		save,
		restore,
		reset: () => restore(start),
		adopt: (saved) => {
			const { resources } = desk.model;
			restore(start);
			for (const [container, entries] of saved.state.contents()) {
				const isKnown = container.split("/").every((step, index) => index % 2 === 1 || resources.has(step));
				if (isKnown) desk.store.apply([{ kind: "fill", container, entries }]);
			}
			seeded = new Set([...seeded, ...saved.seeded].filter((name) => resources.has(name)));
		},
		ensureResource: ensure,
		fillPlace: (resource, container) => seed(seeding, resource, { container, given: undefined }),
		conjure: (resource, { container, key }) => {
			const count = desk.store.view.counter(PLACED);
			desk.store.apply([{ kind: "count", name: PLACED, by: 1 }]);
			if (holdsMembers(resource)) {
				desk.store.apply([{ kind: "put", container, entry: { key, value: key } }]);
				return;
			}
			const item = madeUp(seeding, resource, { index: count, values: {} });
			if (isObject(item)) seedItem(seeding, resource, { container, item, tag: `conjured ${count}`, key });
		},
		place: (resource, at, item) => {
			const number = desk.store.view.counter(PLACED);
			desk.store.apply([{ kind: "count", name: PLACED, by: 1 }]);
			return seedItem(seeding, resource, { ...at, item, tag: `placed ${number}` });
		},
		ensure: (behaviour) => {
			for (const name of touchedResources(desk.model, behaviour)) ensure(name);
		},
		ensureAll: () => {
			for (const name of desk.model.resources.keys()) ensure(name);
		},
	};
}

/** Where a resource at the top is filled, and with what: in the part that is home, and in the others that are known. */
function placesOf(
	{ model }: Seeding,
	{ data, tenants }: Scenario,
	{ name, partition }: Resource,
): readonly ({ readonly container: string } & Pick<Seeding, "data" | "prefix">)[] {
	const home = { container: homeContainer(model, name), data, prefix: "" };
	if (partition === undefined) return [home];
	const documented = partition.by === "header" ? documentedParts(model, partition.name).map(String) : [];
	const others = new Set([...documented, ...(tenants?.keys() ?? [])]);
	others.delete(homePart(model, partition));
	const elsewhere = [...others].map((part) => ({
		container: containerIn(name, part),
		data: tenants?.get(part) ?? data,
		prefix: `${part} `,
	}));
	return [home, ...elsewhere];
}

/** Counts what was placed, so that each gets a key of its own. */
const PLACED = "placed";

interface Seeding extends Desk {
	readonly data: Scenario["data"];
	/** What one part holds has other ids than what another does. */
	readonly prefix: string;
	readonly settle: ReturnType<typeof createSettler>;
	readonly planOf: ReturnType<typeof createMediaPlans>;
}

interface Spot {
	readonly container: string;
	/** Named inside an item of the parent. */
	readonly given: readonly Json[] | undefined;
}

function seed(seeding: Seeding, resource: Resource, { container, given }: Spot): void {
	const named = given === undefined ? seeding.data.get(resource.name) : ({ kind: "items", items: given } as const);
	const items = itemsOf(seeding, resource, named ?? standardData(seeding, resource));
	if (resource.kind === "set" || resource.kind === "list") {
		const entries = items.map((value): Entry => ({ key: value, value }));
		seeding.store.apply([{ kind: "fill", container, entries }]);
		return;
	}
	for (const [index, item] of items.entries()) {
		// What stands inside one item has other ids than what stands inside another.
		const place = resource.parent === undefined ? "" : ` ${container}`;
		if (isObject(item)) seedItem(seeding, resource, { container, item, tag: `seed${place} ${seeding.prefix}${index}` });
	}
}

/** What the document shows; a place that nobody could fill is filled with something. */
function standardData(seeding: Seeding, resource: Resource): SeedData {
	// A list inside an item is not known to be that item's; a log is answered with its example.
	if (resource.kind === "log" || resource.passedOnly === true) return { kind: "items", items: [] };
	const isFilled = canBeFilled(seeding.model, resource.name);
	const items =
		resource.parent === undefined || !isFilled ? documentedItems(seeding.model, resource, seeding.planOf) : [];
	// Of what nothing lists, an item is made when somebody names it.
	const isLeftEmpty = (isFilled && resource.kind !== "singleton") || resource.unlisted === true;
	if (items.length > 0 || isLeftEmpty) return { kind: "items", items };
	return { kind: "count", count: resource.kind === "singleton" ? 1 : MADE_UP, values: {} };
}

function itemsOf(seeding: Seeding, resource: Resource, data: SeedData): readonly Json[] {
	if (data.kind === "items") return data.items;
	if (data.kind === "examples") return documentedItems(seeding.model, resource, seeding.planOf);
	const { count, values } = data;
	return Array.from({ length: count }, (_, index) => madeUp(seeding, resource, { index, values }));
}

function madeUp(
	{ inventor }: Seeding,
	resource: Resource,
	{ index, values }: { readonly index: number; readonly values: { readonly [field: string]: Json } },
): Json {
	const { schema, name, fields } = resource;
	const label = `${name} ${index % VARIANTS}`;
	const made = schema === undefined ? {} : (inventor.invent(schema, { name, label, optional: "all" }) ?? {});
	if (!isObject(made)) return made;
	// The server's own fields are made as for any other item.
	const own = Object.entries(made).filter(
		([field]) => fields.get(field)?.owner === "client" && field !== resource.key?.property,
	);
	return { ...(Object.fromEntries(own) as { readonly [field: string]: Json }), ...values };
}

interface SeedItem {
	readonly container: string;
	readonly item: Members;
	readonly tag: string;
	/** When the item itself does not hold it. */
	readonly key?: Value;
}

function seedItem(seeding: Seeding, resource: Resource, { container, item, tag, key: named }: SeedItem): Value {
	const property = resource.key?.property;
	const given = property === undefined ? undefined : item[property];
	const key = resource.kind === "singleton" ? "" : (given ?? named ?? serverValue("unique", `${resource.name}#${tag}`));
	const { entry, changes } = storeItem(sceneFor(seeding, item, tag), { resource, container, key }, "overwrite");
	const known = Object.entries(item).filter(([name]) => resource.fields.has(name) && name !== property);
	const value = { ...(entry.value as { readonly [name: string]: Value }), ...Object.fromEntries(known) };
	const settled = seeding.settle(
		changes.map((change) => (change.kind === "put" ? { ...change, entry: { key, value } } : change)),
	);
	seeding.store.apply(settled.changes);
	const made = settled.changes.find((change) => change.kind === "put")?.entry.key ?? key;
	for (const inner of seeding.model.resources.values()) {
		if (inner.parent !== resource.name) continue;
		const children = resource.fields.has(inner.name) ? undefined : item[inner.name];
		seed(seeding, inner, {
			container: containerOf(inner.name, { container, key: made }),
			given: Array.isArray(children) ? (children as readonly Json[]) : undefined,
		});
	}
	return made;
}

/** Items are made by the same law as by a request, so that what is left out is what the document says. */
function sceneFor({ model, store }: Seeding, body: Value, tag: string): Scene {
	const call: Call = { operation: "", path: {}, query: {}, header: {}, body, credentials: {}, flaws: [], tag };
	const [behaviour] = model.behaviours.values();
	if (behaviour === undefined) throw new Error("a model with resources has operations");
	return { model, behaviour, view: store.view, call };
}

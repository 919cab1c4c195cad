import type { Entry, Page, SortedBy } from "../../model/state.ts";
import { identify, type Value } from "../../model/value.ts";
import { createOrder, type Order } from "./order.ts";
import { createSortedEntries } from "./sorted-entries.ts";

/** The entries of one place, in order of creation. */
export interface Container {
	readonly name: string;
	get(key: Value): Entry | undefined;
	/** Every entry; the same array until something changes. A list may hold the same member twice. */
	entries(): readonly Entry[];
	/** A part of the entries; costs what the part costs, however many there are. */
	page(part: Page): readonly Entry[];
	/** The same in another order; undefined where a member stands twice. */
	sorted(by: SortedBy, part: Page): readonly Entry[] | undefined;
	/** How many entries were made before the one of this key; undefined when there is none. */
	rank(key: Value): number | undefined;
	size(): number;
	/** The same object as long as nothing changes. */
	stamp(): object;
	/** Gives what stood there before. */
	set(entry: Entry): Entry | undefined;
	remove(key: Value): Entry | undefined;
	fill(entries: readonly Entry[]): void;
	/** One that holds the same, and goes its own way from the first change on. The original must not change any more. */
	fork(): Container;
}

/**
 * Keeps entries by key. What holds the same key twice (a list of plain values) is kept as it was filled.
 *
 * @example createContainer("apps").get("my-app") // undefined
 */
export function createContainer(name: string): Container {
	return containerOf(name, { order: createOrder(), byKey: new Map(), twins: undefined });
}

interface Held {
	readonly order: Order<Entry>;
	/** Key → place in the order. */
	readonly byKey: Map<string, number>;
	/** Members of a list in which one stands twice: it has no order by key. */
	readonly twins: readonly Entry[] | undefined;
}

function heldOf(given: readonly Entry[]): Held {
	const distinct = new Map(given.map((entry) => [keyText(entry.key), entry]));
	return {
		order: createOrder([...distinct.values()]),
		byKey: new Map([...distinct.keys()].map((text, place) => [text, place])),
		twins: distinct.size < given.length ? given : undefined,
	};
}

const EVERYTHING: Page = { offset: 0, limit: Number.POSITIVE_INFINITY };

/** @param given what somebody else may read as well: it is copied before it is changed */
function containerOf(name: string, given: Held): Container {
	let held = given;
	let [isShared, stamp] = [true, {}];
	/** All entries in order, when it is known. */
	let all: readonly Entry[] | undefined;
	const entries = (): readonly Entry[] => {
		all ??= held.twins ?? held.order.page(EVERYTHING);
		return all;
	};
	const sorted = createSortedEntries(() => entries().map((entry) => ({ entry, place: placeOf(entry.key) ?? 0 })));
	const own = (): void => {
		if (isShared || held.order.isSparse()) {
			held = heldOf(entries());
			sorted.clear();
		}
		isShared = false;
		all = undefined;
		stamp = {};
	};
	const placeOf = (key: Value): number | undefined => held.byKey.get(keyText(key));
	return {
		name,
		entries,
		fork: () => containerOf(name, held),
		get: (key) => {
			const place = placeOf(key);
			return place === undefined ? undefined : held.order.at(place);
		},
		page: (part) => (held.twins === undefined ? held.order.page(part) : partOf(held.twins, part)),
		sorted: (by, part) => (held.twins === undefined ? sorted.page(by, part) : undefined),
		rank: (key) => {
			const place = placeOf(key);
			return place === undefined ? undefined : held.order.rank(place);
		},
		stamp: () => stamp,
		size: () => held.twins?.length ?? held.order.size(),
		set: (entry) => {
			own();
			const place = placeOf(entry.key);
			if (place === undefined) {
				const made = held.order.push(entry);
				held.byKey.set(keyText(entry.key), made);
				sorted.exchange(made, undefined, entry);
				if (held.twins !== undefined) held = { ...held, twins: [...held.twins, entry] };
				return undefined;
			}
			const before = held.order.at(place);
			held.order.replace(place, entry);
			sorted.exchange(place, before, entry);
			const { twins } = held;
			if (twins !== undefined) held = { ...held, twins: twins.map((one) => (isSame(one, entry.key) ? entry : one)) };
			return before;
		},
		remove: (key) => {
			if (placeOf(key) === undefined) return undefined;
			own();
			const place = placeOf(key) ?? -1;
			const before = held.order.remove(place);
			sorted.exchange(place, before, undefined);
			held.byKey.delete(keyText(key));
			const { twins } = held;
			if (twins !== undefined) held = { ...held, twins: twins.filter((one) => !isSame(one, key)) };
			return before;
		},
		fill: (next) => {
			held = heldOf([...next]);
			sorted.clear();
			isShared = false;
			all = undefined;
			stamp = {};
		},
	};
}

function isSame(entry: Entry, key: Value): boolean {
	return keyText(entry.key) === keyText(key);
}

function partOf(entries: readonly Entry[], { offset, limit, newestFirst = false }: Page): readonly Entry[] {
	return (newestFirst ? entries.toReversed() : entries).slice(offset, offset + limit);
}

/** A path carries `5` and a body 5: as keys they are the same. */
function keyText(key: Value): string {
	if (typeof key === "string") return key;
	if (Array.isArray(key)) return (key as readonly Value[]).map(keyText).join(",");
	return typeof key === "number" ? String(key) : identify(key);
}

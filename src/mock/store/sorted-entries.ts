import type { Entry, Page, SortedBy } from "../../model/state.ts";
import { createSortedIndex, type SortedIndex } from "./sorted-index.ts";

/** An entry with its place in the order of creation, which decides where nothing else does. */
interface Placed {
	readonly entry: Entry;
	readonly place: number;
}

/** The entries of one container in the orders that were asked for, kept up as they change. */
export interface SortedEntries {
	page(by: SortedBy, part: Page): readonly Entry[];
	/** What stands at a place stands there no longer, or is another now. */
	exchange(place: number, before: Entry | undefined, after: Entry | undefined): void;
	/** The places are others from now on. */
	clear(): void;
}

/** Lists are asked for in few orders. */
const INDEXES_MAX = 8;

/** @param placed all entries as they stand now; only asked when an order is new */
export function createSortedEntries(placed: () => readonly Placed[]): SortedEntries {
	const indexes = new Map<string, SortedIndex<Placed>>();
	const indexFor = ({ name, compare }: SortedBy): SortedIndex<Placed> => {
		const known = indexes.get(name);
		if (known !== undefined) return known;
		if (indexes.size >= INDEXES_MAX) indexes.clear();
		const index = createSortedIndex<Placed>((a, b) => compare(a.entry, b.entry) || a.place - b.place, placed());
		indexes.set(name, index);
		return index;
	};
	return {
		page: (by, part) =>
			indexFor(by)
				.page(part)
				.map(({ entry }) => entry),
		exchange: (place, before, after) => {
			for (const index of indexes.values()) {
				if (before !== undefined) index.remove({ entry: before, place });
				if (after !== undefined) index.add({ entry: after, place });
			}
		},
		clear: () => indexes.clear(),
	};
}

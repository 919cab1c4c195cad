import type { Page } from "../../model/state.ts";

/**
 * Things in the order in which they came. What is taken away leaves a gap, so that nothing else moves; how many are left
 * is counted for blocks and for blocks of blocks, so that the thing at an offset is found by a few short steps.
 */
export interface Order<Thing> {
	size(): number;
	/** Gives the place at which it stands from now on. */
	push(thing: Thing): number;
	at(place: number): Thing | undefined;
	replace(place: number, thing: Thing): void;
	remove(place: number): Thing | undefined;
	/** How many things stand before a place. */
	rank(place: number): number;
	page(part: Page): readonly Thing[];
	/** True when there are more gaps than things: it is time to make it anew. */
	isSparse(): boolean;
}

const BLOCK = 256;
const LARGE_BLOCK = BLOCK * BLOCK;
/** Fewer gaps than these cost nothing. */
const GAPS_MIN = 1_024;

/** @example createOrder(["a", "b", "c"]).page({ offset: 1, limit: 1 }) // ["b"] */
export function createOrder<Thing>(given: readonly Thing[] = []): Order<Thing> {
	const slots: (Thing | undefined)[] = [...given];
	const blocks: number[] = [];
	const largeBlocks: number[] = [];
	let live = given.length;
	const count = (place: number, by: number): void => {
		const [block, large] = [Math.floor(place / BLOCK), Math.floor(place / LARGE_BLOCK)];
		blocks[block] = (blocks[block] ?? 0) + by;
		largeBlocks[large] = (largeBlocks[large] ?? 0) + by;
	};
	for (let place = 0; place < slots.length; place++) count(place, 1);
	/** The place of the thing before which so many stand. */
	const placeOf = (offset: number): number => {
		const large = skip(largeBlocks, 0, offset);
		const block = skip(blocks, large.at * BLOCK, large.left);
		let { left } = block;
		let place = block.at * BLOCK;
		for (; place < slots.length; place++) if (slots[place] !== undefined && left-- === 0) break;
		return place;
	};
	return {
		size: () => live,
		at: (place) => slots[place],
		isSparse: () => slots.length - live > Math.max(live, GAPS_MIN),
		push: (thing) => {
			slots.push(thing);
			live++;
			count(slots.length - 1, 1);
			return slots.length - 1;
		},
		replace: (place, thing) => {
			slots[place] = thing;
		},
		remove: (place) => {
			const thing = slots[place];
			if (thing === undefined) return undefined;
			slots[place] = undefined;
			live--;
			count(place, -1);
			return thing;
		},
		rank: (place) => {
			const [block, large] = [Math.floor(place / BLOCK), Math.floor(place / LARGE_BLOCK)];
			let rank = 0;
			for (let one = 0; one < large; one++) rank += largeBlocks[one] ?? 0;
			for (let one = large * BLOCK; one < block; one++) rank += blocks[one] ?? 0;
			for (let one = block * BLOCK; one < place; one++) if (slots[one] !== undefined) rank++;
			return rank;
		},
		page: ({ offset, limit, newestFirst = false }) => {
			const end = Math.min(live, offset + limit);
			const from = newestFirst ? live - end : offset;
			const wanted = Math.max(0, end - offset);
			const found: Thing[] = [];
			for (let place = wanted === 0 ? 0 : placeOf(from); found.length < wanted && place < slots.length; place++) {
				const thing = slots[place];
				if (thing !== undefined) found.push(thing);
			}
			return newestFirst ? found.reverse() : found;
		},
	};
}

/** Steps over whole blocks as long as what is sought stands behind them. */
function skip(counts: readonly number[], from: number, offset: number): { readonly at: number; readonly left: number } {
	let [at, left] = [from, offset];
	for (; at < counts.length && left >= (counts[at] ?? 0); at++) left -= counts[at] ?? 0;
	return { at, left };
}

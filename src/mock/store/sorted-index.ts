import type { Page } from "../../model/state.ts";

/** Things in an order of their own, in blocks: one more or one less moves only those of its block. */
export interface SortedIndex<Thing> {
	add(thing: Thing): void;
	remove(thing: Thing): void;
	page(part: Page): readonly Thing[];
}

const BLOCK_MAX = 512;

/**
 * @param compare tells every two things apart
 * @example createSortedIndex((a: number, b: number) => a - b, [3, 1, 2]).page({ offset: 1, limit: 1 }) // [2]
 */
export function createSortedIndex<Thing>(
	compare: (a: Thing, b: Thing) => number,
	given: readonly Thing[],
): SortedIndex<Thing> {
	const sorted = given.toSorted(compare);
	const blocks: Thing[][] = [];
	for (let at = 0; at < sorted.length; at += BLOCK_MAX / 2) blocks.push(sorted.slice(at, at + BLOCK_MAX / 2));
	let size = sorted.length;

	/** The last block that begins with nothing greater. */
	const blockOf = (thing: Thing): number =>
		Math.max(0, firstAt(blocks.length, (at) => compare((blocks[at] as Thing[])[0] as Thing, thing) > 0) - 1);
	const placeIn = (block: readonly Thing[], thing: Thing): number =>
		firstAt(block.length, (at) => compare(block[at] as Thing, thing) >= 0);

	return {
		add: (thing) => {
			size++;
			const at = blockOf(thing);
			const block = blocks[at];
			if (block === undefined) blocks.push([thing]);
			else {
				block.splice(placeIn(block, thing), 0, thing);
				if (block.length > BLOCK_MAX) blocks.splice(at + 1, 0, block.splice(BLOCK_MAX / 2));
			}
		},
		remove: (thing) => {
			const at = blockOf(thing);
			const block = blocks[at] ?? [];
			const place = placeIn(block, thing);
			const found = block[place];
			if (found === undefined || compare(found, thing) !== 0) return;
			size--;
			block.splice(place, 1);
			if (block.length === 0) blocks.splice(at, 1);
		},
		page: ({ offset, limit, newestFirst = false }) => {
			const end = Math.min(size, offset + limit);
			const from = newestFirst ? size - end : offset;
			const found: Thing[] = [];
			let left = from;
			for (let at = 0; at < blocks.length && found.length < end - offset; at++) {
				const block = blocks[at] as Thing[];
				if (left >= block.length) left -= block.length;
				else {
					found.push(...block.slice(left, left + end - offset - found.length));
					left = 0;
				}
			}
			return newestFirst ? found.reverse() : found;
		},
	};
}

/** The first number below a length of which something is true that stays true from there on; the length if of none. */
function firstAt(length: number, isTrue: (at: number) => boolean): number {
	let [low, high] = [0, length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (isTrue(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}

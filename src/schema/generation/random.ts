/** A stream of numbers that depends on nothing but its label. */
export interface Random {
	/** From 0 up to, but without, 1. */
	next(): number;
	/** A whole number, both bounds included. */
	integer(min: number, max: number): number;
	/** One of the items; throws on an empty list. */
	pick<T>(items: readonly T[]): T;
	/** The items in another order. */
	shuffle<T>(items: readonly T[]): readonly T[];
}

/**
 * Makes a stream from a label. Every place of a value has a label of its own, so that a change in one place leaves
 * all others as they are. Mulberry32 over an FNV-1a hash: quick and even enough for examples, unfit for secrets.
 *
 * @example createRandom("42 /name").integer(1, 6)
 */
export function createRandom(label: string): Random {
	let state = hash(label);
	function next(): number {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}
	const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
	return {
		next,
		integer,
		pick<T>(items: readonly T[]): T {
			if (items.length === 0) throw new Error("nothing to pick from");
			return items[integer(0, items.length - 1)] as T;
		},
		shuffle<T>(items: readonly T[]): readonly T[] {
			return items
				.map((item) => ({ item, key: next() }))
				.sort((a, b) => a.key - b.key)
				.map(({ item }) => item);
		},
	};
}

function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	}
	return value ^ (value >>> 16);
}

import type { Entry } from "../../model/state.ts";
import { identify, type Value } from "../../model/value.ts";

/** The entries of one place, in order of creation. */
export interface Container {
	readonly name: string;
	get(key: Value): Entry | undefined;
	/** Every entry; the same array until something changes. A list may hold the same member twice. */
	entries(): readonly Entry[];
	size(): number;
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
	return containerOf(name, { byKey: new Map(), all: [], hasTwins: false, isShared: false });
}

interface Held {
	readonly byKey: Map<string, Entry>;
	/** All entries in order, when it is known. */
	readonly all: Entry[] | undefined;
	readonly hasTwins: boolean;
	/** Somebody else reads the same map and list. */
	readonly isShared: boolean;
}

function containerOf(name: string, held: Held): Container {
	let { byKey, all, hasTwins, isShared } = held;
	const own = (): void => {
		if (!isShared) return;
		byKey = new Map(byKey);
		all = all === undefined ? undefined : [...all];
		isShared = false;
	};
	const entries = (): readonly Entry[] => {
		all ??= [...byKey.values()];
		return all;
	};
	return {
		name,
		entries,
		get: (key) => byKey.get(keyText(key)),
		size: () => (hasTwins ? entries().length : byKey.size),
		fork: () => containerOf(name, { byKey, all, hasTwins, isShared: true }),
		set: (entry) => {
			own();
			const text = keyText(entry.key);
			const before = byKey.get(text);
			byKey.set(text, entry);
			if (before === undefined) all?.push(entry);
			else all = hasTwins ? entries().map((one) => (one === before ? entry : one)) : undefined;
			return before;
		},
		remove: (key) => {
			const text = keyText(key);
			const before = byKey.get(text);
			if (before === undefined) return undefined;
			own();
			const left = hasTwins ? entries().filter((one) => keyText(one.key) !== text) : undefined;
			byKey.delete(text);
			all = left;
			return before;
		},
		fill: (given) => {
			isShared = false;
			all = [...given];
			byKey = new Map(given.map((entry) => [keyText(entry.key), entry]));
			hasTwins = byKey.size < given.length;
		},
	};
}

/** A path carries `5` and a body 5: as keys they are the same. */
function keyText(key: Value): string {
	if (typeof key === "string") return key;
	return typeof key === "number" ? String(key) : identify(key);
}

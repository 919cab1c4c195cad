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
}

/**
 * Keeps entries by key. What holds the same key twice (a list of plain values) is kept as it was filled.
 *
 * @example createContainer("apps").get("my-app") // undefined
 */
export function createContainer(name: string): Container {
	let byKey = new Map<string, Entry>();
	/** All entries in order, when it is known. */
	let all: Entry[] | undefined = [];
	let hasTwins = false;
	const entries = (): readonly Entry[] => {
		all ??= [...byKey.values()];
		return all;
	};
	return {
		name,
		entries,
		get: (key) => byKey.get(keyText(key)),
		size: () => (hasTwins ? entries().length : byKey.size),
		set: (entry) => {
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
			const left = hasTwins ? entries().filter((one) => keyText(one.key) !== text) : undefined;
			byKey.delete(text);
			all = left;
			return before;
		},
		fill: (given) => {
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

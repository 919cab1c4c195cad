/**
 * The words of a name, lower case, with a blank between them.
 *
 * @example wordsOf("createdAt_UTC") // "created at utc"
 */
export function wordsOf(name: string): string {
	return name
		.replace(/([a-z0-9])([A-Z])/g, "$1 $2")
		.replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
		.replace(/[^A-Za-z0-9]+/g, " ")
		.trim()
		.toLowerCase();
}

/** Names come again and again; beyond this many different ones the memory begins anew. */
const KEPT_MAX = 5_000;

/** Remembers what was found for a name. */
export function byName<T>(find: (words: string) => T): (name: string) => T {
	const known = new Map<string, T>();
	return (name) => {
		const before = known.get(name);
		if (before !== undefined) return before;
		if (known.size >= KEPT_MAX) known.clear();
		const found = find(wordsOf(name));
		known.set(name, found);
		return found;
	};
}

/**
 * The first two items that are equal as JSON, or undefined when all differ. Takes time in the length of the list,
 * not in its square.
 *
 * @example findRepetition([{ a: 1, b: 2 }, { b: 2, a: 1 }]) // { i: 1, j: 0 }
 */
export function findRepetition(list: readonly unknown[]): { readonly i: number; readonly j: number } | undefined {
	const seen = new Map<string, number>();
	for (const [i, item] of list.entries()) {
		const key = canonical(item);
		const j = seen.get(key);
		if (j !== undefined) return { i, j };
		seen.set(key, i);
	}
	return undefined;
}

/** A text that two values share exactly when they are equal as JSON (2020-12 Core, section 4.2.2). */
export function canonical(value: unknown): string {
	return (
		JSON.stringify(value, (_, inner: unknown) => {
			if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
			return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
		}) ?? "undefined"
	);
}

/**
 * A map whose values are made when they are first asked for, and then kept.
 *
 * @example lazyMap(["Pet", "Owner"], (name) => schemaOf(name)).get("Pet")
 */
export function lazyMap<Value>(
	names: Iterable<string>,
	make: (name: string) => Value | undefined,
): ReadonlyMap<string, Value> {
	const known = new Set(names);
	const made = new Map<string, Value>();
	const get = (name: string): Value | undefined => {
		if (!known.has(name) || made.has(name)) return made.get(name);
		const value = make(name);
		if (value === undefined) known.delete(name);
		else made.set(name, value);
		return value;
	};
	function* entries(): MapIterator<[string, Value]> {
		for (const name of [...known]) {
			const value = get(name);
			if (value !== undefined) yield [name, value];
		}
	}
	function* values(): MapIterator<Value> {
		for (const [, value] of entries()) yield value;
	}
	const map: ReadonlyMap<string, Value> = {
		get,
		has: (name) => known.has(name),
		get size() {
			return known.size;
		},
		keys: () => known.keys(),
		values,
		entries,
		[Symbol.iterator]: entries,
		forEach: (visit) => {
			for (const [name, value] of entries()) visit(value, name, map);
		},
	};
	return map;
}

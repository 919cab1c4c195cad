/** Numbers that count up, some of them only for a time. */
export interface Counters {
	get(name: string): number;
	/** The time to live counts from the first addition; it is not prolonged. */
	add(name: string, by: number, expiresInMs: number | undefined): void;
	remainingMs(name: string): number | undefined;
	/** Forgets all whose names begin with the prefix of an item (`counterPrefix`). */
	forget(prefix: string): void;
	/** The same counts, which go their own way. */
	fork(): Counters;
}

interface Counter {
	readonly value: number;
	/** Milliseconds since 1970. */
	readonly expiresAt: number;
}

/** @example const counters = createCounters(Date.now); counters.add("made/apps", 1, undefined); counters.get("made/apps") // 1 */
export function createCounters(now: () => number): Counters {
	return countersOf(now, new Map());
}

/** @param byOwner by item, so that forgetting one does not look at those of all others */
function countersOf(now: () => number, byOwner: Map<string, Map<string, Counter>>): Counters {
	const find = (name: string): Counter | undefined => {
		const counter = byOwner.get(ownerOf(name))?.get(name);
		return counter !== undefined && counter.expiresAt > now() ? counter : undefined;
	};
	return {
		get: (name) => find(name)?.value ?? 0,
		add: (name, by, expiresInMs) => {
			const known = find(name);
			const value = (known?.value ?? 0) + by;
			const expiresAt =
				known?.expiresAt ?? (expiresInMs === undefined ? Number.POSITIVE_INFINITY : now() + expiresInMs);
			const owner = ownerOf(name);
			const own = byOwner.get(owner) ?? new Map<string, Counter>();
			own.set(name, { value, expiresAt });
			byOwner.set(owner, own);
		},
		remainingMs: (name) => {
			const expiresAt = find(name)?.expiresAt;
			return expiresAt === undefined || expiresAt === Number.POSITIVE_INFINITY ? undefined : expiresAt - now();
		},
		forget: (prefix) => void byOwner.delete(prefix),
		fork: () => countersOf(now, new Map([...byOwner].map(([owner, own]) => [owner, new Map(own)]))),
	};
}

/** An item's counters have its prefix in front, which ends with two slashes; all others belong to nobody. */
function ownerOf(name: string): string {
	const end = name.indexOf("//");
	return end < 0 ? "" : name.slice(0, end + 2);
}

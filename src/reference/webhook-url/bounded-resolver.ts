/** Gives the addresses of a host name; rejects, or gives none, when it does not resolve. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface ResolverLimits {
	/** Longest wait for one name; after it the name counts as one that does not resolve. */
	readonly timeoutMs: number;
	/** How long an answer is believed. */
	readonly cacheMs: number;
	/** Names remembered, and names under way at the same time. */
	readonly namesMax: number;
	/** Milliseconds since some fixed moment. */
	readonly clock: () => number;
}

interface Entry {
	readonly addresses: readonly string[];
	readonly untilMs: number;
}

/**
 * A resolver that always answers, in bounded time and memory. Names under way are asked for once; an answer that
 * comes too late for its caller still fills the cache.
 *
 * @example
 * const resolve = boundedResolver(lookupAll, { timeoutMs: 300, cacheMs: 60_000, namesMax: 1000, clock: Date.now });
 * await resolve("no-such-host.test"); // []
 */
export function boundedResolver(lookup: Resolve, limits: ResolverLimits): Resolve {
	const cache = new Map<string, Entry>();
	const underWay = new Map<string, Promise<readonly string[]>>();

	const ask = (host: string): Promise<readonly string[]> => {
		const asking = Promise.resolve()
			.then(() => lookup(host))
			.catch((): readonly string[] => [])
			.then((addresses) => {
				underWay.delete(host);
				remember(cache, limits, { host, addresses });
				return addresses;
			});
		underWay.set(host, asking);
		return asking;
	};

	return async (host) => {
		const known = cache.get(host);
		if (known !== undefined && known.untilMs > limits.clock()) return known.addresses;
		const asked = underWay.get(host);
		if (asked === undefined && underWay.size >= limits.namesMax) return [];
		return within(asked ?? ask(host), limits.timeoutMs);
	};
}

/** The oldest name makes room for the new one: a Map keeps the order of insertion. */
function remember(
	cache: Map<string, Entry>,
	limits: ResolverLimits,
	answer: { readonly host: string; readonly addresses: readonly string[] },
): void {
	cache.delete(answer.host);
	const [oldest] = cache.keys();
	if (cache.size >= limits.namesMax && oldest !== undefined) cache.delete(oldest);
	cache.set(answer.host, { addresses: answer.addresses, untilMs: limits.clock() + limits.cacheMs });
}

function within(asking: Promise<readonly string[]>, timeoutMs: number): Promise<readonly string[]> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => resolve([]), timeoutMs);
		void asking.then((addresses) => {
			clearTimeout(timer);
			resolve(addresses);
		});
	});
}

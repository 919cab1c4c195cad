/** A limit for which a request is counted. */
export interface Limit {
	/** Counts are kept by it: `all`, `batch`. */
	readonly name: string;
	/** Requests within a minute. */
	readonly max: number;
}

/** How one limit stands after a request. */
export interface Standing {
	readonly limit: Limit;
	readonly remaining: number;
	/** Milliseconds until all requests are there again. */
	readonly resetMs: number;
}

export interface Taken {
	readonly isAllowed: boolean;
	/** How the limit stands that refuses; of a request that passes the last one of those that were asked for. */
	readonly standing: Standing;
}

/** Counts requests, each for one or more limits: for all of them or, when one refuses, for none. */
export interface RateLimiter {
	/** @param who whose requests are counted together */
	take(who: string, limits: readonly [Limit, ...Limit[]]): Promise<Taken>;
}

/** A minute that starts with the first request that is counted. */
export const WINDOW_MS = 60_000;

interface Window {
	count: number;
	readonly endsMs: number;
}

/** So many windows are kept before those that are over are looked for. */
const WINDOWS_MAX = 10_000;

/** Counts in memory: each process for itself. */
export function memoryRateLimiter(clock: () => number): RateLimiter {
	const windows = new Map<string, Window>();
	const windowOf = (name: string, now: number): Window => {
		const known = windows.get(name);
		if (known !== undefined && known.endsMs > now) return known;
		if (windows.size >= WINDOWS_MAX) forgetOver(windows, now);
		const window = { count: 0, endsMs: now + WINDOW_MS };
		windows.set(name, window);
		return window;
	};
	return {
		take: async (who, limits) => {
			const now = clock();
			const counted = limits.map((limit) => ({ limit, window: windowOf(`${who} ${limit.name}`, now) }));
			const full = counted.find(({ limit, window }) => window.count >= limit.max);
			if (full === undefined) for (const { window } of counted) window.count += 1;
			const { limit, window } = full ?? (counted.at(-1) as (typeof counted)[number]);
			return takenOf(limit, { count: window.count, leftMs: window.endsMs - now }, full === undefined);
		},
	};
}

function forgetOver(windows: Map<string, Window>, now: number): void {
	for (const [name, { endsMs }] of windows) if (endsMs <= now) windows.delete(name);
}

/** What a count comes to. */
export function takenOf(
	limit: Limit,
	{ count, leftMs }: { readonly count: number; readonly leftMs: number },
	isAllowed: boolean,
): Taken {
	return { isAllowed, standing: { limit, remaining: Math.max(0, limit.max - count), resetMs: leftMs } };
}

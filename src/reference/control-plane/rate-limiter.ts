import type { Redis } from "ioredis";
import { secretDigest } from "../secret/secret-matcher.ts";

/** Counts the requests of each token. */
export interface RateLimiter {
	/** Milliseconds to wait; undefined when the request may pass. */
	take(token: string): Promise<number | undefined>;
}

/** A minute that starts with the first request that is counted. */
const WINDOW_MS = 60_000;

/** Lets everything pass. */
export const UNLIMITED: RateLimiter = { take: async () => undefined };

/** Counts in memory: each server for itself. */
export function memoryRateLimiter(limit: number, clock: () => number): RateLimiter {
	const windows = new Map<string, { count: number; readonly endsMs: number }>();
	return {
		take: async (token) => {
			const now = clock();
			const key = secretDigest(token);
			let window = windows.get(key);
			if (window === undefined || window.endsMs <= now) {
				window = { count: 0, endsMs: now + WINDOW_MS };
				windows.set(key, window);
			}
			window.count += 1;
			return window.count > limit ? window.endsMs - now : undefined;
		},
	};
}

const TAKE = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return { count, redis.call('PTTL', KEYS[1]) }`;

/** Counts in Redis, for all servers. While Redis is away requests pass: an outage of the counter is no reason to refuse. */
export function redisRateLimiter(limit: number, redis: Redis): RateLimiter {
	return {
		take: async (token) => {
			try {
				const answer = await redis.eval(TAKE, 1, `control-plane:rate:${secretDigest(token)}`, WINDOW_MS);
				const [count = 0, leftMs = 0] = answer as readonly number[];
				return count > limit ? leftMs : undefined;
			} catch {
				return undefined;
			}
		},
	};
}

import type { Redis } from "ioredis";
import { type RateLimiter, takenOf, WINDOW_MS } from "./rate-limiter.ts";

/** Looks at all counts first: a request that one limit refuses counts for none. Gives the place of the one that tells. */
const TAKE = `
local last = #KEYS
for index, key in ipairs(KEYS) do
	local count = tonumber(redis.call('GET', key) or '0')
	if count >= tonumber(ARGV[index + 1]) then
		return { index, count, redis.call('PTTL', key), 0 }
	end
end
local count = 0
for _, key in ipairs(KEYS) do
	count = redis.call('INCR', key)
	if count == 1 then redis.call('PEXPIRE', key, ARGV[1]) end
end
return { last, count, redis.call('PTTL', KEYS[last]), 1 }`;

/** Counts in Redis, for all processes. While Redis is away requests pass: an outage of the counter is no reason to refuse. */
export function redisRateLimiter(redis: Redis): RateLimiter {
	return {
		take: async (who, limits) => {
			const names = limits.map(({ name }) => `integra:rate:${who}:${name}`);
			try {
				const maxima = limits.map(({ max }) => max);
				const answer = await redis.eval(TAKE, names.length, ...names, WINDOW_MS, ...maxima);
				const [place = 1, count = 0, leftMs = 0, passed = 1] = answer as readonly number[];
				return takenOf(limits[place - 1] ?? limits[0], { count, leftMs }, passed === 1);
			} catch {
				return takenOf(limits[0], { count: 0, leftMs: WINDOW_MS }, true);
			}
		},
	};
}

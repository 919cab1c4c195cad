import { lookup } from "node:dns/promises";
import { boundedResolver, type Resolve } from "./bounded-resolver.ts";

/**
 * Looks names up as this machine would when it calls them (hosts file included): 300 ms at most, answers kept for a
 * minute.
 *
 * @example const addresses = await systemResolver()("hooks.example.com")
 */
export function systemResolver(): Resolve {
	const lookupAll: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);
	return boundedResolver(lookupAll, { timeoutMs: 300, cacheMs: 60_000, namesMax: 1000, clock: Date.now });
}

import type { FastifyReply, onRequestAsyncHookHandler } from "fastify";
import { Refused, rateLimited } from "../../http/refusal.ts";
import type { Integra } from "../integra.ts";
import type { Standing } from "../limit/rate-limiter.ts";
import type { Scope } from "../scopes.ts";
import { type Caller, findCaller } from "./caller.ts";
import { ADDRESS_REFUSED, KEY_REFUSED, scopeMissing } from "./refusal.ts";

declare module "fastify" {
	interface FastifyRequest {
		/** Set once the key is known to be right. */
		actor: Caller | undefined;
	}
}

/** What an operation asks of whoever calls it. */
export interface Needed {
	/** All of them. */
	readonly scopes: readonly Scope[];
	readonly isBatch?: boolean;
}

/**
 * Lets through whoever may call an operation, in the order 401, 403 for the address, 429, 403 for a scope; runs before
 * anything of the body is read.
 */
export function requireAccess(integra: Integra, { scopes, isBatch = false }: Needed): onRequestAsyncHookHandler {
	return async (request, reply) => {
		const caller = findCaller(integra, request.headers.authorization);
		if (caller === undefined) throw new Refused(KEY_REFUSED);
		request.actor = caller;
		if (!integra.isAllowedAddress(request.ip)) throw new Refused(ADDRESS_REFUSED);
		const { operation } = request.routeOptions.config;
		const limits = integra.limitsFor(caller.id, { isBatch, operation });
		const { isAllowed, standing } = await integra.limiter.take(caller.id, limits);
		tellStanding(reply, standing);
		if (!isAllowed) throw new Refused(rateLimited(standing.resetMs));
		const missing = integra.findMissing(caller.scopes, scopes, operation);
		if (missing !== undefined) throw new Refused(scopeMissing(missing));
	};
}

function tellStanding(reply: FastifyReply, { limit, remaining, resetMs }: Standing): void {
	reply.headers({
		"x-ratelimit-limit": limit.max,
		"x-ratelimit-remaining": remaining,
		"x-ratelimit-reset": Math.max(0, Math.ceil(resetMs / 1000)),
	});
}

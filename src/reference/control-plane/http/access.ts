import type { onRequestAsyncHookHandler } from "fastify";
import { Refused, rateLimited } from "../../http/refusal.ts";
import type { ControlPlane } from "../control-plane.ts";
import type { Caller, TokenRole } from "../store/tokens.ts";
import { forbidden, UNAUTHORIZED } from "./refusal.ts";

declare module "fastify" {
	interface FastifyRequest {
		/** Set once the token is known to be right. */
		caller: Caller | undefined;
	}
}

/** The scheme's name may be written in any case (RFC 9110, section 11.1). */
const BEARER = /^bearer +([^\s,]+)$/i;

/** Lets tokens with the role through, in the order 401, 429, 403; runs before anything of the body is read. */
export function requireRole(
	{ database, stores, limiter }: Pick<ControlPlane, "database" | "stores" | "limiter">,
	role: TokenRole,
): onRequestAsyncHookHandler {
	return async (request) => {
		const token = BEARER.exec(request.headers.authorization ?? "")?.[1];
		const caller = token === undefined ? undefined : await stores.tokens.find(database, token);
		if (token === undefined || caller === undefined) throw new Refused(UNAUTHORIZED);
		const waitMs = await limiter.take(token);
		if (waitMs !== undefined) throw new Refused(rateLimited(waitMs));
		if (!caller.roles.includes(role)) throw new Refused(forbidden(role));
		request.caller = caller;
	};
}

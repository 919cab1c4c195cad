import type { onRequestAsyncHookHandler } from "fastify";
import { forbidden, Refused, UNAUTHORIZED } from "../http/refusal.ts";
import type { Keyring } from "./keyring.ts";

/** The scheme's name may be written in any case (RFC 9110, section 11.1). */
const BEARER = /^bearer +([^\s,]+)$/i;

/** Whether what a key is good for is enough. */
export type Covers = (scopes: readonly string[], needed: string) => boolean;

/** Lets keys with the scope through, in the order 401, 403; runs before anything of the body is read. */
export function requireScope(findKey: Keyring, covers: Covers, scope: string): onRequestAsyncHookHandler {
	return async ({ headers }) => {
		const key = BEARER.exec(headers.authorization ?? "")?.[1];
		const grant = key === undefined ? undefined : findKey(key);
		if (grant === undefined) throw new Refused(UNAUTHORIZED);
		if (!covers(grant.scopes, scope)) throw new Refused(forbidden(scope));
	};
}

export const coversExactly: Covers = (scopes, needed) => scopes.includes(needed);

import type { Integra } from "../integra.ts";
import { SCOPES } from "../scopes.ts";

/** Who calls. */
export interface Caller {
	/** The id of an API key, or `operator`. */
	readonly id: string;
	/** For which the key was made; null for the operator. */
	readonly organization: string | null;
	readonly scopes: readonly string[];
}

/** Whoever runs the server. */
export const OPERATOR: Caller = { id: "operator", organization: null, scopes: SCOPES };

/** The scheme's name may be written in any case (RFC 9110, section 11.1). */
const BEARER = /^bearer +([^\s,]+)$/i;

/** Who a request is from; undefined when its key is missing, wrong or revoked. */
export function findCaller(
	{ database, stores, clock, isOperatorKey }: Integra,
	authorization: string | undefined,
): Caller | undefined {
	const key = BEARER.exec(authorization ?? "")?.[1];
	if (key === undefined) return undefined;
	if (isOperatorKey(key)) return OPERATOR;
	const found = stores.apiKeys.find({ sql: database, now: new Date(clock()) }, key);
	return found === undefined ? undefined : { id: found.id, organization: found.organization_id, scopes: found.scopes };
}

import type { FastifyRequest } from "fastify";
import type { Sql } from "../../database/database.ts";
import { Refused } from "../../http/refusal.ts";
import type { Action } from "../actions.ts";
import type { ControlPlane } from "../control-plane.ts";
import type { Actor, Scope } from "../store/scope.ts";
import { UNAUTHORIZED } from "./refusal.ts";

/** What a request reads, it reads for its caller's tenant. */
export function readScope({ database, clock }: ControlPlane, request: FastifyRequest): Scope {
	return { sql: database, ...callerOf(request), now: new Date(clock()), emitted: () => {} };
}

/** Does what a request asks for as a whole or not at all; what it emits goes out once it is there. */
export function write<T>(plane: ControlPlane, request: FastifyRequest, run: (scope: Scope) => Promise<T>): Promise<T> {
	return writeAs(plane, (open) => run(open(callerOf(request))));
}

type OpenScope = (who: { readonly tenant: string; readonly actor: Actor }) => Scope;

/** The same for a caller who becomes known only inside the transaction. */
export async function writeAs<T>(
	{ database, clock, deliverer }: ControlPlane,
	run: (open: OpenScope, sql: Sql, now: Date) => Promise<T>,
): Promise<T> {
	let hasEmitted = false;
	const emitted = (): void => {
		hasEmitted = true;
	};
	const now = new Date(clock());
	const result = await database.transaction((sql) => run((who) => ({ sql, ...who, now, emitted }), sql, now));
	if (hasEmitted) deliverer.wake();
	return result;
}

function callerOf({ caller, ip }: FastifyRequest): { readonly tenant: string; readonly actor: Actor } {
	if (caller === undefined) throw new Refused(UNAUTHORIZED);
	return { tenant: caller.tenant, actor: { type: "token", id: caller.token, ip } };
}

/** One change: what is kept of it, and what webhooks are told. */
export interface Change {
	readonly action: Action;
	readonly resource: { readonly type: string; readonly id: string };
	/** As the API shows it, without secrets. */
	readonly data: unknown;
}

/** Keeps a change in the audit log and tells the webhooks that asked for it, in the transaction that makes it. */
export async function record({ stores }: ControlPlane, scope: Scope, change: Change): Promise<void> {
	await stores.audit.append(scope, change);
	await stores.webhooks.emit(scope, { type: change.action, data: change.data });
}

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Integra } from "../integra.ts";
import type { Scope } from "../store/scope.ts";
import { type About, recordCall } from "./record.ts";

/** What a request reads. */
export function readScope({ database, clock }: Integra): Scope {
	return { sql: database, now: new Date(clock()) };
}

/** What came of a change. */
interface Changed<T> {
	/** What is answered; nothing for 204. */
	readonly answer?: T;
	readonly about?: About;
}

/** Does what a request asks for as a whole or not at all, together with its entry in the audit log, and answers. */
export function write<T>(
	integra: Integra,
	{
		request,
		reply,
		status,
	}: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly status: number },
	run: (scope: Scope) => Changed<T>,
): FastifyReply {
	const scope = readScope(integra);
	const { answer } = integra.database.transaction(() => {
		const changed = run(scope);
		if (changed.about !== undefined) request.about = changed.about;
		recordCall(integra, scope, { request, status });
		return changed;
	});
	// Only what is committed is kept.
	request.isRecorded = true;
	return reply.code(status).send(answer);
}

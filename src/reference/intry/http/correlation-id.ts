import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";

export const CORRELATION_HEADER = "x-correlation-id";
const CORRELATION_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's own when it is fit for a log, else a new one. */
export function correlationId({ headers }: IncomingMessage): string {
	const given = headers[CORRELATION_HEADER];
	return typeof given === "string" && CORRELATION_ID.test(given) ? given : randomUUID();
}

/** Every answer names its request, the refused ones too. */
export function tellCorrelationId(app: FastifyInstance): void {
	app.addHook("onRequest", async (request, reply) => {
		reply.header(CORRELATION_HEADER, request.id);
	});
}

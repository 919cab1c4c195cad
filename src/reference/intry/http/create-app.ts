import fastify, { type FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { answerClientErrors } from "../../http/client-error.ts";
import { serverOptions } from "../../http/server-options.ts";
import { CORRELATION_HEADER, correlationId, tellCorrelationId } from "./correlation-id.ts";
import { createErrorHandler } from "./error-handler.ts";
import { NOT_FOUND, refuse } from "./refusal.ts";

/** A Fastify server without routes that refuses in the documented form, and logs one line for each answer. */
export function createApp(log: Logger): FastifyInstance {
	const handleError = createErrorHandler(log);
	const app = fastify({
		...serverOptions(),
		genReqId: correlationId,
		clientErrorHandler: answerClientErrors((message) => ({ message })),
		frameworkErrors: (error, request, reply) => {
			reply.header(CORRELATION_HEADER, request.id);
			handleError(error, request as never, reply as never);
		},
	});
	tellCorrelationId(app);
	app.setErrorHandler(handleError);
	app.setNotFoundHandler((_request, reply) => refuse(reply, NOT_FOUND));
	return app;
}

/**
 * One line for each answer, without query, body, header or key.
 *
 * @param name where the lines come from
 */
export function logAnswers(app: FastifyInstance, log: Logger, name: Readonly<Record<string, string>>): void {
	app.addHook("onResponse", (request, reply, done) => {
		const { method, id } = request;
		const path = request.url.split("?", 1)[0];
		const line = { ...name, correlation_id: id, method, path, status: reply.statusCode };
		log[reply.statusCode >= 500 ? "warn" : "info"]({ ...line, durationMs: reply.elapsedTime });
		done();
	});
}

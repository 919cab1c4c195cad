import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { readJsonBodies } from "../http/body-parser.ts";
import { answerClientErrors } from "../http/client-error.ts";
import { createErrorHandler } from "../http/error-handler.ts";
import { refuseOtherMethods } from "../http/method-not-allowed.ts";
import { NOT_FOUND, refuse, UNAVAILABLE } from "../http/refusal.ts";
import { serverOptions } from "../http/server-options.ts";
import { traceId } from "../http/trace-id.ts";
import { addFaultyHooks } from "./faults/with-faults.ts";
import { recordCall } from "./http/record.ts";
import { readScope } from "./http/work.ts";
import type { Integra } from "./integra.ts";
import { addApiKeyRoutes } from "./routes/api-keys.ts";
import { addMemberRoutes } from "./routes/members.ts";
import { addOrganizationRoutes } from "./routes/organizations.ts";
import { addBatchRoutes, addConfigRoutes, addMonitoringRoutes } from "./routes/platform.ts";
import { addUserRoutes } from "./routes/users.ts";

/** Integra as a Fastify server that does not listen yet. */
export function createServer(integra: Integra): FastifyInstance {
	const handleError = createErrorHandler(integra.log);
	const app = fastify({
		...serverOptions(),
		genReqId: traceId,
		clientErrorHandler: answerClientErrors((message) => ({ error: { code: "invalid_request", message } })),
		frameworkErrors: (error, request, reply) => {
			handleError(error, request as never, reply as never);
			keep(integra, { request: request as never, status: reply.statusCode });
		},
	});
	app.decorateRequest("actor", undefined);
	app.decorateRequest("about", undefined);
	app.decorateRequest("isRecorded", false);
	app.setErrorHandler(handleError);
	app.setNotFoundHandler((_request, reply) => refuse(reply, NOT_FOUND));
	app.addHook("onRequest", (request, reply, done) => (request.is404 ? void refuse(reply, NOT_FOUND) : done()));
	app.addHook("preValidation", (request, reply, done) => {
		if (Object.values(request.params as object).some(isImpossible)) refuse(reply, NOT_FOUND);
		else done();
	});
	readJsonBodies(app);
	keepCalls(app, integra);
	logAnswers(app, integra);
	addFaultyHooks(app, integra);
	refuseOtherMethods(app, {
		register: () => addRoutes(app, integra),
		refuse: (reply, allow) =>
			refuse(reply, {
				status: 405,
				code: "method_not_allowed",
				message: "This path has no such method",
				headers: { allow },
			}),
	});
	return app;
}

/** No id has such characters. */
function isImpossible(parameter: unknown): boolean {
	return /[\p{Cc}\p{Cs}]/u.test(String(parameter));
}

function addRoutes(app: FastifyInstance, integra: Integra): void {
	addUserRoutes(app, integra);
	addOrganizationRoutes(app, integra);
	addMemberRoutes(app, integra);
	addApiKeyRoutes(app, integra);
	addConfigRoutes(app, integra);
	addMonitoringRoutes(app, integra);
	addBatchRoutes(app, integra);
}

/** What is audited. */
const AUDITED = "/admin/v1";

/** Whatever is answered is in the audit log first; what cannot be kept there is not answered. */
function keepCalls(app: FastifyInstance, integra: Integra): void {
	app.addHook("onSend", async (request, reply, payload) => {
		if (keep(integra, { request, status: reply.statusCode })) return payload;
		const { status, code, message } = UNAVAILABLE;
		reply.code(status).type("application/json; charset=utf-8").removeHeader("content-length");
		return JSON.stringify({ error: { code, message } });
	});
}

/** False when it could not be kept. */
function keep(integra: Integra, answered: { readonly request: FastifyRequest; readonly status: number }): boolean {
	const { request } = answered;
	if (request.isRecorded || !request.url.startsWith(AUDITED)) return true;
	try {
		recordCall(integra, readScope(integra), answered);
		return true;
	} catch (error) {
		integra.log.error({ err: error, trace_id: request.id }, "a call could not be audited");
		return answered.status >= 500;
	}
}

/** One line for each answer, without query, body or key. */
function logAnswers(app: FastifyInstance, { log }: Integra): void {
	app.addHook("onResponse", (request, reply, done) => {
		const { method, id, actor } = request;
		const status = reply.statusCode;
		const path = request.url.split("?", 1)[0];
		const level = status >= 500 ? "warn" : "info";
		log[level]({ trace_id: id, method, path, status, actor: actor?.id, durationMs: reply.elapsedTime });
		done();
	});
}

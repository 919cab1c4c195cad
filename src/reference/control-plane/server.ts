import fastify, { type FastifyInstance } from "fastify";
import { readJsonBodies } from "../http/body-parser.ts";
import { answerClientErrors } from "../http/client-error.ts";
import { createErrorHandler } from "../http/error-handler.ts";
import { refuseOtherMethods } from "../http/method-not-allowed.ts";
import { NOT_FOUND, refuse } from "../http/refusal.ts";
import { serverOptions } from "../http/server-options.ts";
import { traceId } from "../http/trace-id.ts";
import type { ControlPlane } from "./control-plane.ts";
import { addFaultyHooks } from "./faults/faulty-hooks.ts";
import { addInvitationRoutes } from "./routes/invitations.ts";
import { addApiKeyRoutes, addSigningKeyRoutes } from "./routes/keys.ts";
import { addMemberRoutes } from "./routes/members.ts";
import { addAuditRoute, addHealthRoutes } from "./routes/operations.ts";
import { addOrganizationRoutes } from "./routes/organizations.ts";
import { addProjectRoutes } from "./routes/projects.ts";
import { addPublicRoutes } from "./routes/public.ts";
import { addUserRoutes } from "./routes/users.ts";
import { addWebhookRoutes } from "./routes/webhooks.ts";
import { createSchemas } from "./schemas.ts";

/** The control plane as a Fastify server that does not listen yet. */
export function createServer(plane: ControlPlane): FastifyInstance {
	const handleError = createErrorHandler(plane.log);
	const app = fastify({
		...serverOptions(),
		genReqId: traceId,
		clientErrorHandler: answerClientErrors((message) => ({ error: { code: "invalid_request", message } })),
		frameworkErrors: (error, request, reply) => void handleError(error, request as never, reply as never),
	});
	app.decorateRequest("caller", undefined);
	app.setErrorHandler(handleError);
	app.setNotFoundHandler((_request, reply) => refuse(reply, NOT_FOUND));
	app.addHook("onRequest", (request, reply, done) => (request.is404 ? void refuse(reply, NOT_FOUND) : done()));
	app.addHook("preValidation", (request, reply, done) => {
		if (Object.values(request.params as object).some(isImpossible)) refuse(reply, NOT_FOUND);
		else done();
	});
	readJsonBodies(app);
	logAnswers(app, plane);
	addFaultyHooks(app, plane);
	refuseOtherMethods(app, {
		register: () => addRoutes(app, plane),
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

/** No id has such characters, and a database would stumble over them. */
function isImpossible(parameter: unknown): boolean {
	return /[\p{Cc}\p{Cs}]/u.test(String(parameter));
}

function addRoutes(app: FastifyInstance, plane: ControlPlane): void {
	const schemas = createSchemas(plane.faults);
	addProjectRoutes(app, plane, schemas);
	addApiKeyRoutes(app, plane, schemas);
	addSigningKeyRoutes(app, plane);
	addUserRoutes(app, plane, schemas);
	addOrganizationRoutes(app, plane, schemas);
	addMemberRoutes(app, plane, schemas);
	addInvitationRoutes(app, plane, schemas);
	addWebhookRoutes(app, plane, schemas);
	addAuditRoute(app, plane);
	addHealthRoutes(app, plane);
	addPublicRoutes(app, plane, schemas);
}

/** One line for each answer, without query, body or secret. */
function logAnswers(app: FastifyInstance, { log }: ControlPlane): void {
	app.addHook("onResponse", (request, reply, done) => {
		const { method, id, caller } = request;
		const status = reply.statusCode;
		const path = request.url.split("?", 1)[0];
		const level = status >= 500 ? "warn" : "info";
		log[level]({ trace_id: id, method, path, status, tenant: caller?.tenant, durationMs: reply.elapsedTime });
		done();
	});
}

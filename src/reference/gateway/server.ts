import fastify, { type FastifyInstance } from "fastify";
import { readJsonBodies } from "../http/body-parser.ts";
import { answerClientErrors } from "../http/client-error.ts";
import { refuseOtherMethods } from "../http/method-not-allowed.ts";
import { serverOptions } from "../http/server-options.ts";
import { traceId } from "../http/trace-id.ts";
import { addFaultyHooks } from "./faults/faulty-hooks.ts";
import type { Gateway } from "./gateway.ts";
import { createErrorHandler } from "./http/error-handler.ts";
import { observeAnswers } from "./http/observe.ts";
import { NOT_FOUND, refuse } from "./http/refusal.ts";
import { addAppRoutes } from "./routes/apps.ts";
import { addCidRoutes } from "./routes/cids.ts";
import { addDialRoute } from "./routes/dial.ts";
import { addOperationRoutes } from "./routes/operations.ts";
import { createSchemas } from "./schemas.ts";

/** The gateway as a Fastify server that does not listen yet. */
export function createServer(gateway: Gateway): FastifyInstance {
	const handleError = createErrorHandler(gateway.log);
	const app = fastify({
		...serverOptions(),
		genReqId: traceId,
		clientErrorHandler: answerClientErrors((error) => ({ success: false, error })),
		frameworkErrors: (error, request, reply) => void handleError(error, request as never, reply as never),
	});
	app.decorateRequest("appId", undefined);
	app.decorateRequest("refusal", undefined);
	app.setErrorHandler(handleError);
	app.setNotFoundHandler((_request, reply) => refuse(reply, NOT_FOUND));
	app.addHook("onRequest", (request, reply, done) => (request.is404 ? void refuse(reply, NOT_FOUND) : done()));
	readJsonBodies(app);
	observeAnswers(app, gateway);
	addFaultyHooks(app, gateway);
	const schemas = createSchemas(gateway.faults);
	refuseOtherMethods(app, {
		register: () => {
			addAppRoutes(app, gateway, schemas);
			addCidRoutes(app, gateway, schemas);
			addOperationRoutes(app, gateway);
			addDialRoute(app, gateway, schemas);
		},
		refuse: (reply, allow) => refuse(reply, { status: 405, error: "Method not allowed", headers: { allow } }),
	});
	return app;
}

import type { FastifyInstance } from "fastify";
import { readJsonBodies } from "../../http/body-parser.ts";
import { refuseOtherMethods } from "../../http/method-not-allowed.ts";
import { addFaultyHooks } from "../faults/faulty-hooks.ts";
import { createApp, logAnswers } from "../http/create-app.ts";
import { methodNotAllowed, NOT_FOUND, refuse } from "../http/refusal.ts";
import type { Core } from "./core.ts";
import { addReportRoutes } from "./routes/reports.ts";
import { addResourceRoutes } from "./routes/resources.ts";

/** The Core service of one environment as a Fastify server that does not listen yet. */
export function createCoreServer(core: Core): FastifyInstance {
	const app = createApp(core.log);
	app.addHook("onRequest", (request, reply, done) => (request.is404 ? void refuse(reply, NOT_FOUND) : done()));
	app.addHook("preValidation", (request, reply, done) => {
		if (Object.values(request.params as object).some(isImpossible)) refuse(reply, NOT_FOUND);
		else done();
	});
	readJsonBodies(app);
	logAnswers(app, core.log, { core: core.name });
	addFaultyHooks(app, core);
	refuseOtherMethods(app, {
		register: () => {
			for (const kind of core.kinds) addResourceRoutes(app, core, kind);
			addReportRoutes(app, core);
		},
		refuse: (reply, allow) => refuse(reply, methodNotAllowed(allow)),
	});
	return app;
}

/** No id has such characters, and a database would stumble over them. */
function isImpossible(parameter: unknown): boolean {
	return /[\p{Cc}\p{Cs}]/u.test(String(parameter));
}

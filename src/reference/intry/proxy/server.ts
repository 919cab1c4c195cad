import { METHODS } from "node:http";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { Agent } from "undici";
import { BODY_BYTES_MAX } from "../../http/server-options.ts";
import { createApp, logAnswers } from "../http/create-app.ts";
import { BODY_TOO_LARGE, Refused } from "../http/refusal.ts";
import { type chooseEnvironment, ENVIRONMENT_HEADER, type Environments } from "./environments.ts";
import { forward } from "./forward.ts";

/** What the proxy stands on. */
export interface ProxyOptions {
	readonly environments: Environments;
	readonly choose: typeof chooseEnvironment;
	/** Longest wait for a connection, for the head of an answer, and between two parts of its body. */
	readonly timeoutMs: number;
	readonly log: Logger;
}

/** Connections to one environment. */
const CONNECTIONS_MAX = 64;
/** What undici calls methods that it cannot send: Node itself answers CONNECT. */
const FORWARDED = METHODS.filter((method) => method !== "CONNECT");

/** The admin proxy as a Fastify server that does not listen yet. */
export function createProxyServer({ environments, choose, timeoutMs, log }: ProxyOptions): FastifyInstance {
	const app = createApp(log);
	const dispatcher = new Agent({
		connections: CONNECTIONS_MAX,
		connect: { timeout: timeoutMs },
		headersTimeout: timeoutMs,
		bodyTimeout: timeoutMs,
	});
	app.addHook("onClose", () => dispatcher.close());
	logAnswers(app, log, { proxy: "admin" });
	// Bodies are passed on as they come, whatever they are.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser("*", (_request, _payload, done) => done(null));
	for (const method of FORWARDED.filter((name) => !app.supportedMethods.includes(name))) {
		app.addHttpMethod(method, { hasBody: true });
	}
	app.route({
		url: "/api/admin/*",
		method: FORWARDED,
		handler: async (request, reply) => {
			const choice = choose(environments, request.headers[ENVIRONMENT_HEADER]);
			if ("refusal" in choice) throw new Refused(choice.refusal);
			if (Number(request.headers["content-length"] ?? 0) > BODY_BYTES_MAX) throw new Refused(BODY_TOO_LARGE);
			return forward(request, reply, { ...choice, dispatcher });
		},
	});
	return app;
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Gateway } from "../gateway.ts";

/** Counts and logs every answer, and remembers those with a status of 500 or above before they are sent. */
export function observeAnswers(app: FastifyInstance, gateway: Gateway): void {
	const { metrics, log, faults } = gateway;
	const recordFrom = faults.has("recent-errors-holds-client-errors") ? 400 : 500;
	app.addHook("onSend", (request, reply, _payload, done) => {
		if (reply.statusCode >= recordFrom) record(request, reply, gateway);
		done();
	});
	app.addHook("onResponse", (request, reply, done) => {
		const { method, id, appId, refusal } = request;
		const status = reply.statusCode;
		const durationMs = reply.elapsedTime;
		metrics.answered({ method, route: pattern(request) || "unmatched", status, durationMs });
		const level = status >= 500 ? "warn" : "info";
		log[level]({ trace_id: id, method, path: path(request), status, app_id: appId, error: refusal?.error, durationMs });
		done();
	});
}

function record(request: FastifyRequest, reply: FastifyReply, { recentErrors, clock }: Gateway): void {
	recentErrors.add({
		timestamp: timestamp(clock()),
		trace_id: request.id,
		method: request.method,
		path: path(request),
		pattern: pattern(request),
		status_code: reply.statusCode,
		app_id: request.appId ?? "",
		error: request.refusal?.error ?? "Internal error",
	});
}

/** RFC 3339 in UTC, to the second. */
export function timestamp(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function path({ url }: FastifyRequest): string {
	return url.split("?", 1)[0] ?? url;
}

/** Routes as the documentation writes them: `/admin/apps/{app_id}`. */
function pattern({ routeOptions }: FastifyRequest): string {
	return routeOptions.url?.replace(/:(\w+)/g, "{$1}") ?? "";
}

import type { FastifyInstance, onRequestHookHandler } from "fastify";
import type { Gateway } from "../gateway.ts";
import { requireAdminKey } from "../http/admin-key.ts";
import { timestamp } from "../http/observe.ts";
import { refuse, STORAGE_UNAVAILABLE } from "../http/refusal.ts";

/** What operators look at: health, recent errors, metrics. */
export function addOperationRoutes(app: FastifyInstance, gateway: Gateway): void {
	const onRequest = requireAdminKey(gateway);
	const open: onRequestHookHandler = (_request, _reply, done) => done();
	const healthAccess = gateway.faults.has("health-without-key") ? open : onRequest;

	app.get("/admin/health", { onRequest: healthAccess }, async (_request, reply) =>
		gateway.store.isReady()
			? { status: "ok", timestamp: timestamp(gateway.clock()) }
			: refuse(reply, STORAGE_UNAVAILABLE),
	);

	app.get("/admin/recent-errors", { onRequest }, async () => {
		const errors = gateway.recentErrors.list();
		return { total: errors.length, errors };
	});

	app.get("/metrics", async (_request, reply) =>
		reply.type(gateway.metrics.contentType).send(await gateway.metrics.render()),
	);
}

import type { FastifyInstance } from "fastify";
import { ACTIONS } from "../actions.ts";
import type { ControlPlane } from "../control-plane.ts";
import { requireRole } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readAuditFilter, readPaging } from "../http/query.ts";
import { readScope } from "../http/work.ts";

/** The audit log. */
export function addAuditRoute(app: FastifyInstance, plane: ControlPlane): void {
	const onRequest = requireRole(plane, "read");
	app.get<{ Querystring: Query }>("/v1/admin/audit", { onRequest }, async (request) => {
		const paging = readPaging(request.query);
		const filter = readAuditFilter(request.query, ACTIONS);
		return paged("events", await plane.stores.audit.list(readScope(plane, request), filter, paging), paging);
	});
}

/** Health for people, readiness for balancers, liveness for supervisors. None needs a token. */
export function addHealthRoutes(app: FastifyInstance, { dependencies }: ControlPlane): void {
	app.get("/health", async (_request, reply) => {
		const [database, redis] = await Promise.all([dependencies.checkDatabase(), dependencies.checkRedis()]);
		const isHealthy = database.status === "up" && redis.status !== "down";
		return reply.code(isHealthy ? 200 : 503).send({
			status: isHealthy ? "ok" : "unavailable",
			checks: { database, redis },
		});
	});

	app.get("/health/ready", async (_request, reply) => {
		const states = await Promise.all([dependencies.checkDatabase(), dependencies.checkRedis()]);
		const isReady = states.every(({ status }) => status !== "down");
		return reply.code(isReady ? 200 : 503).send({ status: isReady ? "ready" : "unavailable" });
	});

	app.get("/health/live", async () => ({ status: "alive" }));
}

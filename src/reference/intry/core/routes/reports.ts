import type { FastifyInstance } from "fastify";
import { invalid, Refused } from "../../http/refusal.ts";
import { requireScope } from "../access.ts";
import type { Core } from "../core.ts";
import { querySchema } from "../query.ts";

interface AnalyticsQuery {
	readonly tenant_id?: string;
	readonly property_id?: string;
	readonly from?: string;
	readonly until?: string;
}

const UUID = { type: "string", format: "uuid" };
const DAY = { type: "string", format: "date", pattern: "^20" };
const ANALYTICS_QUERY = querySchema({ tenant_id: UUID, property_id: UUID, from: DAY, until: DAY });
const DAY_MS = 86_400_000;
/** Days that the figures reach back where nobody says how far. */
const DAYS = 30;

/** What is counted from everything else. */
export function addReportRoutes(app: FastifyInstance, { reports, findKey, covers, clock }: Core): void {
	app.get<{ Querystring: AnalyticsQuery }>(
		"/api/admin/analytics",
		{ onRequest: requireScope(findKey, covers, "analytics:read"), schema: { querystring: ANALYTICS_QUERY } },
		async ({ query }) => {
			const { until = dayOf(clock()) } = query;
			const { from = dayOf(Date.parse(until) - (DAYS - 1) * DAY_MS) } = query;
			const question = { from, until, tenant: query.tenant_id, property: query.property_id };
			return { analytics: await reports.analytics(question) };
		},
	);

	app.get(
		"/api/admin/stats",
		{ onRequest: requireScope(findKey, covers, "stats:read"), schema: { querystring: querySchema({}) } },
		async () => ({ stats: await reports.stats() }),
	);
}

/** Days in UTC. */
function dayOf(timeMs: number): string {
	const day = new Date(timeMs).toISOString().slice(0, 10);
	if (!day.startsWith("20")) throw new Refused(invalid("the period begins before the year 2000"));
	return day;
}

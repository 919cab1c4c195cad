import type { FastifyInstance } from "fastify";
import { invalid, Refused } from "../../http/refusal.ts";
import { requireAccess } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readDay, readOrganization, readPaging, readWord } from "../http/query.ts";
import { readScope, write } from "../http/work.ts";
import type { Integra } from "../integra.ts";
import { OPERATIONS } from "../operations.ts";
import { SCHEMAS } from "../schemas.ts";
import { ADMIN_SCOPES } from "../scopes.ts";
import { type ConfigPatch, patchConfig } from "../store/config.ts";
import { PERIODS, type Period } from "../store/usage.ts";
import type { User } from "../store/users.ts";
import { loadOrganization } from "./organizations.ts";
import { uniqueEmail } from "./users.ts";

/** Get and change the configuration. */
export function addConfigRoutes(app: FastifyInstance, integra: Integra): void {
	const { stores } = integra;
	const url = "/admin/v1/config";
	const onRequest = requireAccess(integra, { scopes: ADMIN_SCOPES });

	app.get(url, { onRequest, config: { operation: "getConfig" } }, async () => stores.config.get(readScope(integra)));

	app.patch<{ Body: ConfigPatch }>(
		url,
		{ onRequest, schema: { body: SCHEMAS.configPatch }, config: { operation: "updateConfig" } },
		(request, reply) =>
			write(integra, { request, reply, status: 200 }, (scope) => {
				const config = patchConfig(stores.config.get(scope), request.body, scope.now);
				stores.config.save(scope, config);
				return { answer: config };
			}),
	);
}

/** Usage and the audit log. */
export function addMonitoringRoutes(app: FastifyInstance, integra: Integra): void {
	const { stores } = integra;
	const onRequest = requireAccess(integra, { scopes: ["admin:orgs"] });

	app.get<{ Querystring: Query }>(
		"/admin/v1/analytics/usage",
		{ onRequest, config: { operation: "getUsage" } },
		async ({ query }) => {
			const period = readWord(query, "period", Object.keys(PERIODS) as Period[]) ?? "30d";
			const organization = readOrganization(query);
			if (organization === undefined) throw new Refused(invalid("org_id is missing"));
			const scope = readScope(integra);
			return stores.usage.read(scope, loadOrganization(integra, scope, organization).id, period);
		},
	);

	app.get<{ Querystring: Query }>(
		"/admin/v1/audit-logs",
		{ onRequest, config: { operation: "listAuditLogs" } },
		async ({ query }) => {
			const paging = readPaging(query);
			const filter = {
				organization: readOrganization(query),
				action: readWord(query, "action", OPERATIONS),
				start: readDay(query, "start_date"),
				end: readDay(query, "end_date"),
			};
			return paged(stores.audit.list(readScope(integra), filter, paging), paging);
		},
	);
}

/** Many at once. */
export function addBatchRoutes(app: FastifyInstance, integra: Integra): void {
	const onRequest = requireAccess(integra, { scopes: ["admin:users"], isBatch: true });

	app.post<{ Body: { readonly users: readonly Pick<User, "email" | "name">[] } }>(
		"/admin/v1/batch/create-users",
		{ onRequest, schema: { body: SCHEMAS.users }, config: { operation: "createUsers" } },
		(request, reply) =>
			write(integra, { request, reply, status: 201 }, (scope) => {
				const made = request.body.users.map(({ email, name }) =>
					uniqueEmail(() => integra.stores.users.create(scope, { email, name })),
				);
				return { answer: { users: made } };
			}),
	);
}

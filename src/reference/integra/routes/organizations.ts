import type { FastifyInstance } from "fastify";
import { notFound, Refused } from "../../http/refusal.ts";
import { requireAccess } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readPaging, readWord } from "../http/query.ts";
import { readScope, write } from "../http/work.ts";
import type { Integra } from "../integra.ts";
import { SCHEMAS } from "../schemas.ts";
import { type Organization, PLANS } from "../store/organizations.ts";
import type { Scope } from "../store/scope.ts";

interface OrganizationParams {
	readonly organization_id: string;
}

type OrganizationPatch = Partial<Pick<Organization, "name" | "email" | "plan">>;
type OrganizationBody = Pick<Organization, "name" | "email"> & OrganizationPatch;

/** @throws {Refused} 404 when there is no such organization. */
export function loadOrganization({ stores }: Integra, scope: Scope, id: string): Organization {
	const organization = stores.organizations.get(scope, id);
	if (organization === undefined) throw new Refused(notFound("Organization"));
	return organization;
}

/** Create, list, get, update and delete organizations. */
export function addOrganizationRoutes(app: FastifyInstance, integra: Integra): void {
	const { stores } = integra;
	const url = "/admin/v1/organizations";
	const onRequest = requireAccess(integra, { scopes: ["admin:orgs"] });

	app.post<{ Body: OrganizationBody }>(
		url,
		{ onRequest, schema: { body: SCHEMAS.organization }, config: { operation: "createOrganization" } },
		(request, reply) =>
			write(integra, { request, reply, status: 201 }, (scope) => {
				const { name, email, plan = "free" } = request.body;
				const made = stores.organizations.create(scope, { name, email, plan });
				return { answer: made, about: { organization: made.id, resource: made.id } };
			}),
	);

	app.get<{ Querystring: Query }>(url, { onRequest, config: { operation: "listOrganizations" } }, async ({ query }) => {
		const paging = readPaging(query);
		const plan = readWord(query, "plan", PLANS);
		return paged(stores.organizations.list(readScope(integra), plan, paging), paging);
	});

	app.get<{ Params: OrganizationParams }>(
		`${url}/:organization_id`,
		{ onRequest, config: { operation: "getOrganization" } },
		async ({ params }) => loadOrganization(integra, readScope(integra), params.organization_id),
	);

	app.patch<{ Params: OrganizationParams; Body: OrganizationPatch }>(
		`${url}/:organization_id`,
		{ onRequest, schema: { body: SCHEMAS.organizationPatch }, config: { operation: "updateOrganization" } },
		(request, reply) =>
			write(integra, { request, reply, status: 200 }, (scope) => {
				const before = loadOrganization(integra, scope, request.params.organization_id);
				const organization: Organization = { ...before, ...request.body, updated_at: scope.now.toISOString() };
				stores.organizations.save(scope, organization);
				return { answer: organization };
			}),
	);

	app.delete<{ Params: OrganizationParams }>(
		`${url}/:organization_id`,
		{ onRequest, config: { operation: "deleteOrganization" } },
		(request, reply) =>
			write(integra, { request, reply, status: 204 }, (scope) => {
				const { id } = loadOrganization(integra, scope, request.params.organization_id);
				stores.members.removeOrganization(scope, id);
				stores.apiKeys.removeOrganization(scope, id);
				stores.organizations.remove(scope, id);
				return {};
			}),
	);
}

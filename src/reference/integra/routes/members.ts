import type { FastifyInstance } from "fastify";
import { conflict, notFound, Refused } from "../../http/refusal.ts";
import { isTaken } from "../database/database.ts";
import { requireAccess } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readPaging, readWord } from "../http/query.ts";
import { readScope, write } from "../http/work.ts";
import type { Integra } from "../integra.ts";
import { SCHEMAS } from "../schemas.ts";
import { type Member, type MemberPlace, ROLES, type Role } from "../store/members.ts";
import type { Scope } from "../store/scope.ts";
import { loadOrganization } from "./organizations.ts";
import { loadUser } from "./users.ts";

interface OrganizationParams {
	readonly organization_id: string;
}

interface MemberParams extends OrganizationParams {
	readonly user_id: string;
}

interface MemberBody {
	readonly user_id: string;
	readonly role?: Role;
}

/** List, add, change and remove the members of an organization. */
export function addMemberRoutes(app: FastifyInstance, integra: Integra): void {
	const { stores } = integra;
	const url = "/admin/v1/organizations/:organization_id/members";
	const onRequest = requireAccess(integra, { scopes: ["admin:orgs"] });

	app.post<{ Params: OrganizationParams; Body: MemberBody }>(
		url,
		{ onRequest, schema: { body: SCHEMAS.member }, config: { operation: "addMember" } },
		(request, reply) =>
			write(integra, { request, reply, status: 201 }, (scope) => {
				const { id: organization } = loadOrganization(integra, scope, request.params.organization_id);
				const { id: user } = loadUser(integra, scope, request.body.user_id);
				const { role = "member" } = request.body;
				return { answer: onlyOnce(() => stores.members.add(scope, { organization, user }, role)) };
			}),
	);

	app.get<{ Params: OrganizationParams; Querystring: Query }>(
		url,
		{ onRequest, config: { operation: "listMembers" } },
		async ({ params, query }) => {
			const paging = readPaging(query);
			const role = readWord(query, "role", ROLES);
			const scope = readScope(integra);
			const { id: organization } = loadOrganization(integra, scope, params.organization_id);
			const wanted = { organization, ...(role === undefined ? {} : { role }) };
			return paged(stores.members.list(scope, wanted, paging), paging);
		},
	);

	app.patch<{ Params: MemberParams; Body: { readonly role: Role } }>(
		`${url}/:user_id`,
		{ onRequest, schema: { body: SCHEMAS.memberPatch }, config: { operation: "updateMember" } },
		(request, reply) =>
			write(integra, { request, reply, status: 200 }, (scope) => {
				const { place, member } = loadMember(integra, scope, request.params);
				const { role } = request.body;
				stores.members.changeRole(scope, place, role);
				return { answer: { ...member, role } };
			}),
	);

	app.delete<{ Params: MemberParams }>(
		`${url}/:user_id`,
		{ onRequest, config: { operation: "removeMember" } },
		(request, reply) =>
			write(integra, { request, reply, status: 204 }, (scope) => {
				stores.members.remove(scope, loadMember(integra, scope, request.params).place);
				return {};
			}),
	);
}

/** @throws {Refused} 404 when there is no such organization, or it has no such member. */
function loadMember(
	integra: Integra,
	scope: Scope,
	{ organization_id, user_id }: MemberParams,
): { readonly place: MemberPlace; readonly member: Member } {
	const { id } = loadOrganization(integra, scope, organization_id);
	const place = { organization: id, user: user_id };
	const member = integra.stores.members.get(scope, place);
	if (member === undefined) throw new Refused(notFound("Member"));
	return { place, member };
}

/** @throws {Refused} 409 when the user is a member already. */
function onlyOnce<T>(add: () => T): T {
	try {
		return add();
	} catch (error) {
		if (isTaken(error)) throw new Refused(conflict("The user is a member of the organization already"));
		throw error;
	}
}

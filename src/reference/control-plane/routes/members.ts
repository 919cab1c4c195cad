import type { FastifyInstance } from "fastify";
import { conflict, notFound, Refused } from "../../http/refusal.ts";
import type { ControlPlane } from "../control-plane.ts";
import { requireRole } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readPaging } from "../http/query.ts";
import { readScope, record, write } from "../http/work.ts";
import type { Schemas } from "../schemas.ts";
import type { Member, MemberPlace, Role } from "../store/members.ts";
import type { Scope } from "../store/scope.ts";
import { loadOrganization } from "./organizations.ts";
import { loadUser } from "./users.ts";

interface OrganizationParams {
	readonly id: string;
}

interface MemberParams extends OrganizationParams {
	readonly user_id: string;
}

interface MemberBody {
	readonly user_id: string;
	readonly role?: Role;
}

/** List, add, change and remove the members of an organization. */
export function addMemberRoutes(app: FastifyInstance, plane: ControlPlane, schemas: Schemas): void {
	const { stores } = plane;
	const url = "/v1/admin/organizations/:id/members";
	const [read, change] = [requireRole(plane, "read"), requireRole(plane, "write")];

	app.get<{ Params: OrganizationParams; Querystring: Query }>(url, { onRequest: read }, async (request) => {
		const paging = readPaging(request.query);
		const scope = readScope(plane, request);
		const { id } = await loadOrganization(plane, scope, request.params);
		return paged("members", await stores.members.list(scope, id, paging), paging);
	});

	app.post<{ Params: OrganizationParams; Body: MemberBody }>(
		url,
		{ onRequest: change, schema: { body: schemas.member } },
		async (request, reply) => {
			const member = await write(plane, request, (scope) => addMember(plane, scope, request));
			return reply.code(201).send(member);
		},
	);

	app.patch<{ Params: MemberParams; Body: { readonly role: Role } }>(
		`${url}/:user_id`,
		{ onRequest: change, schema: { body: schemas.memberPatch } },
		(request) =>
			write(plane, request, async (scope) => {
				const { place, member } = await loadMember(plane, scope, request.params);
				const { role } = request.body;
				if (role !== "owner") await keepOwner(plane, scope, place);
				await stores.members.changeRole(scope, place, role);
				const changed = { ...member, role };
				await recordMember(plane, scope, { action: "member.updated", place, data: changed });
				return changed;
			}),
	);

	app.delete<{ Params: MemberParams }>(`${url}/:user_id`, { onRequest: change }, async (request, reply) => {
		await write(plane, request, async (scope) => {
			const { place, member } = await loadMember(plane, scope, request.params);
			await keepOwner(plane, scope, place);
			await stores.members.remove(scope, place);
			await recordMember(plane, scope, { action: "member.removed", place, data: member });
		});
		return reply.code(204).send();
	});
}

async function addMember(
	plane: ControlPlane,
	scope: Scope,
	{ params, body }: { readonly params: OrganizationParams; readonly body: MemberBody },
): Promise<Member> {
	const { stores } = plane;
	const { id } = await loadOrganization(plane, scope, { ...params, lock: "for update" });
	const user = await loadUser(plane, scope, { id: body.user_id, lock: "for update" });
	const place = { organization: id, user: user.id };
	if ((await stores.members.get(scope, place)) !== undefined) {
		throw new Refused(conflict("The user is a member of the organization already"));
	}
	await stores.members.add(scope, place, body.role ?? "member");
	const member = await stores.members.get(scope, place);
	if (member === undefined) throw new Error("a member that was just added is not there");
	await recordMember(plane, scope, { action: "member.added", place, data: member });
	return member;
}

/** With the organization locked, so that two changes cannot both leave the last owner to the other. */
async function loadMember(
	plane: ControlPlane,
	scope: Scope,
	params: MemberParams,
): Promise<{ readonly place: MemberPlace; readonly member: Member }> {
	const { id } = await loadOrganization(plane, scope, { ...params, lock: "for update" });
	const place = { organization: id, user: params.user_id };
	const member = await plane.stores.members.get(scope, place);
	if (member === undefined) throw new Refused(notFound("Member"));
	return { place, member };
}

/** @throws {Refused} 409 when nobody else owns the organization. */
async function keepOwner({ stores }: ControlPlane, scope: Scope, place: MemberPlace): Promise<void> {
	if (!(await stores.members.isLastOwner(scope, place))) return;
	throw new Refused(conflict("The organization would be left without an owner"));
}

interface MemberChange {
	readonly action: "member.added" | "member.updated" | "member.removed";
	readonly place: MemberPlace;
	readonly data: Member;
}

function recordMember(plane: ControlPlane, scope: Scope, { action, place, data }: MemberChange): Promise<void> {
	const resource = { type: "member", id: place.user };
	return record(plane, scope, { action, resource, data: { organization_id: place.organization, ...data } });
}

import type { FastifyInstance } from "fastify";
import { conflict, notFound, Refused } from "../../http/refusal.ts";
import type { ControlPlane } from "../control-plane.ts";
import { requireRole } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readPaging } from "../http/query.ts";
import { readScope, record, write } from "../http/work.ts";
import type { Schemas } from "../schemas.ts";
import type { Invitation } from "../store/invitations.ts";
import type { Role } from "../store/members.ts";
import type { Scope } from "../store/scope.ts";
import { loadOrganization } from "./organizations.ts";

interface OrganizationParams {
	readonly id: string;
}

interface InvitationParams extends OrganizationParams {
	readonly inv_id: string;
}

interface InvitationBody {
	readonly email: string;
	readonly role?: Role;
	readonly expires_in_days?: number;
}

const DAYS = 7;

/** Create, list and revoke the invitations to an organization. */
export function addInvitationRoutes(app: FastifyInstance, plane: ControlPlane, schemas: Schemas): void {
	const { stores } = plane;
	const url = "/v1/admin/organizations/:id/invitations";
	const [read, change] = [requireRole(plane, "read"), requireRole(plane, "write")];

	app.post<{ Params: OrganizationParams; Body: InvitationBody }>(
		url,
		{ onRequest: change, schema: { body: schemas.invitation } },
		async (request, reply) => {
			const invitation = await write(plane, request, (scope) => invite(plane, scope, request));
			return reply.code(201).send(invitation);
		},
	);

	app.get<{ Params: OrganizationParams; Querystring: Query }>(url, { onRequest: read }, async (request) => {
		const paging = readPaging(request.query);
		const scope = readScope(plane, request);
		const { id } = await loadOrganization(plane, scope, request.params);
		return paged("invitations", await stores.invitations.list(scope, id, paging), paging);
	});

	app.delete<{ Params: InvitationParams }>(`${url}/:inv_id`, { onRequest: change }, async (request, reply) => {
		await write(plane, request, async (scope) => {
			const { id } = await loadOrganization(plane, scope, { ...request.params, lock: "for update" });
			const invitation = await stores.invitations.get(scope, id, request.params.inv_id);
			if (invitation === undefined) throw new Refused(notFound("Invitation"));
			if (invitation.status !== "pending") throw new Refused(conflict(`The invitation is ${invitation.status}`));
			await stores.invitations.setStatus(scope, invitation.id, "revoked");
			const data = { ...invitation, status: "revoked" };
			const resource = { type: "invitation", id: invitation.id };
			await record(plane, scope, { action: "invitation.revoked", resource, data });
		});
		return reply.code(204).send();
	});
}

async function invite(
	plane: ControlPlane,
	scope: Scope,
	{ params, body }: { readonly params: OrganizationParams; readonly body: InvitationBody },
): Promise<Invitation & { readonly token: string }> {
	const { stores } = plane;
	const { id } = await loadOrganization(plane, scope, { ...params, lock: "for update" });
	const { email, role = "member", expires_in_days: days = DAYS } = body;
	if (await stores.members.hasEmail(scope, id, email)) {
		throw new Refused(conflict("A member of the organization has this email"));
	}
	if (await stores.invitations.hasPending(scope, id, email)) {
		throw new Refused(conflict("An invitation for this email is pending"));
	}
	const { token, ...shown } = await stores.invitations.create(scope, { organization: id, email, role, days });
	const resource = { type: "invitation", id: shown.id };
	await record(plane, scope, { action: "invitation.created", resource, data: shown });
	return { ...shown, token };
}

import type { FastifyInstance } from "fastify";
import { conflict, notFound, Refused } from "../../http/refusal.ts";
import type { ControlPlane } from "../control-plane.ts";
import { API_KEY_REFUSED, gone } from "../http/refusal.ts";
import { record, writeAs } from "../http/work.ts";
import type { Schemas } from "../schemas.ts";
import type { HeldInvitation } from "../store/invitations.ts";
import type { Scope } from "../store/scope.ts";
import type { User } from "../store/users.ts";
import { PROJECT_NOT_FOUND } from "./projects.ts";

interface Acceptance {
	readonly token: string;
	readonly name: string;
}

/**
 * What the page does not have and its secrets are for: an invitation is accepted with its token, a project is read
 * with an API key, tokens are verified with published signing keys.
 */
export function addPublicRoutes(app: FastifyInstance, plane: ControlPlane, schemas: Schemas): void {
	const { database, stores, clock } = plane;

	app.post<{ Body: Acceptance }>(
		"/v1/invitations/accept",
		{ schema: { body: schemas.acceptance } },
		async ({ body, ip }, reply) => {
			const accepted = await writeAs(plane, async (open, sql, now) => {
				const invitation = pendingOf(await stores.invitations.findByToken({ sql, now }, body.token));
				const { tenant, email, organization, role } = invitation;
				const scope = open({ tenant, actor: { type: "user", id: email, ip } });
				const user = await joiningUser(plane, scope, { email, name: body.name });
				const place = { organization, user: user.id };
				if ((await stores.members.get(scope, place)) === undefined) await stores.members.add(scope, place, role);
				await finish(plane, scope, invitation);
				return { user, organization_id: organization, role };
			});
			return reply.code(201).send(accepted);
		},
	);

	app.get("/v1/project", async ({ headers }) => {
		const secret = headers["x-api-key"];
		const owner = typeof secret === "string" ? await stores.apiKeys.findOwner(database, secret) : undefined;
		if (owner === undefined) throw new Refused(API_KEY_REFUSED);
		const scope = { sql: database, tenant: owner.tenant_id, now: new Date(clock()), actor: NOBODY, emitted: () => {} };
		const project = await stores.projects.get(scope, owner.project_id);
		if (project === undefined) throw new Refused(API_KEY_REFUSED);
		return project;
	});

	app.get<{ Params: { readonly project_id: string } }>("/v1/jwks/:project_id", async ({ params }) => {
		const keys = await stores.signingKeys.publish({ sql: database, now: new Date(clock()) }, params.project_id);
		if (keys === undefined) throw new Refused(PROJECT_NOT_FOUND);
		return { keys };
	});
}

const NOBODY = { type: "system", id: "api-key", ip: "" } as const;

/** @throws {Refused} when there is no such invitation, or it cannot be accepted any more. */
function pendingOf(invitation: HeldInvitation | undefined): HeldInvitation {
	if (invitation === undefined) throw new Refused(notFound("Invitation"));
	if (invitation.status === "accepted") throw new Refused(conflict("The invitation is accepted already"));
	if (invitation.status !== "pending") throw new Refused(gone(`The invitation is ${invitation.status}`));
	return invitation;
}

/** Whoever has the email already joins as who they are; the name counts for somebody new only. */
async function joiningUser(plane: ControlPlane, scope: Scope, who: Pick<User, "email" | "name">): Promise<User> {
	const { stores } = plane;
	const known = await stores.users.findByEmail(scope, who.email);
	if (known !== undefined) return known;
	const user = await stores.users.create(scope, who);
	await record(plane, scope, { action: "user.created", resource: { type: "user", id: user.id }, data: user });
	return user;
}

async function finish(plane: ControlPlane, scope: Scope, { id, email, role }: HeldInvitation): Promise<void> {
	await plane.stores.invitations.setStatus(scope, id, "accepted");
	const data = { id, email, role, status: "accepted" };
	await record(plane, scope, { action: "invitation.accepted", resource: { type: "invitation", id }, data });
}

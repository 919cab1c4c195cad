import type { FastifyInstance } from "fastify";
import { conflict, notFound, type Refusal, Refused } from "../../http/refusal.ts";
import type { ControlPlane } from "../control-plane.ts";
import { requireRole } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { patchedMetadata } from "../http/patched-metadata.ts";
import { type Query, readPaging, readSearch } from "../http/query.ts";
import { readScope, record, write } from "../http/work.ts";
import type { Schemas } from "../schemas.ts";
import type { MetadataPatch } from "../store/metadata.ts";
import type { Scope } from "../store/scope.ts";
import type { User } from "../store/users.ts";

interface UserParams {
	readonly id: string;
}

interface UserPatch {
	readonly status?: User["status"];
	readonly metadata?: MetadataPatch;
}

const USER_NOT_FOUND: Refusal = notFound("User");

/** @throws {Refused} 404 when the caller's tenant has no such user. */
export async function loadUser(
	{ stores }: ControlPlane,
	scope: Scope,
	{ id, lock }: { readonly id: string; readonly lock?: "for update" },
): Promise<User> {
	const user = await stores.users.get(scope, id, lock);
	if (user === undefined) throw new Refused(USER_NOT_FOUND);
	return user;
}

/** List, get, update and delete users. They are made by accepting an invitation. */
export function addUserRoutes(app: FastifyInstance, plane: ControlPlane, schemas: Schemas): void {
	const { stores } = plane;
	const url = "/v1/admin/users";
	const [read, change] = [requireRole(plane, "read"), requireRole(plane, "write")];

	app.get<{ Querystring: Query }>(url, { onRequest: read }, async (request) => {
		const paging = readPaging(request.query);
		const search = readSearch(request.query);
		return paged("users", await stores.users.list(readScope(plane, request), search, paging), paging);
	});

	app.get<{ Params: UserParams }>(`${url}/:id`, { onRequest: read }, async (request) => {
		const scope = readScope(plane, request);
		const user = await loadUser(plane, scope, request.params);
		const sessions = await stores.users.listSessions(scope, user.id);
		return { ...user, sessions, organizations: await stores.users.listOrganizations(scope, user.id) };
	});

	app.patch<{ Params: UserParams; Body: UserPatch }>(
		`${url}/:id`,
		{ onRequest: change, schema: { body: schemas.userPatch } },
		(request) =>
			write(plane, request, async (scope) => {
				const before = await loadUser(plane, scope, { ...request.params, lock: "for update" });
				const { status = before.status, metadata } = request.body;
				const time = scope.now.toISOString();
				const user = { ...before, status, metadata: patchedMetadata(before.metadata, metadata), updated_at: time };
				await stores.users.save(scope, user);
				await record(plane, scope, { action: "user.updated", resource: { type: "user", id: user.id }, data: user });
				return user;
			}),
	);

	app.delete<{ Params: UserParams }>(`${url}/:id`, { onRequest: change }, async (request, reply) => {
		await write(plane, request, async (scope) => {
			const { id } = await loadUser(plane, scope, { ...request.params, lock: "for update" });
			if (await stores.members.isSoleOwner(scope, id)) throw new Refused(conflict(SOLE_OWNER));
			await stores.users.remove(scope, id);
			await record(plane, scope, { action: "user.deleted", resource: { type: "user", id }, data: { id } });
		});
		return reply.code(204).send();
	});
}

const SOLE_OWNER = "The user is the last owner of an organization";

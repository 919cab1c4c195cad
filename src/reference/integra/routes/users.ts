import type { FastifyInstance } from "fastify";
import { conflict, notFound, Refused } from "../../http/refusal.ts";
import { isTaken } from "../database/database.ts";
import { requireAccess } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readPaging, readText, readWord } from "../http/query.ts";
import { readScope, write } from "../http/work.ts";
import type { Integra } from "../integra.ts";
import { SCHEMAS } from "../schemas.ts";
import type { Scope } from "../store/scope.ts";
import { USER_STATUSES, type User } from "../store/users.ts";

interface UserParams {
	readonly user_id: string;
}

type UserBody = Pick<User, "email" | "name">;
type UserPatch = Partial<Pick<User, "email" | "name" | "status">>;

/** @throws {Refused} 404 when there is no such user. */
export function loadUser({ stores }: Integra, scope: Scope, id: string): User {
	const user = stores.users.get(scope, id);
	if (user === undefined) throw new Refused(notFound("User"));
	return user;
}

/** @throws {Refused} 409 when another user has the email. */
export function uniqueEmail<T>(save: () => T): T {
	try {
		return save();
	} catch (error) {
		if (isTaken(error)) throw new Refused(conflict("Another user has this email"));
		throw error;
	}
}

/** Create, list, get, update and delete users. */
export function addUserRoutes(app: FastifyInstance, integra: Integra): void {
	const { stores } = integra;
	const url = "/admin/v1/users";
	const onRequest = requireAccess(integra, { scopes: ["admin:users"] });

	app.post<{ Body: UserBody }>(
		url,
		{ onRequest, schema: { body: SCHEMAS.user }, config: { operation: "createUser" } },
		(request, reply) =>
			write(integra, { request, reply, status: 201 }, (scope) => {
				const { email, name } = request.body;
				const user = uniqueEmail(() => stores.users.create(scope, { email, name }));
				return { answer: user, about: { resource: user.id } };
			}),
	);

	app.get<{ Querystring: Query }>(url, { onRequest, config: { operation: "listUsers" } }, async ({ query }) => {
		const paging = readPaging(query);
		const filter = { status: readWord(query, "status", USER_STATUSES), email: readText(query, "email") };
		return paged(stores.users.list(readScope(integra), filter, paging), paging);
	});

	app.get<{ Params: UserParams }>(
		`${url}/:user_id`,
		{ onRequest, config: { operation: "getUser" } },
		async ({ params }) => loadUser(integra, readScope(integra), params.user_id),
	);

	app.patch<{ Params: UserParams; Body: UserPatch }>(
		`${url}/:user_id`,
		{ onRequest, schema: { body: SCHEMAS.userPatch }, config: { operation: "updateUser" } },
		(request, reply) =>
			write(integra, { request, reply, status: 200 }, (scope) => {
				const before = loadUser(integra, scope, request.params.user_id);
				const user: User = { ...before, ...request.body, updated_at: scope.now.toISOString() };
				uniqueEmail(() => stores.users.save(scope, user));
				return { answer: user };
			}),
	);

	app.delete<{ Params: UserParams }>(
		`${url}/:user_id`,
		{ onRequest, config: { operation: "deleteUser" } },
		(request, reply) =>
			write(integra, { request, reply, status: 204 }, (scope) => {
				const { id } = loadUser(integra, scope, request.params.user_id);
				stores.members.removeUser(scope, id);
				stores.users.remove(scope, id);
				return {};
			}),
	);
}

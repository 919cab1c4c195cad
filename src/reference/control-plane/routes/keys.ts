import type { FastifyInstance } from "fastify";
import { notFound, Refused } from "../../http/refusal.ts";
import type { ControlPlane } from "../control-plane.ts";
import { requireRole } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readPaging } from "../http/query.ts";
import { readScope, record, write } from "../http/work.ts";
import type { Schemas } from "../schemas.ts";
import { loadProject } from "./projects.ts";

interface ProjectParams {
	readonly id: string;
}

interface KeyParams extends ProjectParams {
	readonly key_id: string;
}

/** Create, list and revoke the API keys of a project. */
export function addApiKeyRoutes(app: FastifyInstance, plane: ControlPlane, schemas: Schemas): void {
	const { stores } = plane;
	const url = "/v1/admin/projects/:id/api-keys";
	const [read, change] = [requireRole(plane, "read"), requireRole(plane, "write")];

	app.post<{ Params: ProjectParams; Body: { readonly name: string } }>(
		url,
		{ onRequest: change, schema: { body: schemas.apiKey } },
		async (request, reply) => {
			const key = await write(plane, request, async (scope) => {
				const project = await loadProject(plane, scope, { ...request.params, lock: "for update" });
				const { secret, ...shown } = await stores.apiKeys.create(scope, project.id, request.body.name);
				const resource = { type: "api_key", id: shown.id };
				await record(plane, scope, { action: "api_key.created", resource, data: shown });
				return { ...shown, secret };
			});
			return reply.code(201).send(key);
		},
	);

	app.get<{ Params: ProjectParams; Querystring: Query }>(url, { onRequest: read }, async (request) => {
		const paging = readPaging(request.query);
		const scope = readScope(plane, request);
		const project = await loadProject(plane, scope, request.params);
		return paged("api_keys", await stores.apiKeys.list(scope, project.id, paging), paging);
	});

	app.delete<{ Params: KeyParams }>(`${url}/:key_id`, { onRequest: change }, async (request, reply) => {
		await write(plane, request, async (scope) => {
			const project = await loadProject(plane, scope, { ...request.params, lock: "for update" });
			const id = request.params.key_id;
			const revoked = await stores.apiKeys.revoke(scope, project.id, id);
			if (revoked === "not-found") throw new Refused(notFound("API key"));
			if (revoked === "was-revoked") return;
			await record(plane, scope, { action: "api_key.revoked", resource: { type: "api_key", id }, data: { id } });
		});
		return reply.code(204).send();
	});
}

/** List and rotate the signing keys of a project. */
export function addSigningKeyRoutes(app: FastifyInstance, plane: ControlPlane): void {
	const { stores, signingKeyGraceMs } = plane;
	const url = "/v1/admin/projects/:id/signing-keys";
	const [read, change] = [requireRole(plane, "read"), requireRole(plane, "write")];

	app.get<{ Params: ProjectParams }>(url, { onRequest: read }, async (request) => {
		const scope = readScope(plane, request);
		const project = await loadProject(plane, scope, request.params);
		return { signing_keys: await stores.signingKeys.list(scope, project.id) };
	});

	app.post<{ Params: ProjectParams }>(`${url}/rotate`, { onRequest: change }, async (request, reply) => {
		const key = await write(plane, request, async (scope) => {
			const project = await loadProject(plane, scope, { ...request.params, lock: "for update" });
			await stores.signingKeys.retire(scope, project.id, signingKeyGraceMs);
			const added = await stores.signingKeys.add(scope, project.id);
			const resource = { type: "signing_key", id: added.kid };
			await record(plane, scope, { action: "signing_key.rotated", resource, data: added });
			return added;
		});
		return reply.code(201).send(key);
	});
}

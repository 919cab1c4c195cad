import type { FastifyInstance } from "fastify";
import { notFound, type Refusal, Refused } from "../../http/refusal.ts";
import type { ControlPlane } from "../control-plane.ts";
import { requireRole } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readPaging } from "../http/query.ts";
import { readScope, record, write } from "../http/work.ts";
import type { Schemas } from "../schemas.ts";
import { type Project, type ProjectBody, patchProject } from "../store/projects.ts";
import type { Scope } from "../store/scope.ts";

interface ProjectParams {
	readonly id: string;
}

export const PROJECT_NOT_FOUND: Refusal = notFound("Project");

/** @throws {Refused} 404 when the caller's tenant has no such project. */
export async function loadProject(
	{ stores }: ControlPlane,
	scope: Scope,
	{ id, lock }: { readonly id: string; readonly lock?: "for update" },
): Promise<Project> {
	const project = await stores.projects.get(scope, id, lock);
	if (project === undefined) throw new Refused(PROJECT_NOT_FOUND);
	return project;
}

/** Create, list, get and update projects. */
export function addProjectRoutes(app: FastifyInstance, plane: ControlPlane, schemas: Schemas): void {
	const { stores } = plane;
	const url = "/v1/admin/projects";
	const [read, change] = [requireRole(plane, "read"), requireRole(plane, "write")];

	app.post<{ Body: ProjectBody }>(
		url,
		{ onRequest: change, schema: { body: schemas.project } },
		async (request, reply) => {
			const project = await write(plane, request, async (scope) => {
				const made = await stores.projects.create(scope, request.body);
				await stores.signingKeys.add(scope, made.id);
				await record(plane, scope, { action: "project.created", resource: resourceOf(made), data: made });
				return made;
			});
			return reply.code(201).send(project);
		},
	);

	app.get<{ Querystring: Query }>(url, { onRequest: read }, async (request) => {
		const paging = readPaging(request.query);
		return paged("projects", await stores.projects.list(readScope(plane, request), paging), paging);
	});

	app.get<{ Params: ProjectParams }>(`${url}/:id`, { onRequest: read }, (request) =>
		loadProject(plane, readScope(plane, request), request.params),
	);

	app.patch<{ Params: ProjectParams; Body: ProjectBody }>(
		`${url}/:id`,
		{ onRequest: change, schema: { body: schemas.projectPatch } },
		(request) =>
			write(plane, request, async (scope) => {
				const before = await loadProject(plane, scope, { ...request.params, lock: "for update" });
				const project = patchProject(before, request.body, scope.now);
				await stores.projects.save(scope, project);
				await record(plane, scope, { action: "project.updated", resource: resourceOf(project), data: project });
				return project;
			}),
	);
}

function resourceOf({ id }: Project): { readonly type: string; readonly id: string } {
	return { type: "project", id };
}

import type { FastifyInstance } from "fastify";
import { isUniqueViolation } from "../../database/database.ts";
import { conflict, notFound, Refused } from "../../http/refusal.ts";
import type { ControlPlane } from "../control-plane.ts";
import { requireRole } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { patchedMetadata } from "../http/patched-metadata.ts";
import { type Query, readPaging } from "../http/query.ts";
import { readScope, record, write } from "../http/work.ts";
import type { Schemas } from "../schemas.ts";
import type { Metadata, MetadataPatch } from "../store/metadata.ts";
import type { Organization } from "../store/organizations.ts";
import type { Scope } from "../store/scope.ts";

interface OrganizationParams {
	readonly id: string;
}

interface OrganizationBody {
	readonly name: string;
	readonly slug: string;
	readonly metadata?: Metadata;
}

interface OrganizationPatch {
	readonly name?: string;
	readonly slug?: string;
	readonly metadata?: MetadataPatch;
}

/** @throws {Refused} 404 when the caller's tenant has no such organization. */
export async function loadOrganization(
	{ stores }: ControlPlane,
	scope: Scope,
	{ id, lock }: { readonly id: string; readonly lock?: "for update" },
): Promise<Organization> {
	const organization = await stores.organizations.get(scope, id, lock);
	if (organization === undefined) throw new Refused(notFound("Organization"));
	return organization;
}

/** Create, list, get, update and delete organizations. */
export function addOrganizationRoutes(app: FastifyInstance, plane: ControlPlane, schemas: Schemas): void {
	const { stores } = plane;
	const url = "/v1/admin/organizations";
	const [read, change] = [requireRole(plane, "read"), requireRole(plane, "write")];

	const create = plane.faults.has("viewer-creates-organizations") ? read : change;

	app.post<{ Body: OrganizationBody }>(
		url,
		{ onRequest: create, schema: { body: schemas.organization } },
		async (request, reply) => {
			const organization = await write(plane, request, async (scope) => {
				const { name, slug, metadata = {} } = request.body;
				const made = await uniqueSlug(() => stores.organizations.create(scope, { name, slug, metadata }));
				await record(plane, scope, { action: "organization.created", resource: resourceOf(made.id), data: made });
				return made;
			});
			return reply.code(201).send(organization);
		},
	);

	app.get<{ Querystring: Query }>(url, { onRequest: read }, async (request) => {
		const paging = readPaging(request.query);
		return paged("organizations", await stores.organizations.list(readScope(plane, request), paging), paging);
	});

	app.get<{ Params: OrganizationParams }>(`${url}/:id`, { onRequest: read }, (request) =>
		loadOrganization(plane, readScope(plane, request), request.params),
	);

	app.patch<{ Params: OrganizationParams; Body: OrganizationPatch }>(
		`${url}/:id`,
		{ onRequest: change, schema: { body: schemas.organizationPatch } },
		(request) => write(plane, request, (scope) => updateOrganization(plane, scope, request)),
	);

	app.delete<{ Params: OrganizationParams }>(`${url}/:id`, { onRequest: change }, async (request, reply) => {
		await write(plane, request, async (scope) => {
			const { id } = await loadOrganization(plane, scope, { ...request.params, lock: "for update" });
			await stores.organizations.remove(scope, id);
			await record(plane, scope, { action: "organization.deleted", resource: resourceOf(id), data: { id } });
		});
		return reply.code(204).send();
	});
}

async function updateOrganization(
	plane: ControlPlane,
	scope: Scope,
	{ params, body }: { readonly params: OrganizationParams; readonly body: OrganizationPatch },
): Promise<Organization> {
	const before = await loadOrganization(plane, scope, { ...params, lock: "for update" });
	const { name = before.name, slug = before.slug, metadata } = body;
	const organization = {
		...before,
		name,
		slug,
		metadata: patchedMetadata(before.metadata, metadata),
		updated_at: scope.now.toISOString(),
	};
	await uniqueSlug(() => plane.stores.organizations.save(scope, organization));
	const resource = resourceOf(organization.id);
	await record(plane, scope, { action: "organization.updated", resource, data: organization });
	return organization;
}

function resourceOf(id: string): { readonly type: string; readonly id: string } {
	return { type: "organization", id };
}

async function uniqueSlug<T>(save: () => Promise<T>): Promise<T> {
	try {
		return await save();
	} catch (error) {
		if (isUniqueViolation(error)) throw new Refused(conflict("Another organization has this slug"));
		throw error;
	}
}

import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ControlPlane } from "../control-plane.ts";
import type { ControlPlaneFault } from "../faults.ts";
import { readScope } from "../http/work.ts";
import type { MetadataPatch } from "../store/metadata.ts";
import { DEFAULT_PROJECT_SETTINGS, type ProjectBody } from "../store/projects.ts";
import { EVERYTHING } from "./list-ways.ts";

type HookFaults = Readonly<Partial<Record<ControlPlaneFault, (app: FastifyInstance, plane: ControlPlane) => void>>>;

/** Adds what the chosen faults change between the wire and the honest routes. */
export function addFaultyHooks(app: FastifyInstance, plane: ControlPlane): void {
	for (const [name, add] of Object.entries(HOOK_FAULTS)) {
		if (plane.faults.has(name as ControlPlaneFault)) add(app, plane);
	}
}

const HOOK_FAULTS: HookFaults = {
	"project-of-other-tenant-shown": (app, { database }) => {
		app.addHook("preHandler", async (request) => {
			const { caller } = request;
			if (!isCall(request, "GET /v1/admin/projects/:id") || caller === undefined) return;
			const [project] = await database.query<{ tenant_id: string }>("select tenant_id from projects where id = $1", [
				idOf(request),
			]);
			if (project !== undefined) request.caller = { ...caller, tenant: project.tenant_id };
		});
	},
	"redirects-not-stored": (app) =>
		alterBody<ProjectBody>(app, "POST /v1/admin/projects", async ({ redirects: _dropped, ...rest }) => rest),
	"origins-appended": (app, plane) =>
		alterBody<ProjectBody>(app, "PATCH /v1/admin/projects/:id", async (body, request) => {
			const before = await plane.stores.projects.get(readScope(plane, request), idOf(request));
			if (before === undefined || body.origins === undefined) return body;
			return { ...body, origins: [...new Set([...before.origins, ...body.origins])] };
		}),
	"project-patch-replaces": (app) =>
		alterBody<ProjectBody>(app, "PATCH /v1/admin/projects/:id", async (body) => ({
			settings: DEFAULT_PROJECT_SETTINGS,
			origins: [],
			redirects: [],
			...body,
		})),
	"settings-replaced": (app) =>
		alterBody<ProjectBody>(app, "PATCH /v1/admin/projects/:id", async (body) =>
			body.settings === undefined ? body : { ...body, settings: { ...DEFAULT_PROJECT_SETTINGS, ...body.settings } },
		),
	"metadata-replaced": (app, plane) =>
		alterBody<UserPatch>(app, "PATCH /v1/admin/users/:id", async (body, request) => {
			const before = await plane.stores.users.get(readScope(plane, request), idOf(request));
			if (before === undefined || body.metadata === undefined) return body;
			const cleared = Object.fromEntries(Object.keys(before.metadata).map((key) => [key, null]));
			return { ...body, metadata: { ...cleared, ...body.metadata } };
		}),
	"metadata-null-ignored": (app) =>
		alterBody<UserPatch>(app, "PATCH /v1/admin/users/:id", async (body) => {
			if (body.metadata === undefined) return body;
			const kept = Object.entries(body.metadata).filter(([, value]) => value !== null);
			return { ...body, metadata: Object.fromEntries(kept) };
		}),
	"refused-organization-half-changed": (app, plane) =>
		alterBody<OrganizationPatch>(app, "PATCH /v1/admin/organizations/:id", async (body, request) => {
			const { organizations } = plane.stores;
			const scope = readScope(plane, request);
			const { items } = await organizations.list(scope, EVERYTHING);
			const before = items.find(({ id }) => id === idOf(request));
			const isTaken = items.some(({ id, slug }) => id !== idOf(request) && slug === body.slug);
			if (isTaken && before !== undefined) {
				await organizations.save(scope, { ...before, name: body.name ?? before.name });
			}
			return body;
		}),
	"member-role-not-stored": (app) =>
		alterBody<object>(app, "POST /v1/admin/organizations/:id/members", async (body) => ({ ...body, role: "member" })),
	"created-organization-answers-200": (app) => {
		app.addHook("onSend", async (request, reply) => {
			if (isCall(request, "POST /v1/admin/organizations") && reply.statusCode === 201) reply.code(200);
		});
	},
	"missing-user-as-text": (app) => {
		app.addHook("onSend", async (request, reply, payload) => {
			if (!isCall(request, "GET /v1/admin/users/:id") || reply.statusCode !== 404) return payload;
			reply.type("text/plain; charset=utf-8");
			return "User not found";
		});
	},
	"no-www-authenticate": (app) => {
		app.addHook("onSend", async (_request, reply) => {
			reply.removeHeader("www-authenticate");
		});
	},
};

interface UserPatch {
	readonly metadata?: MetadataPatch;
}

interface OrganizationPatch {
	readonly name?: string;
	readonly slug?: string;
}

/** Changes the body of one operation after it was found valid and before it is used. */
function alterBody<Body>(
	app: FastifyInstance,
	call: string,
	alter: (body: Body, request: FastifyRequest) => Promise<Body>,
): void {
	app.addHook("preHandler", async (request) => {
		if (isCall(request, call)) request.body = await alter(request.body as Body, request);
	});
}

/** @param call a method and a route: `GET /v1/admin/users/:id` */
function isCall({ method, routeOptions }: FastifyRequest, call: string): boolean {
	return `${method} ${routeOptions.url}` === call;
}

function idOf({ params }: FastifyRequest): string {
	return (params as { readonly id: string }).id;
}

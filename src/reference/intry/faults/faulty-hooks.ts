import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Core } from "../core/core.ts";
import type { IntryFault } from "../faults.ts";

type HookFaults = Readonly<Partial<Record<IntryFault, (app: FastifyInstance) => void>>>;

/** Adds what the chosen faults change between the wire and the honest routes. */
export function addFaultyHooks(app: FastifyInstance, { faults }: Core): void {
	for (const [name, add] of Object.entries(HOOK_FAULTS)) {
		if (faults.has(name as IntryFault)) add(app);
	}
}

const HOOK_FAULTS: HookFaults = {
	"device-in-another-envelope": (app) =>
		alterAnswer(app, "GET /api/admin/devices/:id", ({ device, ...rest }) =>
			device === undefined ? rest : { ...rest, data: device },
		),
	"calls-list-has-another-name": (app) =>
		alterAnswer(app, "GET /api/admin/calls", ({ calls, ...rest }) =>
			calls === undefined ? rest : { ...rest, items: calls },
		),
	"created-user-answers-200": (app) => {
		app.addHook("onSend", async (request, reply) => {
			if (isCall(request, "POST /api/admin/users") && reply.statusCode === 201) reply.code(200);
		});
	},
	"no-www-authenticate": (app) => {
		app.addHook("onSend", async (_request, reply) => {
			reply.removeHeader("www-authenticate");
		});
	},
	"unknown-status-lists-everything": (app) => {
		app.addHook("preValidation", async (request) => {
			const query = request.query as Record<string, unknown>;
			if (!isCall(request, "GET /api/admin/units")) return;
			if (!["vacant", "occupied", "blocked"].includes(String(query.status))) delete query.status;
		});
	},
	"large-limits-capped": (app) => {
		app.addHook("preValidation", async (request) => {
			const query = request.query as Record<string, unknown>;
			if (isCall(request, "GET /api/admin/users") && Number(query.limit) > LIMIT_MAX) query.limit = LIMIT_MAX;
		});
	},
	"largest-limit-refused": (app) => {
		app.addHook("preValidation", async (request) => {
			const query = request.query as Record<string, unknown>;
			if (isCall(request, "GET /api/admin/properties") && query.limit === "100") query.limit = "101";
		});
	},
};

const LIMIT_MAX = 100;

type Body = Readonly<Record<string, unknown>>;

/** Changes the answer of one operation. */
function alterAnswer(app: FastifyInstance, call: string, alter: (body: Body) => Body): void {
	app.addHook("preSerialization", async (request, _reply, payload) =>
		isCall(request, call) ? alter(payload as Body) : payload,
	);
}

/** @param call a method and a route: `GET /api/admin/users/:id` */
function isCall({ method, routeOptions }: FastifyRequest, call: string): boolean {
	return `${method} ${routeOptions.url}` === call;
}

import type { FastifyInstance, FastifyRequest } from "fastify";
import { type AppConfigBody, EVENT_NAMES } from "../app-config.ts";
import type { GatewayFault } from "../faults.ts";
import type { Gateway } from "../gateway.ts";
import { isNumber } from "../schemas.ts";

type HookFaults = Readonly<Partial<Record<GatewayFault, (app: FastifyInstance, gateway: Gateway) => void>>>;

/** Adds what the chosen faults change between the wire and the honest routes. */
export function addFaultyHooks(app: FastifyInstance, gateway: Gateway): void {
	for (const [name, add] of Object.entries(HOOK_FAULTS)) {
		if (gateway.faults.has(name as GatewayFault)) add(app, gateway);
	}
}

const APP_URL = "/admin/apps/:app_id";
const CIDS_URL = "/admin/apps/:app_id/cids";

const HOOK_FAULTS: HookFaults = {
	"upsert-merges": (app, { store }) =>
		alterUpserts(app, async (appId, body) => {
			const before = await store.loadApp(appId);
			if (before === undefined) return body;
			const { webhookUrl: webhook_url, rateLimit: rate_limit, events, apiKey } = before;
			return { webhook_url, rate_limit, events, ...(apiKey === undefined ? {} : { api_key: apiKey }), ...body };
		}),
	"negative-rate-limit-accepted": (app) =>
		alterUpserts(app, async (_appId, body) => ({ ...body, rate_limit: Math.max(0, body.rate_limit ?? 0) })),
	"unknown-event-accepted": (app) =>
		alterUpserts(app, async (_appId, body) => ({
			...body,
			events: (body.events ?? []).filter((event) => EVENT_NAMES.includes(event)),
		})),
	"refused-upsert-half-applied": (app, { store, refuseWebhookUrl }) =>
		alterUpserts(app, async (appId, body) => {
			const refused = body.webhook_url ? await refuseWebhookUrl(body.webhook_url) : undefined;
			const before = refused === undefined ? undefined : await store.loadApp(appId);
			if (before !== undefined) await store.saveApp(appId, { ...before, rateLimit: body.rate_limit ?? 0 });
			return body;
		}),
	"refused-replace-half-applied": (app, { store }) => {
		app.addHook("preValidation", async ({ method, routeOptions, body, appId }) => {
			if (method !== "PUT" || routeOptions.url !== CIDS_URL || !Array.isArray(body) || appId === undefined) return;
			const firstInvalid = body.findIndex((item) => !isNumber(item));
			if (firstInvalid >= 0) await store.replaceCids(appId, body.slice(0, firstInvalid));
		});
	},
	"created-answers-201": (app, { store }) => {
		const created = new WeakSet<FastifyRequest>();
		app.addHook("preHandler", async (request) => {
			const { appId } = request;
			if (isUpsert(request) && appId !== undefined && (await store.loadApp(appId)) === undefined) created.add(request);
		});
		app.addHook("onSend", async (request, reply) => {
			if (created.has(request) && reply.statusCode === 200) reply.code(201);
		});
	},
	"missing-app-as-text": (app) => {
		app.addHook("onSend", async ({ method, routeOptions, refusal }, reply, payload) => {
			if (method !== "GET" || routeOptions.url !== APP_URL || refusal?.status !== 404) return payload;
			reply.type("text/plain; charset=utf-8");
			return refusal.error;
		});
	},
	"no-retry-after": (app) => {
		app.addHook("onSend", async (_request, reply) => {
			reply.removeHeader("retry-after");
		});
	},
};

/** Changes the body of an upsert after it was found valid and before it is stored. */
function alterUpserts(
	app: FastifyInstance,
	alter: (appId: string, body: AppConfigBody) => Promise<AppConfigBody>,
): void {
	app.addHook("preHandler", async (request) => {
		if (isUpsert(request) && request.appId !== undefined) {
			request.body = await alter(request.appId, request.body as AppConfigBody);
		}
	});
}

function isUpsert({ method, routeOptions }: FastifyRequest): boolean {
	return method === "POST" && routeOptions.url === APP_URL;
}

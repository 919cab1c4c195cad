import type { FastifyInstance } from "fastify";
import { type AppConfig, type AppConfigBody, appConfigFrom } from "../app-config.ts";
import type { Gateway } from "../gateway.ts";
import { requireAdminKey } from "../http/admin-key.ts";
import { APP_NOT_FOUND, KEY_IN_USE, refuse } from "../http/refusal.ts";
import type { Schemas } from "../schemas.ts";

interface AppParams {
	readonly app_id: string;
}

/** Upsert, get and delete the configuration of an app. */
export function addAppRoutes(app: FastifyInstance, gateway: Gateway, schemas: Schemas): void {
	const { store } = gateway;
	const url = "/admin/apps/:app_id";
	const onRequest = requireAdminKey(gateway);
	const params = schemas.appParams;

	app.post<{ Params: AppParams; Body: AppConfigBody }>(
		url,
		{ onRequest, schema: { params: schemas.upsertParams, body: schemas.appConfig } },
		async ({ params: { app_id }, body }, reply) => {
			const reason = body.webhook_url ? await gateway.refuseWebhookUrl(body.webhook_url) : undefined;
			if (reason !== undefined) return refuse(reply, { status: 400, error: `Invalid webhook_url: ${reason}` });
			const config = appConfigFrom(body);
			if ((await store.saveApp(app_id, config)) === "key-in-use") return refuse(reply, KEY_IN_USE);
			return { success: true, app_id, webhook_url: config.webhookUrl, rate_limit: config.rateLimit };
		},
	);

	app.get<{ Params: AppParams }>(url, { onRequest, schema: { params } }, async ({ params: { app_id } }, reply) => {
		const config = await store.loadApp(app_id);
		return config === undefined ? refuse(reply, APP_NOT_FOUND) : appAnswer(app_id, config);
	});

	app.delete<{ Params: AppParams }>(url, { onRequest, schema: { params } }, async ({ params: { app_id } }, reply) =>
		(await store.deleteApp(app_id)) ? { success: true, app_id } : refuse(reply, APP_NOT_FOUND),
	);
}

function appAnswer(appId: string, { webhookUrl, apiKey, rateLimit, events }: AppConfig): Record<string, unknown> {
	return {
		success: true,
		app_id: appId,
		webhook_url: webhookUrl,
		...(apiKey === undefined ? {} : { api_key: apiKey }),
		rate_limit: rateLimit,
		events,
	};
}

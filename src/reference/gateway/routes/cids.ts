import type { FastifyInstance } from "fastify";
import type { Gateway } from "../gateway.ts";
import { requireAdminKey } from "../http/admin-key.ts";
import { APP_NOT_FOUND, NUMBER_NOT_FOUND, refuse } from "../http/refusal.ts";
import type { Schemas } from "../schemas.ts";
import { CIDS_MAX } from "../store/store.ts";

interface AppParams {
	readonly app_id: string;
}

interface CidParams extends AppParams {
	readonly number: string;
}

/** Replace (today: append to), list, and remove from the allow-list of an app. */
export function addCidRoutes(app: FastifyInstance, gateway: Gateway, schemas: Schemas): void {
	const { store } = gateway;
	const url = "/admin/apps/:app_id/cids";
	const onRequest = requireAdminKey(gateway);
	const params = schemas.appParams;
	const writeCids = gateway.cidsPut === "replace" ? store.replaceCids : store.appendCids;

	app.put<{ Params: AppParams; Body: readonly string[] }>(
		url,
		{ onRequest, schema: { params, body: schemas.cids } },
		async ({ params: { app_id }, body }, reply) => {
			const written = await writeCids(app_id, body);
			if (written.kind === "written") return written.numbers;
			if (written.kind === "app-not-found") return refuse(reply, APP_NOT_FOUND);
			return refuse(reply, { status: 400, error: `The allow-list holds ${CIDS_MAX} numbers at most` });
		},
	);

	app.get<{ Params: AppParams }>(
		url,
		{ onRequest, schema: { params } },
		async ({ params: { app_id } }, reply) => (await store.listCids(app_id)) ?? refuse(reply, APP_NOT_FOUND),
	);

	app.delete<{ Params: CidParams }>(
		`${url}/:number`,
		{ onRequest, schema: { params: schemas.cidParams } },
		async ({ params: { app_id, number } }, reply) => {
			const removed = await store.removeCid(app_id, number);
			if (removed === "removed") return { success: true, app_id };
			return refuse(reply, removed === "app-not-found" ? APP_NOT_FOUND : NUMBER_NOT_FOUND);
		},
	);
}

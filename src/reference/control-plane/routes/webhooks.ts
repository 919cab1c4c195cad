import type { FastifyInstance } from "fastify";
import { invalid, notFound, Refused } from "../../http/refusal.ts";
import { TEST_EVENT } from "../actions.ts";
import type { ControlPlane } from "../control-plane.ts";
import { admitEverybody } from "../faults/admit-everybody.ts";
import { requireRole } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readPaging } from "../http/query.ts";
import { readScope, record, write } from "../http/work.ts";
import type { Schemas } from "../schemas.ts";
import type { Scope } from "../store/scope.ts";

interface WebhookParams {
	readonly id: string;
}

interface WebhookBody {
	readonly url: string;
	readonly events: readonly string[];
}

/** Create and list webhooks, list their deliveries, send a test event. */
export function addWebhookRoutes(app: FastifyInstance, plane: ControlPlane, schemas: Schemas): void {
	const { stores } = plane;
	const url = "/v1/admin/webhooks";
	const [read, change] = [requireRole(plane, "read"), requireRole(plane, "write")];

	app.post<{ Body: WebhookBody }>(
		url,
		{ onRequest: change, schema: { body: schemas.webhook } },
		async (request, reply) => {
			const reason = await plane.refuseWebhookUrl(request.body.url);
			if (reason !== undefined) throw new Refused(invalid(`url cannot be called: ${reason}`));
			const webhook = await write(plane, request, async (scope) => {
				const { secret, ...shown } = await stores.webhooks.create(scope, request.body);
				await record(plane, scope, { action: "webhook.created", resource: resourceOf(shown.id), data: shown });
				return { ...shown, secret };
			});
			return reply.code(201).send(webhook);
		},
	);

	const list = plane.faults.has("webhooks-listed-without-token") ? admitEverybody(plane) : read;

	app.get<{ Querystring: Query }>(url, { onRequest: list }, async (request) => {
		const paging = readPaging(request.query);
		return paged("webhooks", await stores.webhooks.list(readScope(plane, request), paging), paging);
	});

	app.get<{ Params: WebhookParams; Querystring: Query }>(
		`${url}/:id/deliveries`,
		{ onRequest: read },
		async (request) => {
			const paging = readPaging(request.query);
			const scope = readScope(plane, request);
			await needWebhook(plane, scope, request.params);
			return paged("deliveries", await stores.webhooks.listDeliveries(scope, request.params.id, paging), paging);
		},
	);

	app.post<{ Params: WebhookParams }>(`${url}/:id/test`, { onRequest: change }, async (request, reply) => {
		const delivery = await write(plane, request, async (scope) => {
			const { id } = request.params;
			await needWebhook(plane, scope, request.params);
			const sent = await stores.webhooks.enqueue(scope, id, { type: TEST_EVENT, data: { webhook_id: id } });
			await record(plane, scope, { action: "webhook.tested", resource: resourceOf(id), data: sent });
			return sent;
		});
		return reply.code(202).send(delivery);
	});
}

/** @throws {Refused} 404 when the caller's tenant has no such webhook. */
async function needWebhook({ stores }: ControlPlane, scope: Scope, { id }: WebhookParams): Promise<void> {
	if (!(await stores.webhooks.exists(scope, id))) throw new Refused(notFound("Webhook"));
}

function resourceOf(id: string): { readonly type: string; readonly id: string } {
	return { type: "webhook", id };
}

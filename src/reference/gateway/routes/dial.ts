import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DEFAULT_RATE_LIMIT } from "../app-config.ts";
import type { Gateway } from "../gateway.ts";
import { APP_KEY_REFUSED, CALLER_ID_REFUSED, NO_CAPACITY, type Refusal, refuse } from "../http/refusal.ts";
import type { Schemas } from "../schemas.ts";

interface DialBody {
	readonly from: string;
	readonly to: string;
}

/** The one call of the apps themselves. In this order: key, rate limit, body, allow-list, capacity. */
export function addDialRoute(app: FastifyInstance, gateway: Gateway, schemas: Schemas): void {
	app.post<{ Body: DialBody }>(
		"/api/v1/dial",
		{ onRequest: (request, reply) => admitApp(gateway, request, reply), schema: { body: schemas.dial } },
		async ({ appId = "", body }, reply) => {
			if (!(await gateway.store.hasCid(appId, body.from))) {
				gateway.metrics.called("refused");
				return refuse(reply, CALLER_ID_REFUSED);
			}
			const callId = gateway.outbound.placeCall();
			if (callId === undefined) {
				gateway.metrics.called("no-capacity");
				return refuse(reply, NO_CAPACITY);
			}
			gateway.metrics.called("accepted");
			return reply.code(202).send({ success: true, app_id: appId, call_id: callId });
		},
	);
}

/** Each request with a valid key counts, whatever comes of it; a request that is refused for the limit does not. */
async function admitApp(
	{ store, metrics }: Gateway,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply | undefined> {
	const apiKey = request.headers["x-api-key"];
	const owner = typeof apiKey === "string" ? await store.findAppByKey(apiKey) : undefined;
	if (owner === undefined) return refuse(reply, APP_KEY_REFUSED);
	const taken = await store.takeCall(owner.appId, owner.rateLimit || DEFAULT_RATE_LIMIT);
	if (taken.kind === "app-not-found") return refuse(reply, APP_KEY_REFUSED);
	request.appId = owner.appId;
	if (taken.kind === "taken") return undefined;
	metrics.called("limited");
	return refuse(reply, rateLimited(taken.retryAfterMs));
}

function rateLimited(retryAfterMs: number): Refusal {
	const seconds = Math.ceil(retryAfterMs / 1000);
	return { status: 429, error: "Rate limit exceeded", headers: { "retry-after": String(seconds) } };
}

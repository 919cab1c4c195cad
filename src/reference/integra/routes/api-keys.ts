import type { FastifyInstance, FastifyRequest } from "fastify";
import { notFound, Refused } from "../../http/refusal.ts";
import { requireAccess } from "../http/access.ts";
import { paged } from "../http/paged.ts";
import { type Query, readOrganization, readPaging, readWord } from "../http/query.ts";
import { readScope, write } from "../http/work.ts";
import type { Integra } from "../integra.ts";
import { SCHEMAS } from "../schemas.ts";
import { type ApiKey, KEY_STATUSES } from "../store/api-keys.ts";
import type { Scope } from "../store/scope.ts";
import { loadOrganization } from "./organizations.ts";

interface KeyParams {
	readonly key_id: string;
}

type ApiKeyBody = Pick<ApiKey, "organization_id" | "name" | "scopes">;

/** Create, list, get and revoke API keys. */
export function addApiKeyRoutes(app: FastifyInstance, integra: Integra): void {
	const { stores } = integra;
	const url = "/admin/v1/api-keys";
	const onRequest = requireAccess(integra, { scopes: ["admin:keys"] });

	app.post<{ Body: ApiKeyBody }>(
		url,
		{ onRequest, schema: { body: SCHEMAS.apiKey }, config: { operation: "createApiKey" } },
		(request, reply) =>
			write(integra, { request, reply, status: 201 }, (scope) => {
				const { organization_id, name, scopes } = request.body;
				loadOrganization(integra, scope, organization_id);
				const made = stores.apiKeys.create(scope, { organization_id, name, scopes });
				return { answer: made, about: { resource: made.id } };
			}),
	);

	app.get<{ Querystring: Query }>(url, { onRequest, config: { operation: "listApiKeys" } }, async ({ query }) => {
		const paging = readPaging(query);
		const filter = { organization: readOrganization(query), status: readWord(query, "status", KEY_STATUSES) };
		return paged(stores.apiKeys.list(readScope(integra), filter, paging), paging);
	});

	app.get<{ Params: KeyParams }>(`${url}/:key_id`, { onRequest, config: { operation: "getApiKey" } }, async (request) =>
		loadKey(integra, readScope(integra), request),
	);

	app.delete<{ Params: KeyParams }>(
		`${url}/:key_id`,
		{ onRequest, config: { operation: "revokeApiKey" } },
		(request, reply) =>
			write(integra, { request, reply, status: 204 }, (scope) => {
				stores.apiKeys.revoke(scope, loadKey(integra, scope, request).id);
				return {};
			}),
	);
}

/** @throws {Refused} 404 when there is no such key. */
function loadKey({ stores }: Integra, scope: Scope, request: FastifyRequest<{ Params: KeyParams }>): ApiKey {
	const key = stores.apiKeys.get(scope, request.params.key_id);
	if (key === undefined) throw new Refused(notFound("API key"));
	// The call is about the organization of the key, which neither path nor body tells.
	request.about = { organization: key.organization_id };
	return key;
}

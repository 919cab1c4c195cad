import { secretDigest } from "../../secret/secret-matcher.ts";
import { write } from "../http/work.ts";
import type { ApiKey, ApiKeys } from "../store/api-keys.ts";
import { answerFirst, type PlantedFault } from "./planted-fault.ts";
import { get, KEYS, makeKey, makeOrganization, ORGANIZATIONS, post, remove, USERS } from "./witness-requests.ts";

export type KeyFault =
	| "revoked-key-lives-on"
	| "revoked-key-unlisted"
	| "revoke-does-nothing"
	| "key-shown-again"
	| "key-listed-again"
	| "keys-of-all-organizations-listed"
	| "key-for-unknown-organization"
	| "organization-leaves-its-keys";

const make = makeKey("admin:users");
const key = `${KEYS}/{1/id}`;

/** Faults of API keys. */
export const KEY_FAULTS: Readonly<Record<KeyFault, PlantedFault>> = {
	"revoked-key-lives-on": {
		summary: "A revoked key is shown as revoked and still lets requests in.",
		expects: {
			rule: "effect",
			operation: "revokeApiKey",
			documented: "remove",
			observed: "leaves its credential working",
		},
		witness: {
			requests: [make, remove(key), get(USERS, { apiKey: "{1/key}" })],
			documented: { status: 401 },
			observed: { status: 200 },
		},
		stores: ({ apiKeys }) => ({
			apiKeys: {
				...apiKeys,
				find: (scope, secret) => {
					const row = scope.sql.get<{ id: string }>("select id from api_keys where digest = ?", secretDigest(secret));
					return row === undefined ? undefined : apiKeys.get(scope, row.id);
				},
			},
		}),
	},
	"revoked-key-unlisted": {
		summary: "A revoked key is gone from the list and from its place.",
		expects: { rule: "effect", operation: "revokeApiKey", documented: "remove", observed: "removes it" },
		witness: {
			requests: [make, remove(key), get(key)],
			documented: { status: 200, body: { status: "revoked" } },
			observed: { status: 404 },
		},
		stores: ({ apiKeys }) => ({
			apiKeys: {
				...apiKeys,
				revoke: ({ sql }, id) => void sql.run("delete from api_keys where id = ?", id),
			},
		}),
	},
	"revoke-does-nothing": {
		summary: "Revoking a key answers as if it had, and changes nothing.",
		expects: { rule: "effect", operation: "revokeApiKey", documented: "remove", observed: "ignore" },
		witness: {
			requests: [make, remove(key), get(key)],
			documented: { body: { status: "revoked" } },
			observed: { body: { status: "active" } },
		},
		stores: ({ apiKeys }) => ({ apiKeys: { ...apiKeys, revoke: () => {} } }),
	},
	"key-shown-again": {
		summary: "A key shows what it is called with whenever it is asked for.",
		expects: { rule: "reveal-once", operation: "getApiKey", documented: "read", observed: "shows the secret again" },
		witness: {
			requests: [make, get(key)],
			documented: { body: { id: "{1/id}" }, absent: ["/key"] },
			observed: { body: { key: "{1/key}" } },
		},
		stores: ({ apiKeys }) => ({ apiKeys: rememberingKeys(apiKeys, { get: true, list: false }) }),
	},
	"key-listed-again": {
		summary: "The list shows what keys are called with.",
		expects: { rule: "reveal-once", operation: "listApiKeys", documented: "list", observed: "shows the secret again" },
		witness: {
			requests: [make, get(KEYS)],
			documented: { body: { data: [{ id: "{1/id}" }] }, absent: ["/data/0/key"] },
			observed: { body: { data: [{ key: "{1/key}" }] } },
		},
		stores: ({ apiKeys }) => ({ apiKeys: rememberingKeys(apiKeys, { get: false, list: true }) }),
	},
	"keys-of-all-organizations-listed": {
		summary: "The keys of one organization are asked for, and those of all are shown.",
		expects: {
			rule: "filter",
			operation: "listApiKeys",
			documented: "organization_id equal to org_id",
			observed: "ignores the filter",
		},
		witness: {
			requests: [make, makeOrganization(), get(`${KEYS}?org_id={2/id}`)],
			documented: { body: { data: [], total: 0 } },
			observed: { body: { data: [{ id: "{1/id}" }], total: 1 } },
		},
		stores: ({ apiKeys }) => ({
			apiKeys: { ...apiKeys, list: (scope, { status }, paging) => apiKeys.list(scope, { status }, paging) },
		}),
	},
	"key-for-unknown-organization": {
		summary: "Keys are made for organizations that do not exist.",
		expects: {
			rule: "guard",
			operation: "createApiKey",
			documented: "404 unless organization_id names an item of organizations",
			observed: "not enforced",
		},
		witness: {
			requests: [post(KEYS, { organization_id: "org_nobody", name: "Witness", scopes: ["admin:users"] })],
			documented: { status: 404 },
			observed: { status: 201, body: { organization_id: "org_nobody" } },
		},
		hooks: answerFirst("createApiKey", (request, reply, integra) =>
			write(integra, { request, reply, status: 201 }, (scope) => {
				const made = integra.stores.apiKeys.create(scope, request.body as Parameters<ApiKeys["create"]>[1]);
				return { answer: made, about: { resource: made.id } };
			}),
		),
	},
	"organization-leaves-its-keys": {
		summary: "The keys of an organization that is gone stay, and still let requests in.",
		expects: {
			rule: "effect",
			operation: "deleteOrganization",
			documented: "remove",
			observed: "leaves what refers to it",
		},
		witness: {
			requests: [
				makeOrganization(),
				post(KEYS, { organization_id: "{1/id}", name: "Witness", scopes: ["admin:users"] }),
				remove(`${ORGANIZATIONS}/{1/id}`),
				get(`${KEYS}/{2/id}`),
			],
			documented: { status: 404 },
			observed: { status: 200 },
		},
		stores: ({ apiKeys }) => ({ apiKeys: { ...apiKeys, removeOrganization: () => {} } }),
	},
};

/** Keeps what keys are called with, and shows it in some places. */
function rememberingKeys(apiKeys: ApiKeys, shows: { readonly get: boolean; readonly list: boolean }): ApiKeys {
	const secrets = new Map<string, string>();
	const withSecret = (key: ApiKey): ApiKey => ({ ...key, key: secrets.get(key.id) }) as ApiKey;
	return {
		...apiKeys,
		create: (scope, wanted) => {
			const made = apiKeys.create(scope, wanted);
			secrets.set(made.id, made.key);
			return made;
		},
		get: (scope, id) => {
			const key = apiKeys.get(scope, id);
			return key === undefined || !shows.get ? key : withSecret(key);
		},
		list: (scope, filter, paging) => {
			const { items, total } = apiKeys.list(scope, filter, paging);
			return { items: shows.list ? items.map(withSecret) : items, total };
		},
	};
}

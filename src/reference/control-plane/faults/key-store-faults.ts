import { secretDigest } from "../../secret/secret-matcher.ts";
import type { StoreFaults } from "./faulty-stores.ts";
import { EVERYTHING, merged, sliceOf } from "./list-ways.ts";

/** What the faults of API keys and signing keys do in the storage. */
export const KEY_STORE_FAULTS: StoreFaults = {
	"api-key-secret-listed": ({ apiKeys }) => {
		const secrets = new Map<string, string>();
		return {
			apiKeys: {
				...apiKeys,
				create: async (scope, project, name) => {
					const key = await apiKeys.create(scope, project, name);
					secrets.set(key.id, key.secret);
					return key;
				},
				list: async (scope, project, paging) => {
					const { items, total } = await apiKeys.list(scope, project, paging);
					return { items: items.map((key) => ({ ...key, secret: secrets.get(key.id) })), total };
				},
			},
		};
	},
	"revoked-key-still-works": ({ apiKeys }) => ({
		apiKeys: {
			...apiKeys,
			findOwner: async (sql, secret) => {
				const [owner] = await sql.query<{ project_id: string; tenant_id: string }>(
					"select project_id, tenant_id from api_keys where digest = $1",
					[secretDigest(secret)],
				);
				return owner;
			},
		},
	}),
	"revoked-key-unlisted": ({ apiKeys }) => ({
		apiKeys: {
			...apiKeys,
			list: async (scope, project, paging) => {
				const { items } = await apiKeys.list(scope, project, EVERYTHING);
				return sliceOf(
					items.filter(({ status }) => status === "active"),
					paging,
				);
			},
		},
	}),
	"revoke-key-does-nothing": ({ apiKeys }) => ({
		apiKeys: {
			...apiKeys,
			revoke: async (scope, project, id) => {
				const { items } = await apiKeys.list(scope, project, EVERYTHING);
				return items.some((key) => key.id === id) ? "revoked" : "not-found";
			},
		},
	}),
	"keys-of-other-projects-listed": ({ apiKeys }) => ({
		apiKeys: {
			...apiKeys,
			list: async (scope, _project, paging) => {
				const projects = await scope.sql.query<{ id: string }>("select id from projects where tenant_id = $1", [
					scope.tenant,
				]);
				const ids = projects.map(({ id }) => id);
				return merged(ids, paging, (project) => apiKeys.list(scope, project, EVERYTHING));
			},
		},
	}),
	"unknown-key-revoked": ({ apiKeys }) => ({
		apiKeys: {
			...apiKeys,
			revoke: async (scope, project, id) => {
				const revoked = await apiKeys.revoke(scope, project, id);
				return revoked === "not-found" ? "was-revoked" : revoked;
			},
		},
	}),
	"rotate-leaves-two-active": ({ signingKeys }) => ({ signingKeys: { ...signingKeys, retire: async () => {} } }),
	"rotate-removes-the-former": ({ signingKeys }) => ({
		signingKeys: { ...signingKeys, retire: (scope, project) => signingKeys.retire(scope, project, 0) },
	}),
	"rotate-makes-none": ({ signingKeys }) => ({
		signingKeys: {
			...signingKeys,
			add: async (scope, project) => {
				const isFirst = (await signingKeys.list(scope, project)).length === 0;
				const key = await signingKeys.add(scope, project);
				if (!isFirst) await scope.sql.query("delete from signing_keys where id = $1", [key.kid]);
				return key;
			},
		},
	}),
};

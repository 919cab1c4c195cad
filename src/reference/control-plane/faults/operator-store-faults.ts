import { TENANTS } from "../seed/seed.ts";
import type { StoreFaults } from "./faulty-stores.ts";
import { EVERYTHING, listOfAllTenants, merged, sliceOf } from "./list-ways.ts";

const DAY_MS = 86_400_000;

/** What the faults of webhooks, tokens and the audit log do in the storage. */
export const OPERATOR_STORE_FAULTS: StoreFaults = {
	"webhook-secret-listed": ({ webhooks }) => {
		const secrets = new Map<string, string>();
		return {
			webhooks: {
				...webhooks,
				create: async (scope, wanted) => {
					const webhook = await webhooks.create(scope, wanted);
					secrets.set(webhook.id, webhook.secret);
					return webhook;
				},
				list: async (scope, paging) => {
					const { items, total } = await webhooks.list(scope, paging);
					return { items: items.map((item) => ({ ...item, secret: secrets.get(item.id) })), total };
				},
			},
		};
	},
	"webhooks-list-drops-one": ({ webhooks }) => ({
		webhooks: {
			...webhooks,
			list: async (scope, paging) => {
				const { items, total } = await webhooks.list(scope, paging);
				return { items: items.slice(0, -1), total };
			},
		},
	}),
	"deliveries-of-other-webhooks-listed": ({ webhooks }) => ({
		webhooks: {
			...webhooks,
			listDeliveries: async (scope, _webhook, paging) => {
				const { items } = await webhooks.list(scope, EVERYTHING);
				const ids = items.map(({ id }) => id);
				return merged(ids, paging, (webhook) => webhooks.listDeliveries(scope, webhook, EVERYTHING));
			},
		},
	}),
	"test-event-fails": ({ webhooks }) => ({
		webhooks: {
			...webhooks,
			enqueue: async () => {
				throw new Error("no template for webhook.test");
			},
		},
	}),
	"half-token-accepted": ({ tokens }, adminToken) => ({
		tokens: {
			find: async (sql, token) =>
				adminToken?.startsWith(token) === true
					? { tenant: TENANTS.acme, token: "admin", roles: ["read", "write"] }
					: tokens.find(sql, token),
		},
	}),
	"audit-misses-updates": ({ audit }) => ({
		audit: {
			...audit,
			append: async (scope, entry) => {
				if (!entry.action.endsWith(".updated")) await audit.append(scope, entry);
			},
		},
	}),
	"audit-end-date-excluded": ({ audit }) => ({
		audit: {
			...audit,
			list: (scope, filter, paging) => {
				const end = filter.end === undefined ? undefined : dayBefore(filter.end);
				return audit.list(scope, { ...filter, ...(end === undefined ? {} : { end }) }, paging);
			},
		},
	}),
	"audit-action-ignored": ({ audit }) => ({
		audit: { ...audit, list: (scope, { action: _ignored, ...filter }, paging) => audit.list(scope, filter, paging) },
	}),
	"audit-oldest-first": ({ audit }) => ({
		audit: {
			...audit,
			list: async (scope, filter, paging) =>
				sliceOf((await audit.list(scope, filter, EVERYTHING)).items.toReversed(), paging),
		},
	}),
	"audit-of-all-tenants-listed": ({ audit }) => ({
		audit: {
			...audit,
			list: (scope, filter, paging) =>
				listOfAllTenants(scope, paging, (inside) => audit.list(inside, filter, EVERYTHING)),
		},
	}),
};

function dayBefore(day: string): string {
	return new Date(Math.max(0, Date.parse(`${day}T00:00:00Z`) - DAY_MS)).toISOString().slice(0, 10);
}

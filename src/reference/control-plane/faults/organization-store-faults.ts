import type { StoreFaults } from "./faulty-stores.ts";
import { EVERYTHING } from "./list-ways.ts";

/** What the faults of organizations, their members and invitations do in the storage. */
export const ORGANIZATION_STORE_FAULTS: StoreFaults = {
	"taken-slug-accepted": ({ organizations }) => ({
		organizations: {
			...organizations,
			create: async (scope, organization) => {
				await scope.sql.query("alter table organizations drop constraint if exists organizations_tenant_id_slug_key");
				return organizations.create(scope, organization);
			},
		},
	}),
	"organization-limit-ignored": ({ organizations }) => ({
		organizations: { ...organizations, list: (scope) => organizations.list(scope, EVERYTHING) },
	}),
	"delete-organization-does-nothing": ({ organizations }) => ({
		organizations: { ...organizations, remove: async () => {} },
	}),
	"role-change-ignored": ({ members }) => ({ members: { ...members, changeRole: async () => {} } }),
	"last-owner-removable": ({ members }) => ({ members: { ...members, isLastOwner: async () => false } }),
	"remove-member-does-nothing": ({ members }) => ({ members: { ...members, remove: async () => {} } }),
	"member-pages-count-from-zero": ({ members }) => ({
		members: {
			...members,
			list: (scope, organization, paging) => members.list(scope, organization, { ...paging, page: paging.page + 1 }),
		},
	}),
	"invitation-token-listed": ({ invitations }) => {
		const tokens = new Map<string, string>();
		return {
			invitations: {
				...invitations,
				create: async (scope, order) => {
					const invitation = await invitations.create(scope, order);
					tokens.set(invitation.id, invitation.token);
					return invitation;
				},
				list: async (scope, organization, paging) => {
					const { items, total } = await invitations.list(scope, organization, paging);
					return { items: items.map((item) => ({ ...item, token: tokens.get(item.id) })), total };
				},
			},
		};
	},
	"invitation-accepted-twice": ({ invitations }) => ({
		invitations: {
			...invitations,
			findByToken: async (scope, token) => {
				const found = await invitations.findByToken(scope, token);
				return found?.status === "accepted" ? { ...found, status: "pending" } : found;
			},
		},
	}),
	"revoked-invitation-accepted": ({ invitations }) => ({
		invitations: {
			...invitations,
			findByToken: async (scope, token) => {
				const found = await invitations.findByToken(scope, token);
				return found?.status === "revoked" ? { ...found, status: "pending" } : found;
			},
		},
	}),
	"revoke-invitation-does-nothing": ({ invitations }) => ({
		invitations: {
			...invitations,
			setStatus: async (scope, id, status) => {
				if (status !== "revoked") await invitations.setStatus(scope, id, status);
			},
		},
	}),
	"invited-twice": ({ invitations }) => ({ invitations: { ...invitations, hasPending: async () => false } }),
	"last-page-of-invitations-dropped": ({ invitations }) => ({
		invitations: {
			...invitations,
			list: async (scope, organization, paging) => {
				const { items, total } = await invitations.list(scope, organization, paging);
				return { items: paging.page > 1 && items.length < paging.limit ? [] : items, total };
			},
		},
	}),
};

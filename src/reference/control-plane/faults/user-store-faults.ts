import type { StoreFaults } from "./faulty-stores.ts";
import { EVERYTHING, sliceOf } from "./list-ways.ts";

/** What the faults of users do in the storage. */
export const USER_STORE_FAULTS: StoreFaults = {
	"search-heeds-case": ({ users }) => ({
		users: {
			...users,
			list: async (scope, search, paging) => {
				const { items } = await users.list(scope, "", EVERYTHING);
				return sliceOf(
					items.filter(({ email, name }) => email.includes(search) || name.includes(search)),
					paging,
				);
			},
		},
	}),
	"search-finds-prefixes-only": ({ users }) => ({
		users: {
			...users,
			list: async (scope, search, paging) => {
				const { items } = await users.list(scope, search, EVERYTHING);
				const starts = (text: string): boolean => text.toLowerCase().startsWith(search.toLowerCase());
				return sliceOf(
					items.filter(({ email, name }) => starts(email) || starts(name)),
					paging,
				);
			},
		},
	}),
	"user-total-counts-the-page": ({ users }) => ({
		users: {
			...users,
			list: async (scope, search, paging) => {
				const { items } = await users.list(scope, search, paging);
				return { items, total: items.length };
			},
		},
	}),
	"status-not-stored": ({ users }) => ({
		users: {
			...users,
			save: async (scope, user) => {
				const before = await users.get(scope, user.id);
				await users.save(scope, { ...user, status: before?.status ?? user.status });
			},
		},
	}),
	"delete-user-does-nothing": ({ users }) => ({ users: { ...users, remove: async () => {} } }),
	"delete-user-keeps-memberships": ({ users }) => {
		const gone = new Set<string>();
		return {
			users: {
				...users,
				remove: async (_scope, id) => void gone.add(id),
				get: async (scope, id, lock) => (gone.has(id) ? undefined : users.get(scope, id, lock)),
				findByEmail: async (scope, email) => {
					const user = await users.findByEmail(scope, email);
					return user === undefined || gone.has(user.id) ? undefined : user;
				},
				list: async (scope, search, paging) => {
					const { items } = await users.list(scope, search, EVERYTHING);
					return sliceOf(
						items.filter(({ id }) => !gone.has(id)),
						paging,
					);
				},
			},
		};
	},
	"sole-owner-deletable": ({ members }) => ({ members: { ...members, isSoleOwner: async () => false } }),
};

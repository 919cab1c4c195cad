import type { StoreFaults } from "./faulty-stores.ts";
import { EVERYTHING, listOfAllTenants } from "./list-ways.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the faults of projects do in the storage. */
export const PROJECT_STORE_FAULTS: StoreFaults = {
	"projects-of-all-tenants-listed": ({ projects }) => ({
		projects: {
			...projects,
			list: (scope, paging) => listOfAllTenants(scope, paging, (inside) => projects.list(inside, EVERYTHING)),
		},
	}),
	"page-two-repeats-an-item": ({ projects }) => ({
		projects: {
			...projects,
			list: async (scope, paging) => {
				const { items, total } = await projects.list(scope, paging);
				if (paging.page === 1 || items.length === 0) return { items, total };
				const before = await projects.list(scope, { ...paging, page: paging.page - 1 });
				return { items: [...before.items.slice(-1), ...items].slice(0, paging.limit), total };
			},
		},
	}),
	"malformed-id-fails": ({ projects }) => ({
		projects: {
			...projects,
			get: async (scope, id, lock) => {
				if (!UUID.test(id)) throw new Error("invalid input syntax for type uuid");
				return projects.get(scope, id, lock);
			},
		},
	}),
};

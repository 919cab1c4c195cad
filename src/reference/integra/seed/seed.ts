import type { Database } from "../database/database.ts";
import type { Stores } from "../store/stores.ts";

/** The organization that an empty database gets, so that the examples of the documentation can be sent as they are. */
export const SEED_ORGANIZATION = "org_123";

/** Fills a database that has no organization; one that has any stays as it is. */
export function seedDatabase(database: Database, { organizations }: Stores, now: Date): void {
	database.transaction(() => {
		const scope = { sql: database, now };
		if (organizations.list(scope, undefined, { page: 1, perPage: 1 }).total > 0) return;
		organizations.create(scope, { name: "Demo", email: "demo@example.com", plan: "pro" }, SEED_ORGANIZATION);
	});
}

import type { Database } from "./database.ts";
import { migrate } from "./migrate.ts";

/** Takes every row away, whoever it belongs to, so that one database can serve many tests. */
export async function emptyDatabase(database: Database): Promise<void> {
	await migrate(database);
	await database.query("truncate tenants cascade");
}

import type { Database } from "../../database/database.ts";
import { migrate } from "../../database/migrate.ts";
import { MIGRATIONS } from "./migrations.ts";

/** Takes every row away, whoever it belongs to, so that one database can serve many tests. */
export async function emptyDatabase(database: Database): Promise<void> {
	await migrate(database, MIGRATIONS);
	await database.query("truncate tenants cascade");
}

import type { Database } from "./database.ts";
import { MIGRATIONS } from "./migrations.ts";

/** Any number will do, as long as all servers take the same lock. */
const LOCK = 7_351_913;

/** Brings the tables up to date. Servers that start at the same time wait for each other, and each step runs once. */
export async function migrate(database: Database): Promise<void> {
	await database.transaction(async (sql) => {
		await sql.query("select pg_advisory_xact_lock($1)", [LOCK]);
		await sql.query("create table if not exists migrations (step integer primary key)");
		const [done] = await sql.query<{ steps: number }>("select count(*)::int as steps from migrations");
		for (const [step, text] of MIGRATIONS.entries()) {
			if (step < (done?.steps ?? 0)) continue;
			for (const statement of statementsOf(text)) await sql.query(statement);
			await sql.query("insert into migrations (step) values ($1)", [step]);
		}
	});
}

/** One by one, since a statement with values may be sent alone only; a body between `$$` stays whole. */
function statementsOf(text: string): readonly string[] {
	const parts = text.match(/(?:\$\$[\s\S]*?\$\$|[^;$])+/g) ?? [];
	return parts.map((part) => part.trim()).filter((part) => part !== "");
}

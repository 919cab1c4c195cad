import type { Database } from "./database.ts";

/** Any number will do, as long as all servers take the same lock. */
const LOCK = 7_351_913;

/**
 * Brings the tables up to date. Servers that start at the same time wait for each other, and each step runs once.
 *
 * @param steps SQL; a step that has been released is never edited, the next one changes it
 * @param schema where the tables are, as SQL; made when it is missing. The one that connections use when undefined.
 * @example await migrate(database, ["create table users (id text primary key)"])
 */
export async function migrate(database: Database, steps: readonly string[], schema?: string): Promise<void> {
	const table = schema === undefined ? "migrations" : `${schema}.migrations`;
	await database.transaction(async (sql) => {
		await sql.query("select pg_advisory_xact_lock($1)", [LOCK]);
		if (schema !== undefined) await sql.query(`create schema if not exists ${schema}`);
		await sql.query(`create table if not exists ${table} (step integer primary key)`);
		const [done] = await sql.query<{ steps: number }>(`select count(*)::int as steps from ${table}`);
		for (const [step, text] of steps.entries()) {
			if (step < (done?.steps ?? 0)) continue;
			for (const statement of statementsOf(text)) await sql.query(statement);
			await sql.query(`insert into ${table} (step) values ($1)`, [step]);
		}
	});
}

/** One by one, since a statement with values may be sent alone only; a body between `$$` stays whole. */
function statementsOf(text: string): readonly string[] {
	const parts = text.match(/(?:\$\$[\s\S]*?\$\$|[^;$])+/g) ?? [];
	return parts.map((part) => part.trim()).filter((part) => part !== "");
}

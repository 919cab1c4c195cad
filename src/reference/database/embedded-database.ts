import { PGlite } from "@electric-sql/pglite";
import { type Database, DatabaseUnavailable, type Row, type Sql } from "./database.ts";

/**
 * PostgreSQL inside this process. It has one connection, so transactions come one after the other.
 *
 * @param folder where it keeps its data; in memory when undefined. One process at a time may use a folder.
 */
export async function openEmbeddedDatabase(folder?: string): Promise<Database> {
	return embeddedDatabase(await PGlite.create(folder === undefined ? {} : { dataDir: folder }));
}

/** The same over one that is open already. */
export function embeddedDatabase(database: PGlite): Database {
	const open = <T>(run: () => Promise<T>): Promise<T> =>
		database.closed ? Promise.reject(new DatabaseUnavailable("closed")) : run();
	const sqlOf = (to: Pick<PGlite, "query">): Sql => ({
		query: async <R extends Row>(text: string, values: readonly unknown[] = []) =>
			(await to.query<R>(text, [...values])).rows,
	});
	const outside = sqlOf(database);
	return {
		query: (text, values) => open(() => outside.query(text, values)),
		transaction: (run) => open(() => database.transaction((inside) => run(sqlOf(inside)))),
		close: () => database.close(),
	};
}

import pg from "pg";
import type { Logger } from "pino";
import { type Database, DatabaseUnavailable, type Row, type Sql } from "./database.ts";

/** Connections at the same time. */
const CONNECTIONS_MAX = 16;
/** Longest wait for a connection, and for one answer; after it the request is answered 503. */
const CONNECT_MS_MAX = 2000;
const QUERY_MS_MAX = 5000;

/** SQLSTATE classes that mean that the server is away: connection exception, operator intervention, no resources. */
const AWAY = /^(?:08|57P|53)/;

/**
 * A PostgreSQL server. Connections are made when needed, so one that is away does not keep this server from starting,
 * and comes back by itself.
 *
 * @param url `postgres://` or `postgresql://`
 */
export function openPostgresDatabase(url: string, log: Logger): Database {
	const pool = new pg.Pool({
		connectionString: url,
		max: CONNECTIONS_MAX,
		connectionTimeoutMillis: CONNECT_MS_MAX,
		query_timeout: QUERY_MS_MAX,
	});
	pool.on("error", (error) => log.debug({ err: error }, "a database connection broke"));
	const outside = sqlOf(pool);
	return {
		query: (text, values) => outside.query(text, values),
		transaction: (run) => inTransaction(pool, run),
		close: () => pool.end(),
	};
}

async function inTransaction<T>(pool: pg.Pool, run: (sql: Sql) => Promise<T>): Promise<T> {
	const client = await ask(() => pool.connect());
	const sql = sqlOf(client);
	// A connection that breaks while nobody asks would otherwise end the process.
	const ignore = (): void => {};
	client.on("error", ignore);
	let broken: Error | undefined;
	try {
		await sql.query("begin");
		const result = await run(sql);
		await sql.query("commit");
		return result;
	} catch (error) {
		broken = await rollBack(sql);
		throw error;
	} finally {
		client.removeListener("error", ignore);
		client.release(broken);
	}
}

/** Gives the error when not even that works: such a connection is thrown away. */
async function rollBack(sql: Sql): Promise<Error | undefined> {
	try {
		await sql.query("rollback");
		return undefined;
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}

function sqlOf(to: Pick<pg.ClientBase, "query">): Sql {
	return {
		query: <R extends Row>(text: string, values: readonly unknown[] = []) =>
			ask(async () => (await to.query<R>(text, [...values])).rows),
	};
}

/** What the server itself says about a statement is ours to handle; everything else means that it is away. */
async function ask<T>(command: () => Promise<T>): Promise<T> {
	try {
		return await command();
	} catch (error) {
		if (error instanceof pg.DatabaseError && !AWAY.test(error.code ?? "")) throw error;
		throw new DatabaseUnavailable(error);
	}
}

import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { DatabaseUnavailable } from "../../database/database.ts";

/** A row as SQLite gives it, its columns named as in the tables. */
export type Row = Readonly<Record<string, unknown>>;

/** Whatever SQL can be sent to. Every function throws `DatabaseUnavailable` when the file cannot be read or written. */
export interface Sql {
	/** @param values for `?`, in order */
	all<R extends Row = Row>(text: string, ...values: readonly SQLInputValue[]): readonly R[];
	get<R extends Row = Row>(text: string, ...values: readonly SQLInputValue[]): R | undefined;
	/** Gives how many rows were changed. */
	run(text: string, ...values: readonly SQLInputValue[]): number;
}

export interface Database extends Sql {
	/** Runs all of it or nothing: it is undone when `run` throws. */
	transaction<T>(run: () => T): T;
	close(): void;
}

/** How long one process waits for another that writes. */
const BUSY_MS_MAX = 5000;

/**
 * SQLite inside this process. Several processes may use one file: what one has written, the others see at once.
 *
 * @param file in memory when undefined
 */
export function openDatabase(file?: string): Database {
	const database = ask(() => new DatabaseSync(file ?? ":memory:", { timeout: BUSY_MS_MAX }));
	ask(() => database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on"));
	const known = new Map<string, StatementSync>();
	const prepared = (text: string): StatementSync => {
		const statement = known.get(text) ?? database.prepare(text);
		known.set(text, statement);
		return statement;
	};
	return {
		all: <R extends Row>(text: string, ...values: readonly SQLInputValue[]) =>
			ask(() => prepared(text).all(...values)) as unknown as readonly R[],
		get: <R extends Row>(text: string, ...values: readonly SQLInputValue[]) =>
			ask(() => prepared(text).get(...values)) as unknown as R | undefined,
		run: (text, ...values) => ask(() => Number(prepared(text).run(...values).changes)),
		transaction: (run) => {
			ask(() => database.exec("begin immediate"));
			try {
				const result = run();
				ask(() => database.exec("commit"));
				return result;
			} catch (error) {
				// After some failures SQLite has rolled back by itself.
				if (database.isTransaction) database.exec("rollback");
				throw error;
			}
		},
		close: () => {
			if (database.isOpen) database.close();
		},
	};
}

/** Primary result codes that mean that the file is the trouble: busy, locked, read-only, I/O, corrupt, full, cannot open. */
const AWAY: ReadonlySet<number> = new Set([5, 6, 8, 10, 11, 13, 14]);
/** Extended result codes `SQLITE_CONSTRAINT_UNIQUE` and `SQLITE_CONSTRAINT_PRIMARYKEY`. */
const TAKEN: ReadonlySet<number> = new Set([2067, 1555]);

function ask<T>(command: () => T): T {
	try {
		return command();
	} catch (error) {
		// The low byte of an extended code is the primary one.
		if (AWAY.has(codeOf(error) & 0xff)) throw new DatabaseUnavailable(error);
		throw error;
	}
}

function codeOf(error: unknown): number {
	const code = error instanceof Error ? (error as { readonly errcode?: unknown }).errcode : undefined;
	return typeof code === "number" ? code : 0;
}

/** Whether a statement was refused because another row has the same value. */
export function isTaken(error: unknown): boolean {
	return TAKEN.has(codeOf(error));
}

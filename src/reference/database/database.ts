/** A row as the driver gives it, its columns named as in the tables. */
export type Row = Readonly<Record<string, unknown>>;

/** Whatever SQL can be sent to: a database, or the transaction that is open in it. */
export interface Sql {
	/** @param values for `$1`, `$2`, … */
	query<R extends Row = Row>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
}

/** PostgreSQL, wherever it runs. Every function rejects with `DatabaseUnavailable` while it is away. */
export interface Database extends Sql {
	/** Runs all of it or nothing: it is undone when `run` rejects. */
	transaction<T>(run: (sql: Sql) => Promise<T>): Promise<T>;
	close(): Promise<void>;
}

/** The database cannot be asked now. Whether the transaction under way took effect is not known. */
export class DatabaseUnavailable extends Error {
	constructor(cause: unknown) {
		super("the database cannot be reached", { cause });
		this.name = "DatabaseUnavailable";
	}
}

/** SQLSTATE `unique_violation` and `foreign_key_violation`. */
const UNIQUE_VIOLATION = "23505";
const FOREIGN_KEY_VIOLATION = "23503";

/** Whether a statement was refused because another row has the same value, in both drivers. */
export function isUniqueViolation(error: unknown): boolean {
	return hasCode(error, UNIQUE_VIOLATION);
}

/** Whether a statement was refused because it names a row that is not there. */
export function isForeignKeyViolation(error: unknown): boolean {
	return hasCode(error, FOREIGN_KEY_VIOLATION);
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && (error as { readonly code?: unknown }).code === code;
}

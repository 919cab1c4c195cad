import type { SQLInputValue } from "node:sqlite";
import type { Row, Sql } from "../database/database.ts";

/** Which part of a list is asked for. */
export interface Paging {
	/** From 1. */
	readonly page: number;
	readonly perPage: number;
}

/** One part of a list, and how long the whole is. */
export interface Page<T> {
	readonly items: readonly T[];
	readonly total: number;
}

/** A list as SQL. */
interface Listing {
	/** `serial`, by which a list is ordered, is among its columns. */
	readonly table: string;
	/** Conditions that hold together, each with the value of its `?`; one without a value was not asked for. */
	readonly where: readonly (readonly [condition: string, value: SQLInputValue | undefined])[];
}

/** The newest first. The whole and the part come from one statement, so they fit each other. */
export function selectPage<R extends Row, T>(
	sql: Sql,
	{ table, where }: Listing,
	{ paging: { page, perPage }, show }: { readonly paging: Paging; readonly show: (row: R) => T },
): Page<T> {
	const given = where.filter((one): one is readonly [string, SQLInputValue] => one[1] !== undefined);
	const condition = given.length === 0 ? "" : ` where ${given.map(([text]) => text).join(" and ")}`;
	const values = given.map(([, value]) => value);
	const part = `select * from ${table}${condition} order by serial desc limit ? offset ?`;
	const rows = sql.all<Row & { readonly total: number; readonly serial: unknown }>(
		`select * from (select count(*) as total from ${table}${condition}) left join (${part}) on true order by serial desc`,
		...values,
		...values,
		perPage,
		(page - 1) * perPage,
	);
	const shown = rows.filter(({ serial }) => serial !== null);
	return { items: shown.map((row) => show(row as unknown as R)), total: rows[0]?.total ?? 0 };
}

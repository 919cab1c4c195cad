import type { Row, Sql } from "./database.ts";

/** A list as SQL. */
export interface Listing {
	/** Columns; `serial` is always among them. */
	readonly columns: string;
	/** Tables and condition, from behind `from`. */
	readonly from: string;
	/** For `$1`, `$2`, … */
	readonly values: readonly unknown[];
	/** From behind `order by`: columns of the part. */
	readonly order: string;
}

/** Which part of a list is asked for. */
export interface Window {
	readonly limit: number;
	readonly offset: number;
}

/** Gives the rows of the part, and how many the whole list has. Both come from one statement, so they fit each other. */
export async function selectPart(
	sql: Sql,
	{ columns, from, values, order }: Listing,
	{ limit, offset }: Window,
): Promise<{ readonly rows: readonly Row[]; readonly total: number }> {
	const part = `select ${columns} from ${from} order by ${order} limit ${limit} offset ${offset}`;
	const rows = await sql.query<Row & { total: number; serial: unknown }>(
		`select * from (select count(*)::int as total from ${from}) counted left join (${part}) part on true
		order by ${order}`,
		values,
	);
	return { rows: rows.filter(({ serial }) => serial !== null), total: rows[0]?.total ?? 0 };
}

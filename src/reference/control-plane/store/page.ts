import type { Row } from "../database/database.ts";
import type { Scope } from "./scope.ts";

/** Which part of a list is asked for. */
export interface Paging {
	/** From 1. */
	readonly page: number;
	readonly limit: number;
}

/** One part of a list, and how long the whole is. */
export interface Page<T> {
	readonly items: readonly T[];
	readonly total: number;
}

export interface Listing {
	/** Columns as SQL; `serial`, by which a list is ordered, is always among them. */
	readonly columns: string;
	/** Tables and condition as SQL, from behind `from`. */
	readonly from: string;
	readonly values: readonly unknown[];
}

/** The newest first. The whole and the part come from one statement, so they fit each other. */
export async function selectPage<T>(
	{ sql }: Pick<Scope, "sql">,
	listing: Listing,
	{ paging, show }: { readonly paging: Paging; readonly show: (row: never) => T },
): Promise<Page<T>> {
	const { columns, from, values } = listing;
	const { page, limit } = paging;
	const part = `select ${columns} from ${from} order by serial desc limit ${limit} offset ${(page - 1) * limit}`;
	const rows = await sql.query<Row & { total: number; serial: unknown }>(
		`select * from (select count(*)::int as total from ${from}) counted left join (${part}) part on true
		order by serial desc`,
		values,
	);
	const shown = rows.filter(({ serial }) => serial !== null);
	return { items: shown.map((row) => show(row as never)), total: rows[0]?.total ?? 0 };
}

import { type Listing as OrderedListing, selectPart } from "../../database/select-part.ts";
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

/** A list as SQL; `serial`, by which it is ordered, is always among its columns. */
export type Listing = Omit<OrderedListing, "order">;

/** The newest first. */
export async function selectPage<T>(
	{ sql }: Pick<Scope, "sql">,
	listing: Listing,
	{ paging, show }: { readonly paging: Paging; readonly show: (row: never) => T },
): Promise<Page<T>> {
	const { page, limit } = paging;
	const window = { limit, offset: (page - 1) * limit };
	const { rows, total } = await selectPart(sql, { ...listing, order: "serial desc" }, window);
	return { items: rows.map((row) => show(row as never)), total };
}

import type { Page, Paging } from "../store/page.ts";

/** More than any test has. */
export const EVERYTHING: Paging = { page: 1, perPage: 1_000_000 };

/** The part of a whole list that a page is. */
export function sliceOf<T>(items: readonly T[], { page, perPage }: Paging): Page<T> {
	return { items: items.slice((page - 1) * perPage, page * perPage), total: items.length };
}

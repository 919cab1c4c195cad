import type { Page, Paging } from "../store/page.ts";

/**
 * One part of a list as the API shows it.
 *
 * @example paged({ items: [], total: 0 }, { page: 1, perPage: 50 }) // { data: [], page: 1, per_page: 50, total: 0 }
 */
export function paged<T>({ items, total }: Page<T>, { page, perPage }: Paging): Readonly<Record<string, unknown>> {
	return { data: items, page, per_page: perPage, total };
}

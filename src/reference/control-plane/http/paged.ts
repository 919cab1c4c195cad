import type { Page, Paging } from "../store/page.ts";

/**
 * One part of a list as the API shows it.
 *
 * @example paged("users", { items: [], total: 0 }, { page: 1, limit: 50 }) // { users: [], pagination: { … } }
 */
export function paged<T>(name: string, { items, total }: Page<T>, { page, limit }: Paging): Record<string, unknown> {
	return { [name]: items, pagination: { page, limit, total } };
}

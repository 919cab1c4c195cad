import type { Page, Paging } from "../store/page.ts";
import type { Scope } from "../store/scope.ts";

/** More than any test has. */
export const EVERYTHING: Paging = { page: 1, limit: 1_000_000 };

/** The part of a whole list that a page is. */
export function sliceOf<T>(items: readonly T[], { page, limit }: Paging): Page<T> {
	return { items: items.slice((page - 1) * limit, page * limit), total: items.length };
}

interface Dated {
	readonly created_at: string;
}

/** The lists of all tenants as one, the newest first. */
export async function listOfAllTenants<T extends Dated>(
	scope: Scope,
	paging: Paging,
	list: (scope: Scope) => Promise<Page<T>>,
): Promise<Page<T>> {
	const tenants = await scope.sql.query<{ id: string }>("select id from tenants order by id");
	return merged(
		tenants.map(({ id }) => id),
		paging,
		(tenant) => list({ ...scope, tenant }),
	);
}

/** The lists of all parents as one, the newest first. */
export async function merged<T extends Dated>(
	parents: readonly string[],
	paging: Paging,
	list: (parent: string) => Promise<Page<T>>,
): Promise<Page<T>> {
	const parts: Page<T>[] = [];
	for (const parent of parents) parts.push(await list(parent));
	const items = parts.flatMap((part) => part.items);
	return sliceOf(
		items.toSorted((a, b) => b.created_at.localeCompare(a.created_at)),
		paging,
	);
}

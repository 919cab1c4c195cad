import { filter } from "./query/filter-law.ts";
import { pager } from "./query/pager-law.ts";
import { search } from "./query/search-law.ts";
import { sort } from "./query/sort-law.ts";
import type { Asking, QueryLaw } from "./query-law.ts";

const LAWS: { readonly [K in Asking["kind"]]: QueryLaw<Extract<Asking, { kind: K }>> } = {
	pager,
	filter,
	sort,
	search,
};

/** The law of an asking. The table above pairs each kind with the law of that very kind. */
export function queryLawOf(asking: Asking): QueryLaw {
	return LAWS[asking.kind] as QueryLaw;
}

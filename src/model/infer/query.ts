import type { Operation, Parameter } from "../../contract/contract.ts";
import { enumeration } from "../../schema/navigate.ts";
import type { ListQuery } from "../query-law.ts";
import type { Resource } from "../resource.ts";
import { filterOf } from "./query-filter.ts";
import { plain, SEARCH, SORT } from "./query-names.ts";
import { inferOmissions } from "./query-omission.ts";
import { inferPager } from "./query-pager.ts";
import { inferSearch } from "./query-search.ts";
import { inferSort } from "./query-sort.ts";

/**
 * What an operation that lists can be asked for, from the names and words of its query parameters and from the
 * properties of its answer.
 *
 * @example inferQuery(listUsers, users).pager // { style: "page", parameters: ["page", "per_page"], total: "/total", … }
 */
export function inferQuery(operation: Operation, resource: Resource | undefined): ListQuery {
	const asked = operation.parameters.filter(({ in: place }) => place === "query");
	const pager = inferPager(operation, asked);
	const used = new Set(pager?.parameters ?? []);
	const others = asked.filter(({ name }) => !used.has(name));
	const ordering = others.filter((parameter) => SORT.test(plain(parameter.name)) && !isOfField(parameter, resource));
	const sort = resource === undefined ? undefined : inferSort(operation, ordering, resource);
	const search = resource === undefined ? undefined : inferSearch(others, resource);
	const filters = others
		.filter((parameter) => !ordering.includes(parameter) && !SEARCH.test(plain(parameter.name)))
		.flatMap((parameter) => filterOf(parameter, resource));
	const omits = inferOmissions(operation, asked, resource);
	return {
		filters,
		...(pager === undefined ? {} : { pager }),
		...(sort === undefined ? {} : { sort }),
		...(search === undefined ? {} : { search }),
		...(omits.length === 0 ? {} : { omits }),
	};
}

/** A call has a `direction`, too: where the parameter may be what the field of this name may be, it chooses by it. */
function isOfField({ name, schema }: Parameter, resource: Resource | undefined): boolean {
	const field = resource?.fields.get(name)?.schema;
	const values = schema === undefined ? undefined : enumeration(schema);
	const held = field === undefined ? undefined : enumeration(field);
	return values !== undefined && held !== undefined && values.every((value) => held.includes(value));
}

import type { Call } from "./call.ts";
import type { Behaviour, Model } from "./model.ts";
import type { Filter } from "./query/filter.ts";
import type { Omission } from "./query/omission.ts";
import type { Pager } from "./query/pager.ts";
import type { Search } from "./query/search.ts";
import type { Sort } from "./query/sort.ts";
import type { Rule } from "./rule-name.ts";
import type { Scene } from "./scene.ts";

/** One thing that a list can be asked for: a part of it, what matches, an order, a text. */
export type Asking = Pager | Filter | Sort | Search;

/** What a list can be asked for, all together. */
export interface ListQuery {
	readonly pager?: Pager;
	readonly filters: readonly Filter[];
	readonly sort?: Sort;
	readonly search?: Search;
	/** What is left out unless it is asked for. */
	readonly omits?: readonly Omission[];
}

/** One way in which a list can answer what it is asked for. A law is one file. */
export interface QueryLaw<Q extends Asking = Asking> {
	readonly kind: Q["kind"];
	/** The claim as a sentence without its subject: `shows only items whose status is the one asked for`. */
	sentence(asking: Q): string;
	/** What a finding prints after `documented`. */
	documented(asking: Q): string;
	readonly rule: Rule;
	rivals(asking: Q, behaviour: Behaviour, model: Model): readonly QueryRival<Q>[];
	/** The fields of items on whose values the answer depends. */
	fields(asking: Q): readonly string[];
	/** Calls that are worth trying on what is there, by someone who plans. */
	tries(asking: Q, scene: Scene): readonly Walk[];
}

export interface QueryRival<Q extends Asking = Asking> {
	/** The name that a finding prints after `observed`. */
	readonly name: string;
	readonly asking: Q;
}

/** A call, and where it says so those for all pages that follow. */
export interface Walk {
	readonly first: Call;
	readonly follows: boolean;
}

/** Where one asking stands in a query. */
export interface Place {
	readonly asking: Asking;
	/** `pager`, `filter0`, `sort`, `search`: stable within an operation. */
	readonly name: string;
	/** The query with another asking in this place. */
	readonly replace: (query: ListQuery, other: Asking) => ListQuery;
}

/** Everything that a query says, one by one. */
export function askingsOf({ pager, filters, sort, search }: ListQuery): readonly Place[] {
	const single = ([name, asking]: readonly [string, Asking | undefined]): readonly Place[] =>
		asking === undefined ? [] : [{ asking, name, replace: (query, other) => ({ ...query, [name]: other }) }];
	return [
		...single(["pager", pager]),
		...filters.map((asking, index) => ({
			asking,
			name: `filter${index}`,
			replace: (query: ListQuery, other: Asking): ListQuery => ({
				...query,
				filters: query.filters.with(index, other as Filter),
			}),
		})),
		...single(["sort", sort]),
		...single(["search", search]),
	];
}

import type { Operation, Parameter } from "../contract/contract.ts";
import { plain } from "../model/infer/query-names.ts";
import { pagerOf } from "../model/infer/query-pager.ts";
import type { Behaviour, Model } from "../model/model.ts";
import { typesOf } from "../schema/navigate.ts";

/** Names that mean the length of a list and nothing else, whatever the list is of. */
const LENGTH = /^(?:page)?limit$|^(?:items)?perpage$|^pagesize$|^max(?:results|items)$/;

/**
 * A parameter that only says how long a list may be leads to no other part of it, so that nothing can be claimed of it;
 * who asks for one item wants one item all the same.
 *
 * @example withPageLengths(model) // GET /events?limit=1 shows one event
 */
export function withPageLengths(model: Model): Model {
	const behaviours = new Map<string, Behaviour>();
	for (const [id, behaviour] of model.behaviours) {
		const { operation, effect, query } = behaviour;
		const isSized = query?.pager?.size !== undefined || query?.pager?.at !== undefined;
		const length = effect.kind === "list" && !isSized ? lengthOf(operation) : undefined;
		if (length === undefined) continue;
		const pager = query?.pager ?? pagerOf(operation, { style: "link", at: undefined, limit: undefined });
		// Only who asks for a part gets one: nothing would lead to the rest.
		const sized = { ...pager, size: length.name, sizes: { min: 1 } };
		behaviours.set(id, { ...behaviour, query: { filters: [], ...query, pager: sized } });
	}
	return behaviours.size === 0 ? model : { ...model, behaviours: new Map([...model.behaviours, ...behaviours]) };
}

function lengthOf({ parameters }: Operation): Parameter | undefined {
	return parameters.find(
		({ in: place, name, schema }) =>
			place === "query" &&
			LENGTH.test(plain(name)) &&
			(schema === undefined || typesOf(schema).some((type) => type === "integer" || type === "number")),
	);
}

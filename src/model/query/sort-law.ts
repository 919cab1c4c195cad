import { typesOf } from "../../schema/navigate.ts";
import { resourceActedOn } from "../effect.ts";
import type { Behaviour, Model } from "../model.ts";
import type { QueryLaw, QueryRival } from "../query-law.ts";
import type { Field } from "../resource.ts";
import type { Sort } from "./sort.ts";

/** Shows the items in the order that is asked for, or that is documented. */
export const sort: QueryLaw<Sort> = {
	kind: "sort",
	rule: "sort",
	sentence: ({ standard, asks, parameters }) =>
		asks.length === 0 && standard !== undefined
			? `shows items by ${standard.field ?? "creation"}${standard.descending ? ", the last first" : ""}`
			: `shows items in the order that ${parameters.join(" and ")} asks for`,
	documented: ({ standard, asks, parameters }) =>
		asks.length === 0 && standard !== undefined
			? `ordered by ${standard.field ?? "creation"}${standard.descending ? " descending" : ""}`
			: `ordered by ${parameters.join(" and ")}`,
	fields: ({ asks, standard }) => [
		...new Set([...asks, ...(standard === undefined ? [] : [standard])].flatMap(({ field }) => field ?? [])),
	],
	rivals: (asking, behaviour, model) => {
		if (asking.asks.length === 0 && asking.standard === undefined) return [];
		const reversed = { name: "reversed", asking: { ...asking, does: "reversed" } } as const;
		if (asking.asks.length === 0) return [reversed];
		const usual: QueryRival<Sort>[] =
			asking.standard === undefined
				? []
				: [{ name: "reversed where no order is asked for", asking: { ...asking, does: "unasked-reversed" } }];
		return [reversed, ...usual, ...askedRivals(asking, behaviour, model)];
	},
	tries: ({ asks, standard }, scene) => [
		...(standard === undefined ? [] : [{ first: scene.call, follows: false }]),
		...asks.slice(0, ASKED_MAX).map(({ query }) => ({
			first: { ...scene.call, query: { ...scene.call.query, ...query } },
			follows: false,
		})),
	],
};

const ASKED_MAX = 6;

function askedRivals(asking: Sort, { effect, answer }: Behaviour, model: Model): readonly QueryRival<Sort>[] {
	const resource = model.resources.get(resourceActedOn(effect) ?? "");
	const asked = new Set(asking.asks.flatMap(({ field }) => field ?? []));
	const isNumber = [...asked].some((name) => isNumeric(resource?.fields.get(name)));
	// Texts have too many orders to tell one of them.
	const other = [...(resource?.fields.values() ?? [])].find(
		(field) => field.owner === "client" && field.written && answer.fields.includes(field.name) && isNumeric(field),
	);
	const isOther = other !== undefined && [...asked].some((name) => name !== other.name);
	return [
		{ name: "ignores the order", asking: { ...asking, does: "ignored" } },
		...(isNumber ? [{ name: "orders numbers as texts", asking: { ...asking, does: "as-text" } } as const] : []),
		...(!isOther
			? []
			: [{ name: "ordered by another field", asking: { ...asking, does: "other-field", other: other.name } } as const]),
	];
}

function isNumeric(field: Field | undefined): boolean {
	const types = field === undefined ? [] : typesOf(field.schema);
	return types.includes("integer") || types.includes("number");
}

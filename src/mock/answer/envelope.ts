import type { Json } from "../../http/exchange.ts";
import type { Value } from "../../model/value.ts";
import type { Schema } from "../../schema/schema.ts";
import { traitsOf } from "../schema-traits.ts";

const COUNT =
	/^(?:total|count|size|length|total_?(?:count|items|results|elements|records|size)|num_?(?:items|results)|item_?count|result_?count)$/i;
const MORE = /^(?:has_?(?:more|next|next_?page)|more|truncated|is_?truncated)$/i;

/**
 * What an envelope says about the one list that it carries: how many there are, that there are no more, and what was
 * asked for (`limit`, `offset`). Undefined for everything else.
 */
export function envelopeValue(
	{ name, schema }: { readonly name: string; readonly schema: Schema },
	known: { readonly [name: string]: Json },
	query: Readonly<Record<string, Value>>,
): Json | undefined {
	const [list, ...others] = Object.values(known).filter((value) => Array.isArray(value));
	if (list === undefined || others.length > 0) return undefined;
	const { types, isNumber } = traitsOf(schema);
	if (isNumber && COUNT.test(name)) return list.length;
	if (types.includes("boolean") && MORE.test(name)) return false;
	const asked = Object.hasOwn(query, name) ? query[name] : undefined;
	return isNumber && typeof asked === "number" ? asked : undefined;
}

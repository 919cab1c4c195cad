import type { Call } from "../call.ts";
import type { Evidence } from "../evidence.ts";
import type { Value } from "../value.ts";

/** The order of a list: which one it has, and which ones can be asked for. */
export interface Sort {
	readonly kind: "sort";
	readonly parameters: readonly string[];
	/** The parameter that says by which field. */
	readonly by?: string;
	/** The parameter that says in which direction. */
	readonly direction?: string;
	/** Fields of an item. */
	readonly fields: readonly string[];
	/** The orders that the document names, each as it is asked for. */
	readonly asks: readonly Ask[];
	/** The order of a list that is not asked for one, where the document says which. */
	readonly standard?: Order;
	/** The direction where only a field is asked for. */
	readonly descends?: boolean;
	readonly does: "as-documented" | "ignored" | "reversed" | "unasked-reversed" | "as-text" | "other-field";
	/** By which field a rival sorts. */
	readonly other?: string;
	readonly evidence: readonly Evidence[];
}

export interface Order {
	/** Undefined: in which they were made. */
	readonly field?: string;
	readonly descending: boolean;
	/** The time that shows in which order they were made. */
	readonly toldBy?: string;
}

export interface Ask extends Order {
	readonly query: Readonly<Record<string, string>>;
}

/** The order that a call asks for; undefined when it asks for none, or for one that is not understood. */
export function orderAsked(sort: Sort, { query }: Pick<Call, "query">): Order | undefined {
	const by = sort.by === undefined ? undefined : firstOf(query[sort.by]);
	const direction = sort.direction === undefined ? undefined : firstOf(query[sort.direction]);
	const descending = direction === undefined ? undefined : /^(?:d|-)/i.test(direction);
	const usual = descending ?? sort.descends;
	if (by !== undefined) return parseOrder(by, sort.fields, usual);
	if (descending === undefined || sort.standard === undefined) return sort.standard;
	return { ...sort.standard, descending };
}

/** Whether a call asks for an order at all. */
export function asksOrder(sort: Sort, { query }: Pick<Call, "query">): boolean {
	return sort.parameters.some((name) => query[name] !== undefined);
}

/**
 * Reads the ways in which an order is written.
 *
 * @example parseOrder("-name", ["name"], undefined) // { field: "name", descending: true }; so do name:desc, name desc, name_desc
 */
export function parseOrder(
	text: string,
	fields: readonly string[],
	descending: boolean | undefined,
): (Order & { readonly field: string }) | undefined {
	const first = text.split(",")[0]?.trim() ?? "";
	const [, sign = "", rest = ""] = /^([+-]?)(.*)$/s.exec(first) ?? [];
	const named = fields.find((field) => field === rest);
	if (named !== undefined) return { field: named, descending: descending ?? sign === "-" };
	const [, name = "", direction = ""] = /^(.+?)[\s:.,_|-]+(asc|desc|ascending|descending)$/i.exec(rest) ?? [];
	const inner = fields.find((field) => field === name);
	return inner === undefined ? undefined : { field: inner, descending: /^d/i.test(direction) };
}

function firstOf(value: Value | undefined): string | undefined {
	const one = Array.isArray(value) ? (value as readonly Value[])[0] : value;
	return typeof one === "string" || typeof one === "number" ? String(one) : undefined;
}

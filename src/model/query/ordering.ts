import type { Call } from "../call.ts";
import type { Ranks } from "../pattern.ts";
import type { Resource } from "../resource.ts";
import type { Entry, Page, SortedBy, View } from "../state.ts";
import { isServerValue, propertyOf, type Value } from "../value.ts";
import { compareAsServed, compareSurely, textOf } from "./compare.ts";
import { asksOrder, type Order, orderAsked, type Sort } from "./sort.ts";

/** The order in which one call is answered. */
export interface Ordering {
	/** What tells it from other orders of the same items. */
	readonly name: string;
	readonly order?: Order;
	/** Numbers are put in order like texts. */
	readonly asText: boolean;
}

const UNORDERED: Ordering = { name: "", asText: false };

/** The order that a call is answered in: the one that it asks for, else the documented one, else the server's own. */
export function orderingOf(sort: Sort | undefined, call: Call): Ordering {
	if (sort === undefined) return UNORDERED;
	const asked = orderAsked(sort, call);
	if (asked === undefined || sort.does === "ignored") {
		// What was asked for and is not understood is some order of its own.
		const isOther = asked === undefined && sort.does !== "ignored";
		const words = isOther ? sort.parameters.map((name) => `${name}=${textOf(call.query[name])}`) : [];
		return { ...UNORDERED, name: words.join() };
	}
	const field = sort.does === "other-field" ? sort.other : asked.field;
	const isTurned = sort.does === "reversed" || (sort.does === "unasked-reversed" && !asksOrder(sort, call));
	const descending = isTurned ? !asked.descending : asked.descending;
	const { toldBy } = asked;
	const order = {
		descending,
		...(field === undefined ? {} : { field }),
		...(toldBy === undefined || field !== undefined ? {} : { toldBy }),
	};
	return { name: `${field ?? ""} ${descending}`, order, asText: sort.does === "as-text" };
}

const sortedBefore = new WeakMap<readonly Entry[], Map<string, readonly Entry[]>>();

/** The entries as a server of ours puts them in this order; made once for as long as nothing changes. */
export function inOrder(entries: readonly Entry[], { order, asText, name }: Ordering): readonly Entry[] {
	if (order === undefined) return entries;
	const known = sortedBefore.get(entries)?.get(`${name}${asText}`);
	if (known !== undefined) return known;
	const { field, descending } = order;
	const rising = field === undefined ? entries : entries.toSorted(comparison(field, asText));
	const sorted = descending ? rising.toReversed() : rising;
	const all = sortedBefore.get(entries) ?? new Map<string, readonly Entry[]>();
	sortedBefore.set(entries, all.set(`${name}${asText}`, sorted));
	return sorted;
}

function comparison(field: string, asText: boolean): SortedBy["compare"] {
	const compare = asText ? compareTexts : compareAsServed;
	return (a, b) => compare(propertyOf(a.value, field), propertyOf(b.value, field));
}

/** A part of all entries of a container in an order, at the cost of the part; undefined where there is no such way. */
export function partInOrder(
	view: View,
	container: string,
	{ ordering: { order, asText }, part }: { readonly ordering: Ordering; readonly part: Page },
): readonly Entry[] | undefined {
	if (order?.field === undefined) return view.page(container, { ...part, newestFirst: order?.descending === true });
	const { field, descending } = order;
	const name = `${field} ${asText}`;
	return view.sorted?.(container, { name, compare: comparison(field, asText) }, { ...part, newestFirst: descending });
}

function compareTexts(a: Value | undefined, b: Value | undefined): number {
	const [one, other] = [textOf(a), textOf(b)];
	return one < other ? -1 : one > other ? 1 : 0;
}

/** Longer lists are not ranked: only what they show is looked at. */
const RANKED_MAX = 200;

/** Where each entry stands in an order: for certain as far as every plausible way to order the values says the same. */
export function ranksIn(entries: readonly Entry[], ordering: Ordering, resource: Resource): Ranks | undefined {
	if (ordering.order === undefined || entries.length > RANKED_MAX) return undefined;
	const classes = certainClasses(entries, ordering, resource);
	if (classes !== undefined) return ranked(entries, classes, true);
	const served = inOrder(entries, ordering).map((entry) => [entry]);
	return ranked(entries, served, false);
}

function certainClasses(
	entries: readonly Entry[],
	ordering: Ordering,
	resource: Resource,
): readonly (readonly Entry[])[] | undefined {
	const field = ordering.order?.field;
	const known = field === undefined ? undefined : resource.fields.get(field);
	if (field === undefined || known?.owner !== "client" || !known.compared) return undefined;
	const values = entries.map(({ value }) => propertyOf(value, field));
	if (values.some((value) => value === undefined || value === null || isServerValue(value))) return undefined;
	return classesOf(inOrder(entries, ordering), ordering, field);
}

function ranked(entries: readonly Entry[], classes: readonly (readonly Entry[])[], areCertain: boolean): Ranks {
	const rank = new Map(classes.flatMap((members, index) => members.map((entry) => [entry, index] as const)));
	return { of: entries.map((entry) => rank.get(entry) ?? 0), areCertain };
}

/** Neighbours that are not surely apart are one class; undefined where two classes are not surely apart all the same. */
function classesOf(
	sorted: readonly Entry[],
	{ asText, order }: Ordering,
	field: string,
): readonly (readonly Entry[])[] | undefined {
	const heldBy = (entry: Entry | undefined): Value | undefined => propertyOf(entry?.value, field);
	const areApart = (a: Entry | undefined, b: Entry | undefined): boolean => {
		const surely = asText ? compareTexts(heldBy(a), heldBy(b)) : compareSurely(heldBy(a), heldBy(b));
		return surely !== undefined && (order?.descending === true ? surely > 0 : surely < 0);
	};
	const classes: Entry[][] = [];
	for (const entry of sorted) {
		const last = classes.at(-1);
		if (last === undefined || areApart(last.at(-1), entry)) classes.push([entry]);
		else last.push(entry);
	}
	const isClear = classes.every((members, index) =>
		classes.slice(index + 1).every((others) => members.every((a) => others.every((b) => areApart(a, b)))),
	);
	return isClear ? classes : undefined;
}

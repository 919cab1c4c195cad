import type { Call } from "../call.ts";
import type { Pattern, Sorted } from "../pattern.ts";
import type { ListQuery } from "../query-law.ts";
import { isOrdered, type Resource } from "../resource.ts";
import type { Address, Scene } from "../scene.ts";
import type { Entry } from "../state.ts";
import { identify } from "../value.ts";
import { type Said, sayOf } from "./beside.ts";
import { type Choice, choose, chooses } from "./choosing.ts";
import { cursorAt } from "./cursor.ts";
import { inOrder, type Ordering, orderingOf, partInOrder, ranksIn } from "./ordering.ts";
import { type Part, partOf } from "./pager.ts";
import { asksOrder } from "./sort.ts";

/** A list that is to be answered, before it is asked for anything. */
export interface Listing {
	readonly scene: Scene;
	readonly address: Address;
	/** What the list holds; undefined when it is all that stands at the address. */
	readonly only: readonly Entry[] | undefined;
	/** Nothing else can stand there. */
	readonly isComplete: boolean;
	readonly show: (entry: Entry) => Pattern;
	/** Items that must not be shown, whatever is asked for. */
	readonly without: readonly Pattern[];
	/** How an item is told that must not be shown. */
	readonly refuse: (entry: Entry) => readonly Pattern[];
}

export interface Listed extends Said {
	readonly shows: Pattern;
}

const NO_QUERY: ListQuery = { filters: [] };
const WHOLE: Part = { from: 0, size: Number.POSITIVE_INFINITY, isUnknown: false };

/** What a list shows when it is asked for a part, for some of its items, in an order. */
export function listed(listing: Listing): Listed {
	const { scene, address } = listing;
	const { view, call, behaviour } = scene;
	const query = behaviour.query ?? NO_QUERY;
	const ordering = orderingOf(query.sort, call);
	const order = orderName(listing, ordering);
	const rank = (key: Entry["key"]): number | undefined => view.rank(address.container, key);
	const asked = query.pager === undefined ? WHOLE : partOf(query.pager, call, { version: versionOf(scene), rank });
	const chosen = choiceOf(listing, query);
	const count = chosen?.served.length ?? listing.only?.length ?? view.count(address.container);
	const part = lastPart(query, asked, count);
	const closed = listing.isComplete || isOurs(query, scene);
	const isSharp = chosen === undefined || chosen.maybe.length === 0;
	const given: Given = { listing, query, ordering, order, part, count, chosen };
	const isCertain = closed && isSharp && !part.isUnknown;
	return {
		shows: closed ? (isSharp ? sharp(given) : fuzzy(given)) : open(given),
		...sayOf({ scene, address, query, part, asked, count, isCertain }),
	};
}

export interface Given {
	readonly listing: Listing;
	readonly query: ListQuery;
	readonly ordering: Ordering;
	readonly order: string;
	readonly part: Part;
	/** How many items there are on all pages, as a server of ours shows them. */
	readonly count: number;
	readonly chosen: Choice | undefined;
}

function versionOf({ view }: Scene): number {
	return view.version?.() ?? 0;
}

/** The same items in the same order, as long as nothing is written. */
function orderName({ scene, address, only }: Listing, ordering: Ordering): string {
	const { filters, search } = scene.behaviour.query ?? NO_QUERY;
	const { query } = scene.call;
	const parameters = [...filters.map(({ parameter }) => parameter), ...(search === undefined ? [] : search.parameters)];
	const asked = parameters
		.filter((name) => query[name] !== undefined)
		.map((name) => `${name}=${identify(query[name])}`);
	const held = only === undefined ? "" : ` ${only.length}`;
	return `${address.container}${held}?${asked.join("&")} ${ordering.name} @${versionOf(scene)}`;
}

function choiceOf({ scene, address, only }: Listing, query: ListQuery): Choice | undefined {
	if (!chooses(query, scene.call)) return undefined;
	const entries = only ?? scene.view.entries(address.container);
	return choose(query, scene.call, { resource: address.resource, entries });
}

/** A rival loses the last page when it is not full. */
function lastPart({ pager }: ListQuery, part: Part, count: number): Part {
	const isLast = part.from > 0 && count - part.from < part.size;
	return pager?.does === "drops-last" && isLast ? { ...part, size: 0 } : part;
}

/** Whether a filter asks for a value that nobody but the run has written. */
function isOurs({ filters }: ListQuery, { call, view }: Scene): boolean {
	if (view.isUnsure?.() === true) return false;
	return filters.some(
		({ parameter, compares, does }) =>
			call.ours?.includes(parameter) === true && compares === "equal" && does !== "ignored" && does !== "inverted",
	);
}

/** Everything that matches is known: a page of it, or all of it. */
function sharp(given: Given): Pattern {
	const { listing, part, count, ordering, query } = given;
	const { resource } = listing.address;
	const isWhole = part.from === 0 && part.size >= count && !part.isUnknown;
	const { call } = listing.scene;
	const isAsked = (query.sort !== undefined && asksOrder(query.sort, call)) || asksPart(query, call);
	if (isWhole && ordering.order === undefined && !isAsked)
		return {
			kind: "list",
			items: entriesOf(given).map(listing.show),
			order: isOrdered(resource) ? "kept" : "free",
			complete: true,
			lacks: 0,
			without: [],
			...repeatsIn(resource),
		};
	return page(given, part.isUnknown || (part.from > 0 && part.from >= count) || resource.kind === "list");
}

function asksPart({ pager }: ListQuery, { query }: Call): boolean {
	return [pager?.at, pager?.size].some((name) => name !== undefined && query[name] !== undefined);
}

function entriesOf({ listing, chosen }: Given): readonly Entry[] {
	const { scene, address, only } = listing;
	return chosen?.served ?? only ?? scene.view.entries(address.container);
}

/** Built when somebody looks: who serves needs the page and not the rest, who judges the rest and not the page. */
function page(given: Given, beyond: boolean): Pattern {
	const { listing, part, order } = given;
	const { from, size } = part;
	let items: readonly Pattern[] | undefined;
	let shown: readonly Pattern[] | undefined;
	return {
		kind: "page",
		from,
		size,
		order,
		beyond,
		get items() {
			items ??= entriesOf(given).map(listing.show);
			return items;
		},
		get shown() {
			shown ??= part.isUnknown ? [] : servedPage(given).map(listing.show);
			return shown;
		},
		get ranks() {
			return ranksIn(entriesOf(given), given.ordering, listing.address.resource);
		},
		...sortedFor(given),
		...lastFor(given),
	};
}

function sortedFor({ listing, ordering }: Given): { readonly sorted?: Sorted } {
	const { order, asText } = ordering;
	const { resource } = listing.address;
	const { answer } = listing.scene.behaviour;
	const property = order?.field ?? order?.toldBy;
	if (order === undefined || property === undefined || asText || !answer.fields.includes(property)) return {};
	if (resource.fields.get(property)?.compared === false) return {};
	return { sorted: { property, descending: order.descending } };
}

/** The key of the last item is where the next page begins. */
function lastFor({ listing, query, part }: Given): Partial<Extract<Pattern, { kind: "page" }>> {
	const { pager } = query;
	const property = listing.address.resource.key?.property;
	if (pager?.cursor !== "key" || property === undefined || !Number.isFinite(part.size)) return {};
	const value = cursorAt(part.from + part.size, versionOf(listing.scene), listing.scene.call.tag ?? "");
	return { last: { property, value } };
}

/** The page as a server of ours shows it: in the order of creation where nothing says another. */
function servedPage(given: Given): readonly Entry[] {
	const { listing, part, ordering, chosen } = given;
	const { scene, address, only } = listing;
	const { from, size } = part;
	const isWhole = chosen === undefined && only === undefined;
	const found = isWhole
		? partInOrder(scene.view, address.container, { ordering, part: { offset: from, limit: size } })
		: undefined;
	if (found !== undefined) return found;
	return inOrder(entriesOf(given), ordering).slice(from, from + size);
}

/** Of some items nobody can say whether they match. */
function fuzzy(given: Given): Pattern {
	const { listing, part, chosen } = given;
	if (chosen === undefined) return page(given, true);
	const { sure, maybe } = chosen;
	const isWhole = part.from === 0 && part.size >= sure.length + maybe.length && !part.isUnknown;
	if (!isWhole) return page(given, true);
	return {
		kind: "list",
		items: sure.map(listing.show),
		may: maybe.map(listing.show),
		shown: servedPage(given).map(listing.show),
		order: "free",
		complete: true,
		lacks: 0,
		without: [],
	};
}

/** Among others' items: ours may stand on any page, but nothing that must not be there stands on one. */
function open(given: Given): Pattern {
	const { listing, chosen, ordering, part } = given;
	const { scene, address, without, refuse, show } = listing;
	const { query = NO_QUERY, answer } = scene.behaviour;
	// On a part that was asked for may stand any of those that are known.
	const isPart = part.isUnknown || (asksPart(query, scene.call) && Number.isFinite(part.size));
	const mayBeElsewhere = isPart || (answer.pages === true && !scene.view.isComplete(address.container));
	const sure = inOrder(chosen?.sure ?? entriesOf(given), ordering);
	let shown: readonly Pattern[] | undefined;
	return {
		kind: "list",
		items: mayBeElsewhere || part.from > 0 ? [] : sure.map(show),
		// Who serves them knows all of them, and shows the part that is asked for.
		get shown() {
			shown ??= part.isUnknown ? [] : servedPage(given).map(show);
			return shown;
		},
		order: ordering.order === undefined && !isOrdered(address.resource) ? "free" : "kept",
		complete: false,
		lacks: 0,
		without: [...without, ...(chosen?.not.flatMap(refuse) ?? [])],
		...sortedFor(given),
		...repeatsIn(address.resource),
	};
}

/** Whether the same value may stand twice in a list without order is not said. */
function repeatsIn(resource: Resource): { readonly repeats?: "ignored" } {
	return resource.kind === "list" && !isOrdered(resource) ? { repeats: "ignored" } : {};
}

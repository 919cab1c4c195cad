import type { Pattern } from "../pattern.ts";
import type { ListQuery } from "../query-law.ts";
import type { Address, Scene } from "../scene.ts";
import type { ServerValue, Value } from "../value.ts";
import { cursorAt } from "./cursor.ts";
import type { Echo, Pager, PagerWay, Part } from "./pager.ts";

/** What an answer says beside its list, and where: a JSON Pointer into the body. */
export interface Beside {
	readonly at: string;
	readonly pattern: Pattern;
}

export interface Telling {
	readonly scene: Scene;
	readonly address: Address;
	readonly query: ListQuery;
	/** The part that is shown, and the one that was asked for. */
	readonly part: Part;
	readonly asked: Part;
	/** How many items there are on all pages. */
	readonly count: number;
	/** Nothing else can stand there, and everything that matches is known. */
	readonly isCertain: boolean;
}

/** What an answer says of its list besides showing it. */
export interface Said {
	readonly beside: readonly Beside[];
	/** What headers say, by their names in lower case. */
	readonly headers?: Readonly<Record<string, Pattern>>;
	/** The queries that ask for the neighbouring parts, where there are any. */
	readonly neighbours: Neighbours;
	readonly total: number;
}

export interface Neighbours {
	readonly next?: Query;
	readonly prev?: Query;
	readonly first?: Query;
	readonly last?: Query;
}

type Query = Readonly<Record<string, Value>>;

const NOTHING: Said = { beside: [], neighbours: {}, total: 0 };

/** What is said of a list: how many there are in all, whether there is more, and where. */
export function sayOf(telling: Telling): Said {
	const { pager } = telling.query;
	if (pager === undefined) return NOTHING;
	const neighbours = neighboursOf(telling, pager);
	const { next } = neighbours;
	const beside = [
		...(pager.total === undefined ? [] : [{ at: pager.total, pattern: totalOf(telling, pager) }]),
		...(pager.more === undefined ? [] : [{ at: pager.more, pattern: moreOf(telling, pager) }]),
		...(pager.next === undefined ? [] : [{ at: pager.next, pattern: nextOf(telling, pager, next) }]),
		...pager.echoes.map((echo) => ({ at: echo.at, pattern: hint(echoed(telling, pager, echo)) })),
	];
	const { totalHeader } = pager;
	const headers = totalHeader === undefined ? {} : { headers: { [totalHeader]: totalOf(telling, pager) } };
	return { beside, neighbours, total: totalFor(telling, pager), ...headers };
}

function hint(value: Value): Pattern {
	return { kind: "hint", value };
}

/** Some pages may leave it out; what is told is told right. */
function totalOf(telling: Telling, pager: Pager): Pattern {
	const total = totalFor(telling, pager);
	return telling.isCertain ? { kind: "value", value: total, order: "kept", optional: true } : hint(total);
}

function totalFor({ scene, address, part, count }: Telling, { does }: Pager): number {
	switch (does) {
		case "total-of-page":
			return Math.max(0, Math.min(part.size, count - part.from));
		case "total-unfiltered":
			return scene.view.count(address.container);
		case "total-everywhere":
			return scene.view.everywhere(address.resource.name).length;
		default:
			return count;
	}
}

/** Whether the pages that follow show anything, as they are served. */
function isMore({ part, asked, count }: Telling, { does }: Pager): boolean {
	if (does === "stops-early") return false;
	const { from, size } = part.size === 0 ? asked : part;
	return from + size < count;
}

/** Who cuts pages otherwise than documented may tell of them as if he did not. */
function isTold({ isCertain, asked }: Telling, { does }: Pager): boolean {
	return isCertain && !asked.isUnknown && !BENT.has(does);
}

/** Of its first page such a pager tells what the documented one tells. */
function isOnlyShifted({ asked }: Telling, { does }: Pager): boolean {
	return asked.from === 0 && SHIFTED.has(does);
}

const SHIFTED: ReadonlySet<PagerWay> = new Set([
	"repeats-one",
	"repeats-more",
	"skips-one",
	"skips-more",
	"always-first",
	"drops-last",
]);
const BENT: ReadonlySet<PagerWay> = new Set([
	"offset-counts-pages",
	"other-base",
	"repeats-one",
	"repeats-more",
	"skips-one",
	"skips-more",
	"ignores-size",
	"usual-size",
	"everything",
	"one-page-only",
	"one-more",
	"one-less",
	"always-first",
	"drops-last",
]);

function moreOf(telling: Telling, pager: Pager): Pattern {
	const value = isMore(telling, pager);
	return isTold(telling, pager) && telling.part.from < Math.max(1, telling.count)
		? { kind: "value", value, order: "kept", optional: true }
		: hint(value);
}

/** Where a token says what comes next it must be told; a number or a URL anybody can work out. */
function nextOf(telling: Telling, pager: Pager, next: Query | undefined): Pattern {
	const { part, scene } = telling;
	if (next === undefined) return hint(null);
	const hasToken = (pager.style === "cursor" || pager.style === "token") && pager.cursor === "token";
	return {
		kind: "next",
		value: cursorIn(scene, part.from + part.size),
		isLink: pager.nextKind === "url",
		query: next,
		isCertain: hasToken && (isTold(telling, pager) || (telling.isCertain && isOnlyShifted(telling, pager))),
		...(pager.at === undefined ? {} : { parameter: pager.at }),
	};
}

/** The queries for the parts beside this one, as far as there are such parts. */
function neighboursOf(telling: Telling, pager: Pager): Neighbours {
	const { scene, part, count } = telling;
	const { from, size } = part;
	if (!Number.isFinite(size) || size === 0 || part.isUnknown) return {};
	const asking = (start: number): Query => ({ ...scene.call.query, ...queryFor(telling, pager, start) });
	const lastFrom = count === 0 ? 0 : Math.floor((count - 1) / size) * size;
	const isNumbered = pager.style === "page" || pager.style === "limit-offset";
	return {
		...(isMore(telling, pager) ? { next: asking(from + size) } : {}),
		...(isNumbered && from > 0 ? { prev: asking(Math.max(0, from - size)) } : {}),
		...(isNumbered ? { first: asking(0), last: asking(lastFrom) } : {}),
	};
}

/** The parameters that ask for the part that begins at an item. */
function queryFor({ part, scene }: Telling, { style, at, base }: Pager, from: number): Query {
	if (at === undefined) return {};
	if (style === "limit-offset") return { [at]: from + base };
	if (style === "page") return { [at]: Math.floor(from / part.size) + base };
	return { [at]: cursorIn(scene, from) };
}

function echoed({ part, count, asked }: Telling, { base, style }: Pager, { says }: Echo): number {
	const size = Number.isFinite(asked.size) ? asked.size : count;
	switch (says) {
		case "size":
			return size;
		case "offset":
			return part.from + (style === "limit-offset" ? base : 0);
		case "page":
			return (size === 0 ? 0 : Math.floor(part.from / size)) + (style === "page" ? base : 1);
		case "pages":
			return size === 0 ? 0 : Math.ceil(count / size);
		case "shown":
			return Math.max(0, Math.min(part.size, count - part.from));
	}
}

function cursorIn({ view, call }: Scene, from: number): ServerValue {
	return cursorAt(from, view.version?.() ?? 0, call.tag ?? "");
}

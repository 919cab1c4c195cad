import type { Call } from "../call.ts";
import type { Evidence } from "../evidence.ts";
import { isServerValue, type Value } from "../value.ts";
import { readCursor } from "./cursor.ts";

/** How one reaches the next part of a list. A limit alone reaches none. */
export interface Pager {
	readonly kind: "pager";
	readonly style: "limit-offset" | "page" | "cursor" | "token" | "link";
	/** The parameters that say which part, and how long it is. */
	readonly parameters: readonly string[];
	/** The parameter that says where a part begins: an offset, a number of a page, a cursor. */
	readonly at?: string;
	/** The parameter that says how many items a part has. */
	readonly size?: string;
	/** The number of the first page, or the offset of the first item. */
	readonly base: 0 | 1;
	/** Nothing says so: it is what most have. */
	readonly baseIsUsual?: boolean;
	/** Nobody knows which part a number asks for. */
	readonly isAskedBlindly?: boolean;
	/** Parameters of another way to say which part: what both together ask for, nobody knows. */
	readonly others?: readonly string[];
	readonly sizes: Sizes;
	/** What a cursor is: what the answer before said, or the key of the last item that it showed. */
	readonly cursor: "token" | "key";
	/** The property of the answer that tells how many there are in all, or what comes next, as JSON Pointers. */
	readonly total?: string;
	/** The header, in lower case, that tells how many there are in all. */
	readonly totalHeader?: string;
	readonly next?: string;
	/** What `next` holds. */
	readonly nextKind?: "token" | "url" | "number";
	/** The property that tells whether there is more. */
	readonly more?: string;
	/** What else the answer says of its part. */
	readonly echoes: readonly Echo[];
	/** A `Link` header is documented (RFC 8288). */
	readonly links: boolean;
	readonly does: PagerWay;
	readonly evidence: readonly Evidence[];
}

/** Lengths of a part, in items. */
export interface Sizes {
	readonly min: number;
	readonly default?: number;
	readonly max?: number;
	/** A length beyond the greatest is taken for the greatest, and not refused. */
	readonly caps?: boolean;
}

export interface Echo {
	/** JSON Pointer. */
	readonly at: string;
	readonly says: "size" | "offset" | "page" | "pages" | "shown";
}

export type PagerWay =
	| "as-documented"
	| "offset-counts-pages"
	| "offset-needs-size"
	| "other-base"
	| "repeats-one"
	| "repeats-more"
	| "skips-one"
	| "skips-more"
	| "ignores-size"
	| "usual-size"
	| "everything"
	| "one-page-only"
	| "one-more"
	| "one-less"
	| "always-first"
	| "drops-last"
	| "stops-early"
	| "total-of-page"
	| "total-unfiltered"
	| "total-everywhere";

/** Which part a call asks for. */
export interface Part {
	/** How many items stand before it. */
	readonly from: number;
	/** How many it has at most; may be infinite. */
	readonly size: number;
	/** What is asked for cannot be told: a cursor that is not known here, or a page of unknown length. */
	readonly isUnknown: boolean;
}

/** What a cursor needs to be read: what has been written by now, and where a key stands. */
export interface Reading {
	readonly version: number;
	readonly rank: (key: Value) => number | undefined;
}

/** The part that a call asks for, as this pager understands it. */
export function partOf(pager: Pager, call: Call, reading: Reading): Part {
	const size = sizeOf(pager, call);
	const isMixed = pager.others?.some((name) => call.query[name] !== undefined) === true;
	if (isMixed) return { from: 0, size, isUnknown: true };
	const isPlain =
		pager.does === "offset-needs-size" && pager.size !== undefined && call.query[pager.size] === undefined;
	const asked = pager.at === undefined || isPlain ? undefined : call.query[pager.at];
	if (asked === undefined || asked === null) return bend(pager, { from: 0, size, isUnknown: false });
	if (pager.isAskedBlindly === true) return { from: 0, size, isUnknown: true };
	const from = beginning(pager, asked, { ...reading, size });
	if (from === undefined) return { from: 0, size, isUnknown: true };
	return bend(pager, { from: Math.max(0, from), size, isUnknown: false });
}

export function sizeOf({ size, sizes, does }: Pager, { query }: Pick<Call, "query">): number {
	const asked = size === undefined || does === "usual-size" ? undefined : numberIn(query[size]);
	const usual = sizes.default ?? sizes.max ?? Number.POSITIVE_INFINITY;
	if (asked === undefined || asked < 0) return usual;
	return sizes.caps === true && sizes.max !== undefined ? Math.min(asked, sizes.max) : asked;
}

function beginning(pager: Pager, asked: Value, reading: Reading & { size: number }): number | undefined {
	if (pager.style === "cursor" || pager.style === "token") return behindCursor(pager, asked, reading);
	const number = numberIn(asked);
	if (number === undefined || pager.style === "link") return undefined;
	const before = number - pager.base;
	if (pager.style === "limit-offset" || before === 0) return before;
	return Number.isFinite(reading.size) ? before * reading.size : undefined;
}

function behindCursor({ cursor }: Pager, asked: Value, { version, rank }: Reading): number | undefined {
	const known = readCursor(asked, version);
	if (known !== undefined || cursor === "token" || isServerValue(asked)) return known;
	const before = rank(asked);
	return before === undefined ? undefined : before + 1;
}

export function numberIn(value: Value | undefined): number | undefined {
	if (typeof value === "number") return value;
	return typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** The part that is shown instead, by a pager that does not do as documented. */
function bend({ does, style, base }: Pager, part: Part): Part {
	const { from, size } = part;
	const pages = Number.isFinite(size) && size > 0 ? Math.floor(from / size) : 0;
	switch (does) {
		case "offset-counts-pages":
			return Number.isFinite(size) ? { ...part, from: from * size } : part;
		case "other-base":
			if (style !== "page" || !Number.isFinite(size)) return part;
			return { ...part, from: base === 0 ? Math.max(0, from - size) : from + size };
		case "repeats-one":
			return { ...part, from: Math.max(0, from - 1) };
		case "repeats-more":
			return { ...part, from: from - pages };
		case "skips-one":
			return { ...part, from: from === 0 ? 0 : from + 1 };
		case "skips-more":
			return { ...part, from: from + pages };
		case "ignores-size":
			return { ...part, size: Number.POSITIVE_INFINITY };
		case "everything":
			return { ...part, from: 0, size: Number.POSITIVE_INFINITY };
		case "one-page-only":
			return { ...part, from: from === 0 ? 0 : Number.MAX_SAFE_INTEGER, size: Number.POSITIVE_INFINITY };
		case "one-more":
			return { ...part, size: size + 1 };
		case "one-less":
			return { ...part, size: Math.max(0, size - 1) };
		case "always-first":
			return { ...part, from: 0 };
		default:
			return part;
	}
}

import type { Evidence } from "../evidence.ts";
import type { Value } from "../value.ts";
import { isObject, isServerValue } from "../value.ts";
import { compareSurely, textOf } from "./compare.ts";

/** A parameter that chooses items by one of their fields. */
export interface Filter {
	readonly kind: "filter";
	readonly parameter: string;
	readonly field: string;
	/** The field is the value that is asked for, or at least, or at most that. */
	readonly compares: "equal" | "least" | "most";
	/** What the field may be at all, where that is a closed list. */
	readonly among?: readonly Value[];
	/** Only the very text matches, or the whole text in any case, or nobody says whether a part of it does. */
	readonly texts: "exact" | "whole" | "unknown";
	/** Whether the bound itself is included. */
	readonly bound: "included" | "excluded" | "unknown";
	/** The field holds a text. */
	readonly isText: boolean;
	/** Several values can be asked for: any of them will do. */
	readonly isList: boolean;
	/** A day is asked for, and no instant. */
	readonly isDay: boolean;
	/** The document says that days are those of UTC. */
	readonly isUtc?: boolean;
	/** The field is a time that the server sets: nobody knows which, but that it is of these years. */
	readonly isNow: boolean;
	readonly does: FilterWay;
	readonly evidence: readonly Evidence[];
}

export type FilterWay =
	| "as-documented"
	| "ignored"
	| "prefix"
	| "substring"
	| "caseless"
	| "inverted"
	| "nothing"
	| "first-only"
	| "other-bound";

/** Whether an item is shown; `served` is what a server of ours does where nothing says which. */
export interface Verdict {
	readonly isShown: boolean | undefined;
	readonly served: boolean;
}

const YES: Verdict = { isShown: true, served: true };
const NO: Verdict = { isShown: false, served: false };
const MAYBE: Verdict = { isShown: undefined, served: true };
const HARDLY: Verdict = { isShown: undefined, served: false };

/** Whether a filter lets an item through whose field holds a value. */
export function passes(filter: Filter, held: Value | undefined, asked: Value): Verdict {
	switch (filter.does) {
		case "ignored":
			return YES;
		case "nothing":
			return NO;
		case "prefix":
			return sharply(held, asked, (text, wanted) => text.startsWith(wanted));
		case "substring":
			return sharply(held, asked, (text, wanted) => text.includes(wanted));
		case "caseless":
			return sharply(held, asked, (text, wanted) => text.toLowerCase() === wanted.toLowerCase());
		case "inverted": {
			const { isShown, served } = documented(filter, held, asked);
			return { isShown: isShown === undefined ? undefined : !isShown, served: !served };
		}
		case "first-only":
			return documented(filter, held, Array.isArray(asked) ? ((asked as readonly Value[])[0] ?? null) : asked);
		case "other-bound":
			return documented({ ...filter, bound: filter.bound === "included" ? "excluded" : "included" }, held, asked);
		case "as-documented":
			return documented(filter, held, asked);
	}
}

function sharply(held: Value | undefined, asked: Value, test: (text: string, wanted: string) => boolean): Verdict {
	if (typeof held !== "string") return held === undefined || held === null ? NO : HARDLY;
	const wanted = Array.isArray(asked) ? (asked as readonly Value[]) : [asked];
	return wanted.some((one) => test(held, textOf(one))) ? YES : NO;
}

function documented(filter: Filter, held: Value | undefined, asked: Value): Verdict {
	if (Array.isArray(asked)) return anyOf((asked as readonly Value[]).map((one) => single(filter, held, one)));
	return single(filter, held, asked);
}

function anyOf(verdicts: readonly Verdict[]): Verdict {
	if (verdicts.some(({ isShown }) => isShown === true)) return YES;
	const served = verdicts.some((verdict) => verdict.served);
	return { isShown: verdicts.some(({ isShown }) => isShown === undefined) ? undefined : false, served };
}

function single(filter: Filter, held: Value | undefined, asked: Value): Verdict {
	// Nothing says what asking for nothing means, or for what no item can be (`all`).
	if (asked === "" || asked === null) return MAYBE;
	if (filter.among !== undefined && !filter.among.some((one) => textOf(one) === textOf(asked))) return MAYBE;
	return filter.compares === "equal" ? equal(filter, held, asked) : bounded(filter, held, asked);
}

function equal(filter: Filter, held: Value | undefined, asked: Value): Verdict {
	if (isServerValue(held) || isServerValue(asked)) return equalSymbols(held, asked);
	if (held === undefined || held === null) return NO;
	if (Array.isArray(held)) return anyOf((held as readonly Value[]).map((one) => equal(filter, one, asked)));
	if (isObject(held)) return HARDLY;
	if (compareSurely(held, asked) === 0) return YES;
	return equalTexts(filter, held, { text: textOf(held), wanted: textOf(asked) });
}

function equalTexts({ texts }: Filter, held: Value, { text, wanted }: { text: string; wanted: string }): Verdict {
	if (text === wanted) return YES;
	if (typeof held !== "string") return NO;
	// A day may mean everything that happened on it.
	if (DAY.test(wanted) && text.startsWith(wanted)) return MAYBE;
	if (wanted.includes(",") && wanted.split(",").includes(text)) return MAYBE;
	const [lower, asking] = [text.toLowerCase(), wanted.toLowerCase()];
	const mayMatch = texts === "unknown" ? lower.includes(asking) : texts === "whole" && lower === asking;
	return mayMatch ? HARDLY : NO;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function equalSymbols(held: Value | undefined, asked: Value): Verdict {
	const isSame = isServerValue(held) && isServerValue(asked) && held.name === asked.name;
	return isSame ? YES : HARDLY;
}

/** The years in which the server of a run sets times. */
const YEARS = ["2015-01-01T00:00:00Z", "2095-01-01T00:00:00Z"] as const;

function bounded(filter: Filter, held: Value | undefined, asked: Value): Verdict {
	if (held === null || held === undefined) return HARDLY;
	if (isServerValue(held) || isServerValue(asked)) return filter.isNow ? boundedNow(filter, asked) : HARDLY;
	return byDay(filter, held, asked) ?? bySize(filter, held, asked);
}

function bySize(filter: Filter, held: Value, asked: Value): Verdict {
	const order = compareBound(held, asked);
	if (order === undefined) return HARDLY;
	if (order === 0) {
		if (filter.bound === "unknown" || typeof held !== typeof asked) return MAYBE;
		return filter.bound === "included" ? YES : NO;
	}
	return order > 0 === (filter.compares === "least") ? YES : NO;
}

/** An instant on the day that is asked for is within it; where nothing says in which zone, no day near it is sure. */
function byDay({ bound, compares, isUtc }: Filter, held: Value, asked: Value): Verdict | undefined {
	if (typeof asked !== "string" || typeof held !== "string" || !DAY.test(asked) || DAY.test(held)) return undefined;
	const day = dayIn(held);
	if (day === undefined) return undefined;
	const isOn = day === asked;
	const isWithin = isOn ? bound !== "excluded" : day > asked === (compares === "least");
	const distanceMs = Date.parse(held) - Date.parse(asked);
	const isNear = distanceMs > -DAY_MS && distanceMs < 2 * DAY_MS;
	if (isUtc === true ? !isOn || bound !== "unknown" : !isNear) return isWithin ? YES : NO;
	return { isShown: undefined, served: isWithin };
}

/** The day of a time in UTC; undefined when it is no time. */
function dayIn(value: string): string | undefined {
	const time = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, "2001-02-03".length);
}

function boundedNow({ compares }: Filter, asked: Value): Verdict {
	const [early, late] = YEARS.map((year) => compareBound(asked, year));
	if (early !== undefined && early < 0) return compares === "least" ? YES : NO;
	if (late !== undefined && late > 0) return compares === "least" ? NO : YES;
	return HARDLY;
}

/** Numbers by size, times by when they are; a day and a time of that day are not told apart. */
function compareBound(held: Value, asked: Value): number | undefined {
	const [a, b] = [sizeOf(held), sizeOf(asked)];
	if (a === undefined || b === undefined) return undefined;
	const isDay = [held, asked].some((one) => typeof one === "string" && DAY.test(one));
	return isDay && Math.abs(a - b) < DAY_MS ? 0 : a - b;
}

const DAY_MS = 86_400_000;

function sizeOf(value: Value): number | undefined {
	if (typeof value === "number") return value;
	if (typeof value !== "string") return undefined;
	if (/^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
	const time = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(time) ? undefined : time;
}

import type { Json } from "../../http/exchange.ts";
import type { Filter } from "../../model/query/filter.ts";
import { propertyOf } from "../../model/value.ts";
import type { Judged } from "./decide-shown.ts";
import type { ReadList, Shown } from "./read-list.ts";

const DAY_MS = 86_400_000;
/** So far away that no time zone matters. */
const FAR_DAYS = 2;

/** What a bound does with times that only the server sets: nothing may lie beyond the last of them, and all before. */
export async function tryBound(filter: Filter, read: ReadList, filters: readonly Filter[]): Promise<Judged> {
	const before = await read();
	const times = timesIn(filter, before);
	const [first, last] = [Math.min(...times), Math.max(...times)];
	if (before === undefined || times.length === 0) return { kind: "open" };
	const isLeast = filter.compares === "least";
	const beyond = await readAt(read, filter, isLeast ? last + FAR_DAYS * DAY_MS : first - FAR_DAYS * DAY_MS);
	const within = await readAt(read, filter, isLeast ? first - FAR_DAYS * DAY_MS : last + FAR_DAYS * DAY_MS);
	const after = await read();
	if (beyond === undefined || within === undefined || timesIn(filter, after).length === 0) return { kind: "open" };
	const observed = observedIn(beyond, within);
	if (observed !== undefined) return { kind: "drift", observed, turns: [before.turn, beyond.turn, within.turn] };
	// Within so much and no more: there was nothing to show at the one end.
	if (within.items.length === 0 || beyond.items.length > 0) return { kind: "open" };
	return filter.bound === "unknown" ? { kind: "agrees" } : tryOwnDay(filter, read, { last, filters });
}

function observedIn(beyond: Shown, within: Shown): string | undefined {
	if (beyond.items.length === 0) return within.items.length === 0 ? "shows nothing" : undefined;
	return within.items.length === 0 ? "turned around" : "ignores the filter";
}

/**
 * The bound itself, of days: which day an item belongs to depends on where the server is, but where the opposite bound
 * shows it on one day and not on the next one, it belongs to that day.
 */
async function tryOwnDay(
	filter: Filter,
	read: ReadList,
	{ last, filters }: { last: number; filters: readonly Filter[] },
): Promise<Judged> {
	const other = filters.find(({ field, compares }) => field === filter.field && compares === opposite(filter));
	if (!filter.isDay || other === undefined) return { kind: "open" };
	const step = other.compares === "least" ? DAY_MS : -DAY_MS;
	const isOfDay = async (): Promise<boolean> => {
		const next = await readAt(read, other, last + step);
		const own = await readAt(read, other, last);
		return next?.items.length === 0 && (own?.items.length ?? 0) > 0;
	};
	if (!(await isOfDay())) return { kind: "open" };
	const shown = await readAt(read, filter, last);
	if (shown === undefined || !(await isOfDay())) return { kind: "open" };
	const isIncluded = shown.items.some((item) => timeIn(filter, item) !== undefined);
	if (isIncluded === (filter.bound === "included")) return { kind: "agrees" };
	const observed = isIncluded ? "includes the bound" : "excludes the bound";
	return { kind: "drift", observed, turns: [shown.turn] };
}

function opposite({ compares }: Filter): Filter["compares"] {
	return compares === "least" ? "most" : "least";
}

function readAt(read: ReadList, { parameter, isDay }: Filter, time: number): Promise<Shown | undefined> {
	const text = new Date(time).toISOString();
	return read({ [parameter]: isDay ? text.slice(0, 10) : text });
}

function timesIn(filter: Filter, shown: Shown | undefined): readonly number[] {
	return (shown?.items ?? []).flatMap((item) => timeIn(filter, item) ?? []);
}

function timeIn({ field }: Filter, item: Json): number | undefined {
	const held = propertyOf(item, field);
	const time = typeof held === "string" && /^\d{4}-\d{2}-\d{2}/.test(held) ? Date.parse(held) : Number.NaN;
	return Number.isNaN(time) ? undefined : time;
}

import type { Json } from "../../http/exchange.ts";
import type { Filter } from "../../model/query/filter.ts";
import { propertyOf, type Value } from "../../model/value.ts";
import type { Judged } from "./decide-shown.ts";
import type { ReadList, Shown } from "./read-list.ts";

/**
 * What a filter does with a value that the list itself shows: some of what is shown must have it, and whatever does not
 * must be gone. An item that holds the value anywhere is let pass: it may be meant in more than one field.
 */
export async function tryFilter(filter: Filter, read: ReadList): Promise<Judged> {
	const before = await read();
	const value = before === undefined ? undefined : tellingValue(filter, before.items);
	if (before === undefined || value === undefined) return { kind: "open" };
	const asked = await read({ [filter.parameter]: filter.isList ? [value] : value });
	const after = await read();
	if (asked === undefined || after === undefined) return { kind: "open" };
	const turns = [before.turn, asked.turn];
	// What others have taken away meanwhile cannot be shown.
	const isThere = after.items.some((item) => shows(filter, item, value));
	const observed = observedIn(filter, asked, { value, isThere });
	if (observed === undefined) return { kind: "open" };
	return observed === "as documented"
		? tryParts(filter, read, { value, items: after.items })
		: { kind: "drift", observed, turns };
}

/** Only the whole value may choose, where that is documented: not its beginning, and no other part of it. */
async function tryParts(
	filter: Filter,
	read: ReadList,
	{ value, items }: { value: Value; items: readonly Json[] },
): Promise<Judged> {
	const isPart = filter.isText && filter.texts !== "unknown" && filter.among === undefined;
	// Whether case matters, and what several values choose, is left to whoever knows what is there.
	if (filter.isList || (isPart && filter.texts === "exact")) return { kind: "open" };
	if (!isPart || typeof value !== "string") return { kind: "agrees" };
	const beginning = value.slice(0, -1);
	const isOther = items.some((item) => shows(filter, item, beginning));
	const shown = isOther ? undefined : await read({ [filter.parameter]: beginning });
	if (shown === undefined) return { kind: "open" };
	// A beginning is a part as well: where it chooses nothing, no part does.
	if (shown.items.length === 0) return { kind: "agrees" };
	if (!shown.items.some((item) => shows(filter, item, value))) return { kind: "open" };
	const end = await read({ [filter.parameter]: value.slice(1) });
	const isAnyPart = end?.items.some((item) => shows(filter, item, value)) === true;
	return { kind: "drift", observed: isAnyPart ? "matches substrings" : "matches prefixes", turns: [shown.turn] };
}

function observedIn(
	filter: Filter,
	{ items }: Shown,
	{ value, isThere }: { value: Value; isThere: boolean },
): string | undefined {
	const right = items.some((item) => shows(filter, item, value));
	const foreign = items.some((item) => !mentions(item, value));
	if (items.length === 0) return isThere ? "shows nothing" : undefined;
	if (foreign) return right ? "ignores the filter" : isThere ? "turned around" : undefined;
	return right ? "as documented" : undefined;
}

/** A value that some items show and some have nowhere. */
function tellingValue(filter: Filter, items: readonly Json[]): Value | undefined {
	const shown = items.flatMap((item) => {
		const held = propertyOf(item, filter.field);
		return isPlain(held) ? [held] : [];
	});
	return [...new Set(shown)].find((value) => isAmong(filter, value) && items.some((item) => !mentions(item, value)));
}

const TEXT_LENGTH_MIN = 2;

/** Nothing says what asking for nothing means. */
function isPlain(value: Value | undefined): value is string | number | boolean {
	if (typeof value === "string") return value.length >= TEXT_LENGTH_MIN;
	return typeof value === "number" || typeof value === "boolean";
}

function isAmong({ among }: Filter, value: Value): boolean {
	return among === undefined || among.includes(value);
}

function shows({ field }: Filter, item: Json, value: Value): boolean {
	return propertyOf(item, field) === value;
}

function mentions(item: Json, value: Value): boolean {
	if (typeof item === "string") return item.toLowerCase().includes(String(value).toLowerCase());
	if (typeof item !== "object" || item === null) return item === value || String(item) === String(value);
	return Object.values(item).some((inner) => mentions(inner as Json, value));
}

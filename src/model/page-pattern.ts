import type { Json } from "../http/exchange.ts";
import type { Match, PagePattern, Pattern, Sorted } from "./pattern.ts";
import { compareSurely } from "./query/compare.ts";
import { type Bindings, isObject, propertyOf } from "./value.ts";

export interface PagePlace {
	readonly bindings: Bindings;
	readonly pointer: string;
	/** What is known when an item is this one; undefined when it cannot be. */
	readonly fits: (item: Pattern, actual: Json, bindings: Bindings) => Bindings | undefined;
}

/** Place in the order → index of the item that was seen there. */
type Seen = Readonly<Record<string, number>>;

/**
 * Holds one page of a list against everything that stands there: so many items as there must be, all known, all
 * different, none that was seen on another page of the same order, and each where it was seen before.
 */
export function matchPage(pattern: PagePattern, actual: Json | undefined, place: PagePlace): Match {
	if (pattern.beyond) return { ok: true, bindings: place.bindings };
	const { pointer } = place;
	if (!Array.isArray(actual)) {
		const what = actual === undefined ? "missing" : "not-a-list";
		return { ok: false, mismatch: { pointer, expected: undefined, actual, what } };
	}
	const page = actual as readonly Json[];
	const length = Math.max(0, Math.min(pattern.size, pattern.items.length - pattern.from));
	if (page.length < length)
		return { ok: false, mismatch: { pointer, expected: undefined, actual: undefined, what: "missing" } };
	const disorder = pattern.sorted === undefined ? undefined : firstDisorder(page, pattern.sorted);
	const wrong = page.length > length ? length : disorder;
	if (wrong !== undefined) return unexpected(page, wrong, pointer);
	return seat(pattern, page, place);
}

/** Gives each item of the page its place, as far as there is no doubt which item it is. */
function seat(pattern: PagePattern, page: readonly Json[], { bindings, pointer, fits }: PagePlace): Match {
	const before = (bindings.get(pattern.order) ?? {}) as Seen;
	const own = pattern.ranks?.areCertain === true ? pattern.ranks.of : undefined;
	const ranks = own?.toSorted((a, b) => a - b);
	const seen: Record<string, number> = { ...before };
	let known = bindings;
	let isSure = true;
	for (const [index, one] of page.entries()) {
		const place = String(pattern.from + index);
		const candidates = pattern.items.flatMap((item, number) => {
			const elsewhere = Object.entries(seen).some(([other, taken]) => taken === number && other !== place);
			const isOther = Object.hasOwn(before, place) && before[place] !== number;
			const isMisplaced = ranks !== undefined && own?.[number] !== ranks[pattern.from + index];
			const next = elsewhere || isOther || isMisplaced ? undefined : fits(item, one, known);
			return next === undefined ? [] : [{ number, next }];
		});
		const [only, other] = candidates;
		if (only === undefined) return unexpected(page, index, pointer);
		// Items that look alike may be taken for one another: where they stand tells nothing.
		if (other !== undefined) isSure = false;
		else {
			known = only.next;
			seen[place] = only.number;
		}
	}
	const { last } = pattern;
	const key = last === undefined ? undefined : (propertyOf(page.at(-1), last.property) as Json | undefined);
	const learned = new Map(isSure ? known : bindings);
	if (isSure) learned.set(pattern.order, seen);
	if (last !== undefined && key !== undefined) learned.set(last.value.name, key);
	return { ok: true, bindings: learned };
}

function unexpected(page: readonly Json[], index: number, pointer: string): Match {
	const at = `${pointer}/${index}`;
	return { ok: false, mismatch: { pointer: at, expected: undefined, actual: page[index], what: "unexpected" } };
}

/** The first item that surely stands behind one that belongs behind it. */
export function firstDisorder(page: readonly Json[], { property, descending }: Sorted): number | undefined {
	const values = page.map((one) => (isObject(one) ? propertyOf(one, property) : undefined));
	const index = values.findIndex((value, at) => {
		const order = at === 0 ? 0 : compareSurely(values[at - 1], value);
		return order !== undefined && (descending ? order < 0 : order > 0);
	});
	return index < 0 ? undefined : index;
}

import type { Call } from "../call.ts";
import { resourceActedOn } from "../effect.ts";
import { lineage } from "../model.ts";
import type { QueryLaw, Walk } from "../query-law.ts";
import { addressOf, type Scene } from "../scene.ts";
import { propertyOf, type Value } from "../value.ts";
import { chooses } from "./choosing.ts";
import type { Pager, PagerWay } from "./pager.ts";

/** Part after part of a list, until all of it was shown. */
export const pager: QueryLaw<Pager> = {
	kind: "pager",
	rule: "paging",
	sentence: (asking) => `shows every item once, on pages that ${asking.parameters.join(" and ")} choose`,
	documented: ({ parameters }) => `pages by ${parameters.join(" and ")}`,
	fields: () => [],
	rivals: (asking, { effect, query }, model) => {
		const resource = resourceActedOn(effect);
		const hasParent = resource !== undefined && lineage(model, resource).length > 1;
		const chooser = (query?.filters.length ?? 0) > 0 || query?.search !== undefined;
		return [
			...wayRivals(asking),
			...(asking.total === undefined && asking.totalHeader === undefined ? [] : totalRivals({ hasParent, chooser })),
		].map(([name, does]) => ({ name, asking: { ...asking, does } }));
	},
	tries: (asking, scene) => basesFor(scene).flatMap((base) => walks(asking, base)),
};

type Named = readonly [name: string, does: PagerWay];

/** What can go wrong with the length of a part. */
function sizeRivals({ style, size, sizes }: Pager): readonly Named[] {
	if (size === undefined) return [];
	return [
		["ignores the limit", "ignores-size"],
		["ignores the limit", "everything"],
		...(sizes.default === undefined ? [] : ([["ignores the limit", "usual-size"]] as const)),
		...(style === "page" ? ([["ignores the limit", "one-page-only"]] as const) : []),
		["one more than the limit", "one-more"],
		["one less than the limit", "one-less"],
	];
}

function wayRivals(pager: Pager): readonly Named[] {
	const { style, at, size, sizes, next, more, cursor, baseIsUsual } = pager;
	if (size === undefined && sizes.default === undefined) return [];
	const sized = sizeRivals(pager);
	if (at === undefined) return sized;
	const isNumbered = style === "page" || style === "limit-offset";
	const saysNext = (next !== undefined && cursor === "token" && !isNumbered) || more !== undefined;
	return [
		["always the first page", "always-first"],
		["repeats an item", "repeats-one"],
		["repeats an item", "repeats-more"],
		["skips an item", "skips-one"],
		["skips an item", "skips-more"],
		["drops the last page", "drops-last"],
		...(style === "limit-offset" ? ([["offset counts pages", "offset-counts-pages"]] as const) : []),
		...(style === "limit-offset" && size !== undefined
			? ([["ignores the offset without a limit", "offset-needs-size"]] as const)
			: []),
		...(style === "page" && baseIsUsual !== true ? ([["one page off", "other-base"]] as const) : []),
		...(saysNext ? ([["says too early that there is no more", "stops-early"]] as const) : []),
		...sized,
	];
}

function totalRivals({ hasParent, chooser }: { hasParent: boolean; chooser: boolean }): readonly Named[] {
	return [
		["total counts the page", "total-of-page"],
		...(chooser ? ([["total ignores the filter", "total-unfiltered"]] as const) : []),
		...(hasParent ? ([["total counts what other parents hold", "total-everywhere"]] as const) : []),
	];
}

interface Base {
	readonly call: Call;
	/** How many items there are on all pages. */
	readonly count: number;
}

/** What can be gone through page by page: all of it, and what a filter leaves, where nothing else moves. */
function basesFor(scene: Scene): readonly Base[] {
	const { call, behaviour, view } = scene;
	const { query } = behaviour;
	const all = { call, count: view.count(containerIn(scene)) };
	const filtered = (query?.filters ?? []).flatMap(({ parameter, field, compares, texts }): readonly Base[] => {
		if (compares !== "equal") return [];
		const [value, count] = commonest(scene, field);
		if (value === undefined || (typeof value === "string" && texts === "unknown" && !isOurs(scene, value))) return [];
		const ours = isOurs(scene, value) ? { ours: [parameter] } : {};
		return [{ call: { ...call, query: { ...call.query, [parameter]: value }, ...ours }, count }];
	});
	const isChosen = query !== undefined && chooses(query, call);
	return [...(isChosen ? [] : [all]), ...filtered].filter(({ count }) => count >= 2);
}

function containerIn(scene: Scene): string {
	return addressOf(scene, resourceActedOn(scene.behaviour.effect) ?? "").container;
}

function isOurs({ planning }: Scene, value: Value | undefined): boolean {
	return value !== undefined && planning?.isOurs?.(value) === true;
}

/** The value of a field that most items share. */
function commonest(scene: Scene, field: string): readonly [Value | undefined, number] {
	const values = scene.view.entries(containerIn(scene)).flatMap(({ value }) => {
		const held = propertyOf(value, field);
		return typeof held === "string" || typeof held === "number" || typeof held === "boolean" ? [held] : [];
	});
	const counts = Map.groupBy(values, (value) => value);
	const most = [...counts.values()].toSorted(
		(a, b) => Number(isOurs(scene, b[0])) - Number(isOurs(scene, a[0])) || b.length - a.length,
	)[0];
	return [most?.[0], most?.length ?? 0];
}

function walks(asking: Pager, { call, count }: Base): readonly Walk[] {
	const length = lengthFor(asking, count);
	if (length === undefined) return [];
	const { at, size, style, base, sizes } = asking;
	const sized = (items: number): Call =>
		size === undefined ? call : { ...call, query: { ...call.query, [size]: items } };
	const isNumbered = at !== undefined && (style === "page" || style === "limit-offset");
	const begin = sized(length);
	const first = isNumbered ? { ...begin, query: { ...begin.query, [at]: base } } : begin;
	// Where an offset is taken for the number of a page, the second page of few items is still within the list.
	const second = style === "limit-offset" && at !== undefined && size !== undefined && count > 3 && sizes.min <= 2;
	const alone = style === "limit-offset" && at !== undefined && size !== undefined;
	const fits = size !== undefined && count >= sizes.min && count <= (sizes.max ?? count);
	return [
		{ first, follows: at !== undefined },
		...(isNumbered ? [{ first: begin, follows: false }] : []),
		...(second ? [{ first: { ...begin, query: { ...begin.query, [size]: 2, [at]: base + 1 } }, follows: false }] : []),
		...(alone ? [{ first: { ...call, query: { ...call.query, [at]: base + 1 } }, follows: false }] : []),
		...(fits ? [{ first: sized(count), follows: false }] : []),
	];
}

const PAGES_MAX = 12;

/** Three pages, the last of them not full, where that can be had. */
function lengthFor({ size, sizes }: Pager, count: number): number | undefined {
	if (size === undefined) return sizes.default !== undefined && sizes.default < count ? sizes.default : undefined;
	const wanted = Math.max(sizes.min, Math.ceil(count / (count >= 5 ? 3 : 2)));
	const length = Math.min(wanted, sizes.max ?? wanted);
	return length < count && Math.ceil(count / length) <= PAGES_MAX ? length : undefined;
}

import { canonical } from "../unique.ts";
import type { Builder } from "./builder.ts";
import { bothGoals, type Contains, type Demand, type Goal, type ListDemand, NO_GOAL } from "./demand.ts";
import type { Built, Place } from "./place.ts";

/** Lists are not made longer than this. */
const ITEMS_MAX = 20_000;
/** How often another item is tried where it must differ from all before. */
const VARIANTS_MAX = 60;
const USUAL_MAX = 3;

/** A list that meets a demand. */
export function buildList(demand: Demand, place: Place, builder: Builder): Built {
	const { list } = demand;
	const matches = assignMatches(list);
	const least = Math.max(list.min, ...[...list.at.keys(), ...matches.keys()].map((index) => index + 1));
	if (least > ITEMS_MAX)
		return { ok: false, reason: `a list of ${least} items is longer than what is generated (${ITEMS_MAX})` };
	const wanted = chooseLength(list, { least, place, builder });
	const items: unknown[] = [];
	const seen = new Set<string>();
	for (let index = 0; index < wanted; index++) {
		const built = buildItem(
			{ index, goal: goalAt(list, index, matches), seen: list.isUnique ? seen : undefined },
			place,
			builder,
		);
		if (built.ok) items.push(built.value);
		else if (index < least) return built;
		else break;
	}
	if (!list.repeats) return { ok: true, value: items };
	items[1] = items[0];
	return items.length < 2
		? { ok: false, reason: "a list must hold the same item twice and has no room" }
		: { ok: true, value: items };
}

function chooseLength(
	list: ListDemand,
	{ least, place, builder }: { least: number; place: Place; builder: Builder },
): number {
	const most = Math.min(list.max, ITEMS_MAX);
	const usual = place.random("length").integer(1, USUAL_MAX);
	const rest = goalAt(list, least, new Map());
	const isSparing = builder.optional === "none" || builder.isSparing(place) || builder.isRecursion(rest, place);
	const prefix = Math.max(0, ...list.rules.map((rule) => rule.prefix.length));
	if (list.rules.length === 0 && list.at.size === 0) return Math.min(most, Math.max(least, isSparing ? 0 : 1));
	return isSparing ? least : Math.min(most, Math.max(least, prefix > 0 ? prefix : usual));
}

/** Which items serve which `contains`: each has its own, until there is no room; then they share. */
function assignMatches(list: ListDemand): ReadonlyMap<number, readonly Contains[]> {
	const matches = new Map<number, Contains[]>();
	const room = Math.min(list.max, ITEMS_MAX);
	let next = 0;
	for (const one of list.contains) {
		for (let count = 0; count < Math.min(one.min, room); count++) {
			const index = next++ % Math.max(1, room);
			matches.set(index, [...(matches.get(index) ?? []), one]);
		}
	}
	return matches;
}

function goalAt(list: ListDemand, index: number, matches: ReadonlyMap<number, readonly Contains[]>): Goal {
	const own = matches.get(index) ?? [];
	const all = list.rules.flatMap((rule) => rule.prefix[index] ?? rule.rest ?? []);
	for (const { scope, schema } of list.unevaluated) {
		const isSeen = list.rules.some(
			(rule) => rule.scopes.includes(scope) && (rule.prefix[index] ?? rule.rest) !== undefined,
		);
		if (!isSeen && !own.some((one) => one.scopes.includes(scope))) all.push(schema);
	}
	const limited = list.contains.filter((one) => Number.isFinite(one.max) && !own.includes(one));
	const goal = {
		all: [...all, ...own.flatMap((one) => one.goal.all)],
		none: limited.flatMap((one) => one.goal.all),
	};
	return bothGoals(goal, list.at.get(index) ?? NO_GOAL);
}

interface Item {
	readonly index: number;
	readonly goal: Goal;
	readonly seen: Set<string> | undefined;
}

function buildItem({ index, goal, seen }: Item, place: Place, builder: Builder): Built {
	if (seen === undefined) return builder.build(goal, builder.inside(place, index));
	for (let variant = 0; variant < VARIANTS_MAX; variant++) {
		const built = builder.build(goal, builder.inside(place, index, index + variant));
		if (!built.ok) return built;
		const key = canonical(built.value);
		if (seen.has(key)) continue;
		seen.add(key);
		return built;
	}
	return { ok: false, reason: `item ${index} can be nothing that is not in the list already` };
}

import { admit, type Told, UNSPECIFIED, type World } from "../../model/judge.ts";
import type { Model } from "../../model/model.ts";
import { outcomes } from "../../model/outcome.ts";
import { sceneOf } from "../../model/scene.ts";
import { apply, type State, viewOf } from "../../model/state.ts";
import { identify, type Value } from "../../model/value.ts";

/** One request of a history in which several were under way at once. */
export interface Operation {
	/** Without an answer the request may have taken effect, now or later, or not at all. */
	readonly told: Told | undefined;
	readonly call: Told["call"];
	/** On one clock, in milliseconds: when it was sent, and when its answer was there. */
	readonly startMs: number;
	readonly endMs: number;
}

export type Linearization =
	| { readonly kind: "explained"; readonly order: readonly number[] }
	/** No order that respects time explains the answers. `longest`: the best try, as indices. */
	| { readonly kind: "unexplained"; readonly longest: readonly number[] }
	/** An answer decides nothing, or the search met its limit. */
	| { readonly kind: "undecided"; readonly reason: string };

/** Beyond so many steps a history is too tangled to be told anything about. */
const STEPS_MAX = 20_000;
/** Beyond so many possible worlds nothing useful is known any more. */
const WORLDS_MAX = 16;

/**
 * Searches for an order of the requests, compatible with when each was under way, in which the model admits every
 * answer (Wing and Gong 1993, with the states that led nowhere remembered as Lowe 2017 does).
 *
 * @example linearize(model, [start], operations).kind === "explained"
 */
export function linearize(model: Model, start: readonly World[], operations: readonly Operation[]): Linearization {
	const search: Search = { model, operations, deadEnds: new Set(), steps: 0, longest: [], isTangled: false };
	const order = explore(search, { worlds: start, order: [], done: 0n });
	if (order !== undefined) return { kind: "explained", order };
	if (search.isTangled)
		return { kind: "undecided", reason: "the answers decide nothing, or there are too many orders" };
	return { kind: "unexplained", longest: search.longest };
}

interface Search {
	readonly model: Model;
	readonly operations: readonly Operation[];
	readonly deadEnds: Set<string>;
	steps: number;
	longest: readonly number[];
	/** Something on the way was not decided: that no order was found proves nothing. */
	isTangled: boolean;
}

interface Node {
	readonly worlds: readonly World[];
	readonly order: readonly number[];
	/** A bit for each operation that has its place. */
	readonly done: bigint;
}

function explore(search: Search, node: Node): readonly number[] | undefined {
	const { operations } = search;
	const open = operations.flatMap((_, index) => ((node.done >> BigInt(index)) & 1n ? [] : [index]));
	if (open.every((index) => operations[index]?.told === undefined)) return node.order;
	if (node.order.length > search.longest.length) search.longest = node.order;
	const name = `${node.done} ${node.worlds.map(nameOf).toSorted().join("|")}`;
	if (search.deadEnds.has(name)) return undefined;
	if (++search.steps > STEPS_MAX) {
		search.isTangled = true;
		return undefined;
	}
	// What was answered before another was sent comes before it.
	const firstEnd = Math.min(...open.map((index) => endOf(operations[index])));
	for (const index of open) {
		const operation = operations[index];
		if (operation === undefined || operation.startMs > firstEnd) continue;
		for (const worlds of after(search, node.worlds, operation)) {
			const found = explore(search, { worlds, order: [...node.order, index], done: node.done | (1n << BigInt(index)) });
			if (found !== undefined) return found;
		}
	}
	search.deadEnds.add(name);
	return undefined;
}

function endOf(operation: Operation | undefined): number {
	return operation?.told === undefined ? Number.POSITIVE_INFINITY : operation.endMs;
}

/** The ways in which things may stand after one request; none when the model does not admit its answer here. */
function after(search: Search, worlds: readonly World[], { call, told }: Operation): readonly (readonly World[])[] {
	if (told === undefined) return [worlds.flatMap((world) => effectsIn(search.model, world, call))];
	const step = admit(search.model, worlds, told);
	if (step.kind === "rejected") return [];
	if (step.kind === "admitted") {
		if (step.worlds.length <= WORLDS_MAX) return [distinct(step.worlds)];
		search.isTangled = true;
		return [];
	}
	// An excused refusal has done nothing; a failure may have done its work all the same.
	const failed = told.status >= 500 ? worlds.flatMap((world) => effectsIn(search.model, world, call)) : [];
	return [distinct([...worlds, ...failed])];
}

/** What a request does when nothing is known of its answer. */
function effectsIn(model: Model, world: World, call: Told["call"]): readonly World[] {
	const step = admit(model, [world], { call, status: 200, body: UNSPECIFIED });
	if (step.kind === "admitted") return step.worlds;
	const [outcome] = outcomes(sceneOf(model, viewOf(world.state), call));
	return outcome === undefined ? [] : [{ ...world, state: apply(world.state, outcome.changes) }];
}

function distinct(worlds: readonly World[]): readonly World[] {
	return [...new Map(worlds.map((world) => [nameOf(world), world])).values()];
}

const stateNames = new WeakMap<State, string>();

/** Two worlds of one name go on alike. */
function nameOf({ state, bindings }: World): string {
	const known = stateNames.get(state) ?? nameState(state);
	stateNames.set(state, known);
	return `${known} ${identify([...bindings].toSorted(([a], [b]) => (a < b ? -1 : 1)) as unknown as Value)}`;
}

function nameState({ containers, counters, aliases, gone }: State): string {
	const sorted = (map: ReadonlyMap<string, unknown>): unknown =>
		[...map].filter(([, value]) => !Array.isArray(value) || value.length > 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
	// In which order things went is nothing that anybody can see.
	const goneAnyhow = new Map([...gone].map(([name, keys]) => [name, keys.map(identify).toSorted()]));
	return identify([sorted(containers), sorted(counters), aliases, sorted(goneAnyhow)] as unknown as Value);
}

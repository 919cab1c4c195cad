import { lawOf } from "../../model/effect-laws.ts";
import { admit, type Told, UNSPECIFIED, type World } from "../../model/judge.ts";
import { behaviourOf, type Model } from "../../model/model.ts";
import { outcomes } from "../../model/outcome.ts";
import { sceneOf } from "../../model/scene.ts";
import { apply, type Entry, type State, viewOf } from "../../model/state.ts";
import { identify, type Value } from "../../model/value.ts";
import { areApart, type Reach, reachOf } from "./reach.ts";

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
	const reaches = operations.map(({ call }) => reachOf(model, call));
	const search: Search = { model, operations, reaches, deadEnds: new Set(), steps: 0, longest: [], isTangled: false };
	const order = explore(search, { worlds: start, order: [], open: [...operations.keys()] });
	if (order !== undefined) return { kind: "explained", order };
	if (search.isTangled)
		return { kind: "undecided", reason: "the answers decide nothing, or there are too many orders" };
	return { kind: "unexplained", longest: search.longest };
}

interface Search {
	readonly model: Model;
	readonly operations: readonly Operation[];
	/** How far each operation reaches. */
	readonly reaches: readonly (Reach | undefined)[];
	readonly deadEnds: Set<string>;
	steps: number;
	longest: readonly number[];
	/** Something on the way was not decided: that no order was found proves nothing. */
	isTangled: boolean;
}

interface Node {
	readonly worlds: readonly World[];
	readonly order: readonly number[];
	/** Indices of the operations that have no place yet. */
	readonly open: readonly number[];
}

function explore(search: Search, node: Node): readonly number[] | undefined {
	const { operations } = search;
	const { open } = node;
	if (open.every((index) => operations[index]?.told === undefined)) return node.order;
	if (node.order.length > search.longest.length) search.longest = node.order;
	const standing = nameAll(node.worlds);
	const name = `${open.join()} ${standing}`;
	if (search.deadEnds.has(name)) return undefined;
	if (++search.steps > STEPS_MAX) {
		search.isTangled = true;
		return undefined;
	}
	for (const { index, ways } of choicesAt(search, node, standing)) {
		for (const worlds of ways) {
			const rest = open.filter((one) => one !== index);
			const found = explore(search, { worlds, order: [...node.order, index], open: rest });
			if (found !== undefined) return found;
		}
	}
	search.deadEnds.add(name);
	return undefined;
}

/** The operations of which each must be tried next; one is enough where it makes no difference to the others. */
function choicesAt(search: Search, node: Node, standing: string): readonly Next[] {
	const { operations } = search;
	const candidates = candidatesIn(search, node);
	const alone = candidates.find((index) => operations[index]?.told !== undefined && isAlone(search, node, index));
	const nexts = (alone === undefined ? candidates : [alone]).map((index): Next => {
		return { index, ways: after(search, node.worlds, operations[index] as Operation) };
	});
	// What never changes anything and is admitted here can stand here in every order.
	const idle = nexts.find(({ index, ways }) => changesNothing(search, index) && isIdle(ways, standing));
	return idle === undefined ? nexts : [idle];
}

/** A reading request, and one that was refused. */
function changesNothing({ model, operations }: Search, index: number): boolean {
	const { told, call } = operations[index] as Operation;
	if (told === undefined) return false;
	return (told.status >= 400 && told.status < 500) || !lawOf(behaviourOf(model, call.operation).effect).writes;
}

/** Whether every other request comes after this one anyway, or has nothing to do with it. */
function isAlone({ operations, reaches }: Search, { open }: Node, index: number): boolean {
	const own = operations[index];
	return open.every((other) => {
		const isLater = (operations[other]?.startMs ?? 0) > endOf(own);
		return other === index || isLater || areApart(reaches[index], reaches[other]);
	});
}

interface Next {
	readonly index: number;
	readonly ways: readonly (readonly World[])[];
}

/** What may come next: what was answered before another was sent comes before it. */
function candidatesIn({ operations }: Search, { open }: Node): readonly number[] {
	let firstEnd = Number.POSITIVE_INFINITY;
	for (const index of open) firstEnd = Math.min(firstEnd, endOf(operations[index]));
	return open.filter((index) => (operations[index]?.startMs ?? 0) <= firstEnd);
}

function isIdle([only, ...others]: Next["ways"], standing: string): boolean {
	return only !== undefined && others.length === 0 && nameAll(only) === standing;
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
	return worlds.length < 2 ? worlds : [...new Map(worlds.map((world) => [nameOf(world), world])).values()];
}

/** Under one name the same may be true. */
function nameAll(worlds: readonly World[]): string {
	const [only] = worlds;
	return only !== undefined && worlds.length === 1 ? nameOf(only) : worlds.map(nameOf).toSorted().join("|");
}

/** Two worlds of one name go on alike. */
const nameOf: (world: World) => string = remembered(({ state, bindings }: World) => {
	return `${nameState(state)} ${nameBindings(bindings)}`;
});

const nameBindings: (bindings: World["bindings"]) => string = remembered((bindings) =>
	identify([...bindings].toSorted(([a], [b]) => (a < b ? -1 : 1)) as unknown as Value),
);

const nameState: (state: State) => string = remembered(({ containers, counters, aliases, gone }: State) => {
	const parts = [namesIn(containers, nameEntries), namesIn(gone, nameGone)];
	return `${parts.join(" ")} ${nameCounters(counters)} ${aliases.length === 0 ? "" : identify(aliases as unknown as Value)}`;
});

function namesIn<Held extends object>(
	map: ReadonlyMap<string, Held & { readonly length: number }>,
	nameHeld: (held: Held) => string,
): string {
	const named: string[] = [];
	for (const [name, held] of map) if (held.length > 0) named.push(`${name}=${nameHeld(held)}`);
	return named.sort().join();
}

/** A change makes a new list of what it changes and leaves the others: each is named once. */
const nameEntries: (entries: readonly Entry[]) => string = remembered((entries: readonly Entry[]) =>
	entries.map(nameEntry).join(),
);

const nameEntry: (entry: Entry) => string = remembered(
	({ key, value }: Entry) => `${identify(key)}:${key === value ? "" : identify(value)}`,
);

/** In which order things went is nothing that anybody can see. */
const nameGone: (keys: readonly Value[]) => string = remembered((keys: readonly Value[]) =>
	keys.map(identify).sort().join(),
);

const nameCounters: (counters: State["counters"]) => string = remembered((counters: State["counters"]) =>
	[...counters]
		.map(([name, count]) => `${name}=${count}`)
		.sort()
		.join(),
);

/** The same function, that looks at each value once. */
function remembered<Of extends object>(tell: (value: Of) => string): (value: Of) => string {
	const known = new WeakMap<Of, string>();
	return (value) => {
		const told = known.get(value);
		if (told !== undefined) return told;
		const text = tell(value);
		known.set(value, text);
		return text;
	};
}

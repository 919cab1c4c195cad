import type { Schema } from "../schema.ts";
import { breakSchema } from "./break-schema.ts";
import { complexityOf } from "./complexity.ts";
import { ANYTHING, contradiction, type Demand, type Goal, settleKinds } from "./demand.ts";
import { type Alternative, fails, holds, type Literal } from "./literal.ts";
import type { Random } from "./random.ts";
import { EXCLUSIVE, requireSchema } from "./require-schema.ts";

/** How choices are made at one place of a value. */
export interface Chooser {
	readonly random: Random;
	/** A value of this place was of several alternatives of a `oneOf`: now work for exclusiveness. */
	readonly isExclusive: boolean;
	/** Deep inside, simple alternatives come first, so that recursion ends. */
	readonly prefersSimple: boolean;
	/** Counts down; what would take more is given up. */
	readonly steps: { left: number };
	/** Told why a way leads nowhere. */
	blame(reason: string): void;
}

/** Thrown when the steps are used up; caught where generation begins. */
export class GaveUp extends Error {}

interface State {
	demand: Demand;
	readonly todo: Literal[];
	readonly pending: (readonly Alternative[])[];
	/** Schemas that hold, and names of them with the scopes they are seen from: what holds again says nothing new. */
	readonly held: Set<Schema | string>;
	readonly failed: Set<Schema>;
	scopes: number;
	readonly choices: number;
}

/** Choices within choices; documents that people write have a handful. */
const CHOICES_MAX = 600;

/**
 * The demands that a goal comes down to, one for each consistent set of choices, the preferred first. Lazy: most callers
 * need only the first.
 */
export function* demandsOf(goal: Goal, chooser: Chooser): Generator<Demand> {
	const todo = [...goal.all.flatMap((one) => holds(one)), ...goal.none.flatMap((one) => fails(one))].reverse();
	yield* solve(
		{ demand: ANYTHING, todo, pending: [], held: new Set(), failed: new Set(), scopes: 0, choices: 0 },
		chooser,
	);
}

function* solve(state: State, chooser: Chooser): Generator<Demand> {
	if (!settleLiterals(state, chooser)) return;
	const reason = contradiction(state.demand);
	if (reason !== undefined) {
		chooser.blame(reason);
		return;
	}
	const next = takeSmallest(state.pending);
	if (next === undefined) {
		yield settleKinds(state.demand);
		return;
	}
	if (state.choices > CHOICES_MAX) throw new GaveUp();
	for (const alternative of order(next, chooser)) {
		const limit = alternative.rank === EXCLUSIVE ? EXCLUSIVE_MAX : Number.POSITIVE_INFINITY;
		yield* first(
			limit,
			solve(
				{
					...state,
					todo: [...alternative.literals()].reverse(),
					pending: [...state.pending],
					held: new Set(state.held),
					failed: new Set(state.failed),
					choices: state.choices + 1,
				},
				chooser,
			),
		);
	}
}

/** How many ways are tried to keep one alternative apart from all others, before another one is. */
const EXCLUSIVE_MAX = 8;

function* first<T>(limit: number, items: Iterable<T>): Generator<T> {
	let count = 0;
	for (const item of items) {
		if (count++ >= limit) return;
		yield item;
	}
}

/** Works through all that needs no choice; false when it contradicts itself. */
function settleLiterals(state: State, chooser: Chooser): boolean {
	for (let literal = state.todo.pop(); literal !== undefined; literal = state.todo.pop()) {
		if (chooser.steps.left-- <= 0) throw new GaveUp();
		if (literal.kind === "patch") state.demand = literal.patch(state.demand);
		else if (literal.kind === "choice") choose(literal.alternatives, state);
		else if (literal.kind === "holds" ? !hold(literal, state) : !fail(literal.schema, state)) return false;
	}
	return true;
}

const numbers = new WeakMap<Schema, number>();
let count = 0;

function numberOf(schema: Schema): number {
	const number = numbers.get(schema) ?? count++;
	numbers.set(schema, number);
	return number;
}

function hold({ schema, scopes }: Extract<Literal, { kind: "holds" }>, state: State): boolean {
	if (state.failed.has(schema)) return false;
	const key = scopes.length === 0 ? schema : `${numberOf(schema)} seen from ${scopes.join()}`;
	if (state.held.has(key)) return true;
	state.held.add(key).add(schema);
	state.todo.push(...[...requireSchema(schema, scopes, state.scopes++)].reverse());
	return true;
}

function fail(schema: Schema, state: State): boolean {
	if (state.held.has(schema)) return false;
	if (state.failed.has(schema)) return true;
	state.failed.add(schema);
	const ways = breakSchema(schema);
	if (ways.length === 0) return false;
	choose(ways, state);
	return true;
}

/** What has one alternative is no choice. */
function choose(alternatives: readonly Alternative[], state: State): void {
	const [only] = alternatives;
	if (only !== undefined && alternatives.length === 1) state.todo.push(...[...only.literals()].reverse());
	else state.pending.push(alternatives);
}

/** The choice with the fewest alternatives is made first: it rules out most. */
function takeSmallest(pending: (readonly Alternative[])[]): readonly Alternative[] | undefined {
	let best = 0;
	for (const [index, alternatives] of pending.entries()) {
		if (alternatives.length < (pending[best]?.length ?? 0)) best = index;
	}
	return pending.splice(best, 1)[0];
}

function order(alternatives: readonly Alternative[], chooser: Chooser): readonly Alternative[] {
	const weigh = (one: Alternative): number => {
		if (one.rank === EXCLUSIVE && chooser.isExclusive) return -1;
		if (one.rank === EXCLUSIVE || !chooser.prefersSimple) return one.rank;
		return one.rank + complexityOf(one.literals());
	};
	return chooser.random
		.shuffle(alternatives)
		.map((alternative) => ({ alternative, weight: weigh(alternative) }))
		.sort((a, b) => a.weight - b.weight)
		.map(({ alternative }) => alternative);
}

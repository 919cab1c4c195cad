import { lazy } from "../contract/lazy.ts";
import type { Guard } from "../model/guard.ts";
import type { Behaviour, Model } from "../model/model.ts";

/** What is looked at first when several things are wrong: who asks, how often, for what, with what, against what. */
const RANKS: Readonly<Record<Guard["kind"], number>> = {
	credentials: 0,
	limit: 1,
	rate: 1,
	scope: 1.5,
	exists: 3,
	frozen: 6,
	applies: 6,
	"read-only": 6,
	valid: 4,
	member: 5,
	refers: 5,
	when: 6,
	unique: 7,
	keep: 8,
	unused: 8,
	// It refuses nobody: what belongs to others is not there.
	partition: 9,
	// Nor does what is written down.
	records: 9,
};

/** A path value that breaks its rules is invalid and not merely absent, so input goes before existence. */
const INPUT_FIRST = 2;

/** A model whose guards stand in the order in which the mock looks at them. */
export interface Precedence {
	readonly usual: Model;
	/** For calls whose path is flawed. */
	readonly pathFlawed: Model;
	/** For answers that are asked for whatever the state is: only who asks, and with what, is looked at. */
	readonly stateless: () => Model;
}

/**
 * Puts guards into the mock's order: credentials, rate limit, existence, input, membership, conflict.
 *
 * @example createPrecedence(model).usual.behaviours.get("dial")?.guards.map(({ kind }) => kind) // ["credentials", "limit", …]
 */
export function createPrecedence(model: Model): Precedence {
	return {
		usual: withOrder(model, (guard) => RANKS[guard.kind]),
		pathFlawed: withOrder(model, (guard, { guards }) =>
			guard.kind === "valid" && isTold(guard, guards) ? INPUT_FIRST : RANKS[guard.kind],
		),
		stateless: lazy(() => withGuards(model, ({ guards }) => guards.filter(({ kind }) => STATELESS.has(kind)))),
	};
}

/** Where only the absence is documented, an impossible id is told as an absent one. */
function isTold(input: Guard, guards: readonly Guard[]): boolean {
	return input.statuses.length > 0 || guards.every((guard) => guard.kind !== "exists" || guard.statuses.length === 0);
}

/** Whether a refusal by this guard comes before the body is looked at. */
export function precedesInput(guard: Guard | undefined): boolean {
	return guard !== undefined && RANKS[guard.kind] < RANKS.valid;
}

const STATELESS: ReadonlySet<Guard["kind"]> = new Set(["credentials", "scope", "valid"]);

function withOrder(model: Model, rank: (guard: Guard, behaviour: Behaviour) => number): Model {
	return withGuards(model, (behaviour) => behaviour.guards.toSorted((a, b) => rank(a, behaviour) - rank(b, behaviour)));
}

function withGuards(model: Model, guardsOf: (behaviour: Behaviour) => readonly Guard[]): Model {
	const behaviours = [...model.behaviours].map(([id, behaviour]): [string, Behaviour] => [
		id,
		{ ...behaviour, guards: guardsOf(behaviour) },
	]);
	return { ...model, behaviours: new Map(behaviours) };
}

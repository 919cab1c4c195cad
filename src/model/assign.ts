import type { Json } from "../http/exchange.ts";
import type { Bindings } from "./value.ts";

/** Which actual items the expected ones turned out to be. */
export interface Assignment {
	readonly bindings: Bindings;
	/** Indices of actual items. */
	readonly taken: ReadonlySet<number>;
	/** So many expected items may still be missing. */
	readonly lacks: number;
}

export type Assigned<Item> =
	| ({ readonly kind: "found" } & Assignment)
	| { readonly kind: "none"; readonly item: Item }
	/** There were too many ways to try. */
	| { readonly kind: "unknown" };

export interface Assigning<Item> {
	readonly expected: readonly Item[];
	readonly actual: readonly Json[];
	/** The actual items stand in the order of the expected ones. */
	readonly inOrder: boolean;
	/** What is known when the item is this one; undefined when it cannot be. */
	readonly fits: (item: Item, actual: Json, bindings: Bindings) => Bindings | undefined;
}

/** Longer lists are not searched for another assignment than the first one. */
const SEARCHED_MAX = 100;

/**
 * Gives each expected item an actual one of its own. A list that is right is assigned at the first try, nearly always;
 * the search is for lists whose items look alike.
 */
export function assign<Item>(assigning: Assigning<Item>, start: Assignment): Assigned<Item> {
	const greedy = assignGreedily(assigning, start);
	const { expected, actual, fits } = assigning;
	if (greedy.kind === "found" || expected.length > SEARCHED_MAX) return greedy;
	const lost = expected.filter((item) => !actual.some((one) => fits(item, one, start.bindings) !== undefined));
	return lost.length > start.lacks ? greedy : assignBySearch(assigning, start, greedy);
}

function assignGreedily<Item>({ expected, actual, inOrder, fits }: Assigning<Item>, start: Assignment): Assigned<Item> {
	const taken = new Set<number>();
	let { bindings, lacks } = start;
	let after = 0;
	for (const item of expected) {
		let known: Bindings | undefined;
		const index = actual.findIndex((one, candidate) => {
			if (candidate < after || taken.has(candidate)) return false;
			known = fits(item, one, bindings);
			return known !== undefined;
		});
		if (index < 0 && lacks-- <= 0) return { kind: "none", item };
		if (index < 0) continue;
		bindings = known ?? bindings;
		taken.add(index);
		if (inOrder) after = index + 1;
	}
	return { kind: "found", bindings, taken, lacks };
}

const TRIES_MAX = 2_000;

/** Goes back when a choice leaves nothing for a later item: items that look alike may be taken for one another. */
function assignBySearch<Item>(
	assigning: Assigning<Item>,
	start: Assignment,
	otherwise: Assigned<Item>,
): Assigned<Item> {
	let tries = 0;
	const search = (at: number, state: Assignment): Assignment | undefined => {
		if (at === assigning.expected.length) return state;
		for (const next of choices(assigning, at, state)) {
			if (tries++ >= TRIES_MAX) return undefined;
			const found = search(at + 1, next);
			if (found !== undefined) return found;
		}
		return undefined;
	};
	const found = search(0, start);
	if (found !== undefined) return { kind: "found", ...found };
	return tries < TRIES_MAX ? otherwise : { kind: "unknown" };
}

/** Every actual item that this expected one can be, and last, as long as that is allowed, none. */
function* choices<Item>(
	{ expected, actual, inOrder, fits }: Assigning<Item>,
	at: number,
	state: Assignment,
): Generator<Assignment> {
	const after = inOrder ? Math.max(-1, ...state.taken) : -1;
	for (const [index, one] of actual.entries()) {
		if (index <= after || state.taken.has(index)) continue;
		const bindings = fits(expected[at] as Item, one, state.bindings);
		if (bindings !== undefined) yield { ...state, bindings, taken: new Set(state.taken).add(index) };
	}
	if (state.lacks > 0) yield { ...state, lacks: state.lacks - 1 };
}

import type { AST } from "@eslint-community/regexpp";
import { type CharacterSet, charactersOf, intersection } from "./character-set.ts";

/** How much a backtracking engine may have to do for a pattern, in the length of the text. */
export type Risk = { readonly kind: "polynomial"; readonly loops: number } | { readonly kind: "exponential" };

const POSITIONS_MAX = 120;
const COPIES_MAX = 8;
/** A repetition of fewer than this counts as no loop: it multiplies the work by a constant. */
const LOOP_MIN = 16;

/** Where a piece of a pattern can begin and end; positions are numbers into `sets`. */
interface Piece {
	readonly first: readonly number[];
	readonly last: readonly number[];
	readonly isOptional: boolean;
}

interface Automaton {
	readonly sets: CharacterSet[];
	/** For each position, those that can follow; one that can follow in two ways is named twice. */
	readonly follow: number[][];
	loops: number;
}

/** Thrown and caught in this file: the pattern is beyond what is analysed. */
class Unanalysable extends Error {}

const NOTHING: Piece = { first: [], last: [], isOptional: true };

/**
 * Judges a pattern by its position automaton. It is exponential when some text leads from a position back to itself
 * in two ways; else the work is bounded by the length to the power of the loops plus one. What cannot be analysed
 * (back references, huge patterns) counts as exponential.
 * Source: Weber and Seidl, On the degree of ambiguity of finite automata, 1991.
 */
export function riskOf(pattern: AST.Pattern): Risk {
	const automaton: Automaton = { sets: [], follow: [], loops: 0 };
	try {
		alternatives(pattern.alternatives, automaton);
		if (isAmbiguous(automaton)) return { kind: "exponential" };
		// One way through a text, or a few, however many loops there are: only where it begins is tried again and again.
		return { kind: "polynomial", loops: hasFewWays(automaton) ? Math.min(1, automaton.loops) : automaton.loops };
	} catch (error) {
		if (error instanceof Unanalysable || error instanceof RangeError) return { kind: "exponential" };
		throw error;
	}
}

function alternatives(list: readonly AST.Alternative[], automaton: Automaton): Piece {
	const pieces = list.map((one) =>
		one.elements.map((element) => piece(element, automaton)).reduce(join(automaton), NOTHING),
	);
	return {
		first: pieces.flatMap((one) => one.first),
		last: pieces.flatMap((one) => one.last),
		isOptional: pieces.some((one) => one.isOptional),
	};
}

function join(automaton: Automaton): (a: Piece, b: Piece) => Piece {
	return (a, b) => {
		connect(a.last, b.first, automaton);
		return {
			first: a.isOptional ? [...a.first, ...b.first] : a.first,
			last: b.isOptional ? [...a.last, ...b.last] : b.last,
			isOptional: a.isOptional && b.isOptional,
		};
	};
}

function connect(from: readonly number[], to: readonly number[], automaton: Automaton): void {
	for (const position of from) automaton.follow[position]?.push(...to);
}

function piece(element: AST.Element, automaton: Automaton): Piece {
	switch (element.type) {
		case "Group":
		case "CapturingGroup":
			return alternatives(element.alternatives, automaton);
		case "Quantifier":
			return repetition(element, automaton);
		case "Assertion":
			return assertion(element, automaton);
		case "Backreference":
			throw new Unanalysable();
		default:
			return position(charactersOf(element), automaton);
	}
}

function position(set: CharacterSet, automaton: Automaton): Piece {
	const index = automaton.sets.push(set) - 1;
	automaton.follow.push([]);
	if (index >= POSITIONS_MAX) throw new Unanalysable();
	return { first: [index], last: [index], isOptional: false };
}

function assertion(element: AST.Assertion, automaton: Automaton): Piece {
	if (element.kind !== "lookahead" && element.kind !== "lookbehind") return NOTHING;
	const inner = riskOf({ ...element, type: "Pattern", parent: null } as unknown as AST.Pattern);
	if (inner.kind === "exponential") throw new Unanalysable();
	automaton.loops += inner.loops;
	return NOTHING;
}

function repetition({ element, min, max }: AST.Quantifier, automaton: Automaton): Piece {
	if (max === 0) return NOTHING;
	if (min === max && max <= COPIES_MAX) {
		const copies = Array.from({ length: max }, () => piece(element, automaton));
		return copies.reduce(join(automaton), NOTHING);
	}
	const inner = piece(element, automaton);
	if (max > 1) connect(inner.last, inner.first, automaton);
	if (max >= LOOP_MIN) automaton.loops++;
	return { ...inner, isOptional: inner.isOptional || min === 0 };
}

/** Two walkers read the same text: can they start together, part, and meet again where they started? */
function isAmbiguous({ sets, follow }: Automaton): boolean {
	const size = sets.length;
	const overlaps = sets.map((a) => sets.map((b) => intersection(a, b).length > 0));
	const reaches = reachability(follow);
	const doubled = follow.some((next, from) => hasDouble(next.filter((to) => reaches[to]?.has(from))));
	if (doubled) return true;
	for (let start = 0; start < size; start++) {
		if (reaches[start]?.has(start) && canPartAndMeet(start, { follow, overlaps, reaches })) return true;
	}
	return false;
}

/** Beyond this many positions it costs more to find out than it saves. */
const WAYS_POSITIONS_MAX = 16;

/**
 * Whether the number of ways to read a text is bounded whatever its length: no two positions p and q of which one text
 * leads from p to p, from p to q and from q to q. Characters are compared in pairs, so that it rather says no.
 */
function hasFewWays({ sets, follow }: Automaton): boolean {
	const size = sets.length;
	if (size > WAYS_POSITIONS_MAX) return false;
	const overlaps = sets.map((a) => sets.map((b) => intersection(a, b).length > 0));
	const reaches = reachability(follow);
	const looping = sets.map((_, position) => position).filter((position) => reaches[position]?.has(position));
	return !looping.some((p) =>
		looping.some((q) => p !== q && reaches[p]?.has(q) === true && meetsThrice(p, q, { follow, overlaps, reaches })),
	);
}

/** From (p, p, q) to (p, q, q), all three reading the same text. */
function meetsThrice(p: number, q: number, walk: Walk): boolean {
	const size = walk.follow.length;
	const codeOf = ([a, b, c]: Trio): number => (a * size + b) * size + c;
	const goal = codeOf([p, q, q]);
	const known = new Set([codeOf([p, p, q])]);
	const open: Trio[] = [[p, p, q]];
	for (let trio = open.pop(); trio !== undefined; trio = open.pop()) {
		for (const next of stepsOf(trio, walk)) {
			if (codeOf(next) === goal) return true;
			if (known.has(codeOf(next))) continue;
			known.add(codeOf(next));
			open.push(next);
		}
	}
	return false;
}

type Trio = readonly [number, number, number];

/** Where three walkers can go by one character. */
function stepsOf([a, b, c]: Trio, { follow, overlaps }: Walk): readonly Trio[] {
	const pairs = (follow[a] ?? []).flatMap((x) =>
		(follow[b] ?? []).flatMap((y) => (overlaps[x]?.[y] === true ? [[x, y] as const] : [])),
	);
	return pairs.flatMap(([x, y]) =>
		(follow[c] ?? []).flatMap((z): readonly Trio[] =>
			overlaps[x]?.[z] === true && overlaps[y]?.[z] === true ? [[x, y, z]] : [],
		),
	);
}

function hasDouble(list: readonly number[]): boolean {
	return new Set(list).size < list.length;
}

function reachability(follow: readonly (readonly number[])[]): readonly ReadonlySet<number>[] {
	return follow.map((next) => {
		const seen = new Set(next);
		for (const position of seen) for (const further of follow[position] ?? []) seen.add(further);
		return seen;
	});
}

interface Walk {
	readonly follow: readonly (readonly number[])[];
	readonly overlaps: readonly (readonly boolean[])[];
	readonly reaches: readonly ReadonlySet<number>[];
}

/** Both walkers stay on positions from which the start can be reached, so wherever they meet they can go back to it. */
function canPartAndMeet(start: number, walk: Walk): boolean {
	const size = walk.follow.length;
	const seen = new Set<number>();
	const queue: (readonly [number, number])[] = [[start, start]];
	for (let pair = queue.pop(); pair !== undefined; pair = queue.pop()) {
		const hasParted = pair[0] !== pair[1];
		for (const [a, b] of steps(pair, walk)) {
			if (!walk.reaches[a]?.has(start) || !walk.reaches[b]?.has(start)) continue;
			if (a === b && hasParted) return true;
			if (a === b || seen.has(a * size + b)) continue;
			seen.add(a * size + b);
			queue.push([a, b]);
		}
	}
	return false;
}

function steps([a, b]: readonly [number, number], { follow, overlaps }: Walk): readonly (readonly [number, number])[] {
	return (follow[a] ?? []).flatMap((nextA) =>
		(follow[b] ?? []).flatMap((nextB) => (overlaps[nextA]?.[nextB] ? [[nextA, nextB] as const] : [])),
	);
}

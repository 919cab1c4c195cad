import type { AST } from "@eslint-community/regexpp";
import { type CharacterSet, charactersOf, intersection, nth, sizeOf } from "../character-set.ts";
import type { Random } from "./random.ts";

/** How long the text should become. */
export interface Length {
	readonly min: number;
	readonly max: number;
}

interface Writing {
	readonly random: Random;
	/** Rounds so far; later rounds take more kinds of characters. */
	readonly round: number;
	/** How many characters are still wanted, and how many there is still room for. */
	wanted: number;
	room: number;
	/** Repetitions that are still to come and can take what is wanted. */
	loops: number;
	readonly groups: Map<AST.CapturingGroup, string>;
}

/** More repetitions than this are only made when the length asks for them. */
const EXTRA_MAX = 6;
/** Longer texts are not made. */
const TEXT_MAX = 100_000;

/**
 * A text that the pattern very likely matches: look-around and word boundaries are not looked at, so the caller tries
 * the text and asks again with a higher round.
 *
 * @example samplePattern(syntax, { random, round: 0, length: { min: 0, max: 10 } })
 */
export function samplePattern(
	syntax: AST.Pattern,
	options: { readonly random: Random; readonly round: number; readonly length: Length },
): string {
	const least = leastLength(syntax);
	const { random, round, length } = options;
	const writing: Writing = {
		random,
		round,
		wanted: Math.max(0, length.min - least),
		room: Math.max(0, Math.min(length.max, TEXT_MAX) - least),
		loops: countLoops(syntax),
		groups: new Map(),
	};
	const inner = writeAlternatives(syntax.alternatives, writing);
	return pad(inner, syntax, { ...options, missing: Math.min(length.min, TEXT_MAX) - [...inner].length });
}

/** A pattern without anchor matches inside a longer text. */
function pad(
	inner: string,
	syntax: AST.Pattern,
	{ random, missing }: { readonly random: Random; readonly missing: number },
): string {
	if (missing <= 0) return inner;
	const filler = Array.from({ length: missing }, () => random.pick([..."abcdefghijklmnopqrstuvwxyz"])).join("");
	const isOpen = !syntax.alternatives.some((one) => one.elements.at(-1)?.type === "Assertion");
	return isOpen ? inner + filler : filler + inner;
}

function writeAlternatives(alternatives: readonly AST.Alternative[], writing: Writing): string {
	const fitting = alternatives.filter((one) => leastOf(one.elements) - leastLengthOf(alternatives) <= writing.room);
	const chosen = writing.random.pick(fitting.length > 0 ? fitting : alternatives);
	const beyond = leastOf(chosen.elements) - leastLengthOf(alternatives);
	writing.room -= beyond;
	writing.wanted = Math.max(0, writing.wanted - beyond);
	return chosen.elements.map((element) => writeElement(element, writing)).join("");
}

function writeElement(element: AST.Element, writing: Writing): string {
	switch (element.type) {
		case "Assertion":
			return "";
		case "Group":
			return writeAlternatives(element.alternatives, writing);
		case "CapturingGroup": {
			const text = writeAlternatives(element.alternatives, writing);
			writing.groups.set(element, text);
			return text;
		}
		case "Quantifier":
			return writeRepetition(element, writing);
		case "Backreference":
			return [element.resolved]
				.flat()
				.map((group) => writing.groups.get(group) ?? "")
				.join("");
		default:
			return writeCharacter(charactersOf(element), writing);
	}
}

function writeRepetition(quantifier: AST.Quantifier, writing: Writing): string {
	const { element, min, max } = quantifier;
	const unit = Math.max(1, leastOf([element]));
	const fits = Math.floor(writing.room / unit);
	const share = Math.ceil(writing.wanted / unit / Math.max(1, writing.loops));
	const play = writing.random.integer(0, Math.min(EXTRA_MAX, max - min, fits));
	const extra = Math.min(max - min, fits, Math.max(share, play));
	writing.loops--;
	writing.room -= extra * unit;
	writing.wanted = Math.max(0, writing.wanted - extra * unit);
	const times = Math.min(min + extra, TEXT_MAX);
	let text = "";
	for (let time = 0; time < times && text.length < TEXT_MAX; time++) text += writeElement(element, writing);
	return text;
}

const LOWER: CharacterSet = [
	[48, 57],
	[97, 122],
];
const ALPHANUMERIC: CharacterSet = [
	[48, 57],
	[65, 90],
	[97, 122],
];
const PRINTABLE: CharacterSet = [[33, 126]];
const BASIC: CharacterSet = [
	[32, 126],
	[160, 0xd7ff],
	[0xe000, 0xfffd],
];

/** Readable characters first; the others when the set has no readable one, or when those did not do. */
function writeCharacter(set: CharacterSet, writing: Writing): string {
	const order = writing.round < 3 ? [LOWER, ALPHANUMERIC, PRINTABLE, BASIC] : [ALPHANUMERIC, PRINTABLE, BASIC, LOWER];
	const preferred = writing.round > 0 && writing.round % 3 === 2 ? order.slice(1) : order;
	for (const wish of [...preferred, set]) {
		const common = intersection(set, wish);
		const size = sizeOf(common);
		if (size > 0) return String.fromCodePoint(nth(common, writing.random.integer(0, size - 1)) ?? 97);
	}
	return "";
}

/** The length of the shortest text that a pattern can match, look-around not counted. */
export function leastLength(syntax: AST.Pattern): number {
	return leastLengthOf(syntax.alternatives);
}

function leastLengthOf(alternatives: readonly AST.Alternative[]): number {
	return Math.min(...alternatives.map((one) => leastOf(one.elements)));
}

function leastOf(elements: readonly AST.Element[]): number {
	return elements.reduce((sum, element) => sum + leastOfElement(element), 0);
}

function leastOfElement(element: AST.Element): number {
	if (element.type === "Assertion" || element.type === "Backreference") return 0;
	if (element.type === "Quantifier") return element.min * leastOfElement(element.element);
	if (element.type === "Group" || element.type === "CapturingGroup") return leastLengthOf(element.alternatives);
	return 1;
}

function countLoops(syntax: AST.Pattern): number {
	const inAlternatives = (list: readonly AST.Alternative[]): number =>
		Math.max(0, ...list.map((one) => one.elements.reduce((sum, element) => sum + inElement(element), 0)));
	const inElement = (element: AST.Element): number => {
		if (element.type === "Quantifier") return (element.max > element.min ? 1 : 0) + inElement(element.element);
		return element.type === "Group" || element.type === "CapturingGroup" ? inAlternatives(element.alternatives) : 0;
	};
	return inAlternatives(syntax.alternatives);
}

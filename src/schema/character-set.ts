import type { AST } from "@eslint-community/regexpp";

/** Code points as sorted, disjoint, inclusive ranges. */
export type CharacterSet = readonly (readonly [number, number])[];

/** What one position of a pattern can be. */
export type CharacterNode = AST.Character | AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass;

const LAST = 0x10ffff;
const EVERY: CharacterSet = [[0, LAST]];
const DIGIT: CharacterSet = [[48, 57]];
const WORD: CharacterSet = [
	[48, 57],
	[65, 90],
	[95, 95],
	[97, 122],
];
const LINE_END: CharacterSet = [
	[10, 10],
	[13, 13],
	[0x2028, 0x2029],
];
const SPACE: CharacterSet = [
	[9, 13],
	[32, 32],
	[160, 160],
	[0x1680, 0x1680],
	[0x2000, 0x200a],
	[0x2028, 0x2029],
	[0x202f, 0x202f],
	[0x205f, 0x205f],
	[0x3000, 0x3000],
	[0xfeff, 0xfeff],
];

/** Brings ranges in order and joins those that touch. */
export function normalizeSet(ranges: CharacterSet): CharacterSet {
	const joined: [number, number][] = [];
	for (const [min, max] of [...ranges].sort((a, b) => a[0] - b[0])) {
		const last = joined.at(-1);
		if (last !== undefined && min <= last[1] + 1) last[1] = Math.max(last[1], max);
		else joined.push([min, max]);
	}
	return joined;
}

/** Every code point that is not in the set. */
export function complement(set: CharacterSet): CharacterSet {
	const rest: [number, number][] = [];
	let next = 0;
	for (const [min, max] of set) {
		if (min > next) rest.push([next, min - 1]);
		next = max + 1;
	}
	if (next <= LAST) rest.push([next, LAST]);
	return rest;
}

/** The code points of both sets. */
export function intersection(a: CharacterSet, b: CharacterSet): CharacterSet {
	const common: [number, number][] = [];
	for (const [minA, maxA] of a) {
		for (const [minB, maxB] of b) {
			const min = Math.max(minA, minB);
			const max = Math.min(maxA, maxB);
			if (min <= max) common.push([min, max]);
		}
	}
	return common;
}

/** How many code points a set holds. */
export function sizeOf(set: CharacterSet): number {
	return set.reduce((sum, [min, max]) => sum + max - min + 1, 0);
}

/** The n-th code point of a set, counted from 0; undefined beyond its end. */
export function nth(set: CharacterSet, index: number): number | undefined {
	let left = index;
	for (const [min, max] of set) {
		if (left <= max - min) return min + left;
		left -= max - min + 1;
	}
	return undefined;
}

/** The characters that a node of a pattern matches (ECMAScript 2024, section 22.2.1, without the `i` flag). */
export function charactersOf(node: CharacterNode): CharacterSet {
	if (node.type === "Character") return [[node.value, node.value]];
	if (node.type === "CharacterSet") return ofCharacterSet(node);
	if (node.type === "ExpressionCharacterClass") return EVERY;
	const sets = node.elements.map((element): CharacterSet => {
		if (element.type === "CharacterClassRange") return [[element.min.value, element.max.value]];
		return element.type === "ClassStringDisjunction" ? EVERY : charactersOf(element);
	});
	const all = normalizeSet(sets.flat());
	return node.negate ? complement(all) : all;
}

function ofCharacterSet(node: AST.CharacterSet): CharacterSet {
	if (node.kind === "any") return complement(LINE_END);
	if (node.kind === "property") return ofProperty(node.raw);
	const set = { digit: DIGIT, space: SPACE, word: WORD }[node.kind];
	return node.negate ? complement(set) : set;
}

const BASIC_PLANE = 0xffff;
const properties = new Map<string, CharacterSet>();

/** The engine itself knows what `\p{…}` means; it is asked once for every character of the basic plane. */
function ofProperty(raw: string): CharacterSet {
	const known = properties.get(raw);
	if (known !== undefined) return known;
	const pattern = new RegExp(`^${raw}$`, "u");
	const ranges: [number, number][] = [];
	for (let code = 0; code <= BASIC_PLANE; code++) {
		if ((code & 0xf800) === 0xd800 || !pattern.test(String.fromCharCode(code))) continue;
		const last = ranges.at(-1);
		if (last?.[1] === code - 1) last[1] = code;
		else ranges.push([code, code]);
	}
	properties.set(raw, ranges);
	return ranges;
}

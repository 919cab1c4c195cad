import type { Limits } from "../fact.ts";

const NUMBER = String.raw`(-?\d[\d,_]*(?:\.\d+)?)`;
/** What is counted. Without any of them a number bounds the value itself. */
const CHARACTERS = String.raw`\s*-?\s*(?:chars?|characters?|letters?|symbols)\b`;
const ITEMS = String.raw`\s*(?:items?|entries|entry|elements?|values|members|tags|scopes|events|numbers|ids)\b`;
/** A bare number is followed by the end of what is said, not by a unit (`5 MB`, `100 per minute`, `30 days`). */
const BARE = String.raw`(?![\d,._]*\d)(?=\s*(?:$|[.;,)]|and\b|or\b|inclusive\b|\(inclusive\)|to\b|≤|≥|<|>|max|min|default|—|–|·))`;

/** Two numbers with a dash between them are a range where nothing else stands before them: `RFC 3986-2005` is none. */
const RANGE = String.raw`(?<=^\s*|[.;(]\s*|range:?\s*|length:?\s*|value:?\s*|must be\s*){n}\s*(?:–|—|-|\.\.|to)\s*{n}`;

type Side = "min" | "max" | "both" | "exactly";

/** How bounds are written. `{n}` is a number; of `both`, the first is the lower. */
const PHRASES: readonly (readonly [Side, string])[] = [
	["both", `between {n} and {n}`],
	["both", `from {n} to {n}`],
	["both", RANGE],
	["exactly", `exactly {n}`],
	["min", `at least {n}`],
	["min", `(?:min(?:imum)?)(?: length| value| size| items)?(?: of| is)?\\s*[:=]?\\s*{n}`],
	["min", `no (?:less|fewer|shorter) than {n}`],
	["min", `(?:≥|>=)\\s*{n}`],
	["min", `{n} or more`],
	["max", `at most {n}`],
	["max", `up to {n}`],
	["max", `(?:max(?:imum)?)(?: length| value| size| items)?(?: of| is)?\\s*[:=]?\\s*{n}`],
	["max", `no (?:more|longer|greater) than {n}`],
	["max", `(?:≤|<=)\\s*{n}`],
	["max", `{n} or (?:less|fewer)`],
];
const TEXT_MAX = 2_000;

/**
 * The bounds that a text names without doubt. `Max 64 chars` bounds a length, `up to 10 items` a list, `≥ 0` a value;
 * a number with a unit of its own bounds nothing that a schema knows.
 *
 * @example parseLimits("At least 8 characters, max 64 chars.") // { minLength: 8, maxLength: 64 }
 */
export function parseLimits(text: string): Limits {
	const cut = text.slice(0, TEXT_MAX);
	return {
		...boundsOf(cut, CHARACTERS, { min: "minLength", max: "maxLength" }),
		...boundsOf(cut, ITEMS, { min: "minItems", max: "maxItems" }),
		...boundsOf(cut, BARE, { min: "minimum", max: "maximum" }),
		...lengthsOf(cut),
		...exclusiveOf(cut),
	};
}

interface Keys {
	readonly min: keyof Limits;
	readonly max: keyof Limits;
}

function boundsOf(text: string, unit: string, { min, max }: Keys): Limits {
	const found: { -readonly [Key in keyof Limits]: number } = {};
	for (const [side, phrase] of PHRASES) {
		// `min length 3` names its unit before the number.
		if (unit === BARE && /length|items/.test(firstMatch(text, phrase, unit)?.[0] ?? "")) continue;
		const match = firstMatch(text, phrase, unit);
		if (match === undefined) continue;
		const [first = Number.NaN, second = first] = match.slice(1).map(numberOf);
		// Upside down it is no range; what is no number is none either.
		if (!(first <= second)) continue;
		if (side !== "max") found[min] ??= first;
		if (side !== "min") found[max] ??= second;
	}
	return found;
}

function firstMatch(text: string, phrase: string, unit: string): RegExpExecArray | undefined {
	const source = `(?<![\\w-])${phrase.replaceAll("{n}", NUMBER)}${unit}`
		.replace("(?<![\\w-])(?:≥", "(?:≥")
		.replace("(?<![\\w-])(?:≤", "(?:≤");
	return new RegExp(source, "i").exec(text) ?? undefined;
}

function numberOf(text: string): number {
	return Number(text.replaceAll(/[,_]/g, ""));
}

/** `min length 3`, `maxLength: 80`, `length 3–80`. */
function lengthsOf(text: string): Limits {
	const min = new RegExp(`\\bmin(?:imum)?[ _-]?length(?: of| is)?\\s*[:=]?\\s*${NUMBER}`, "i").exec(text)?.[1];
	const max = new RegExp(`\\bmax(?:imum)?[ _-]?length(?: of| is)?\\s*[:=]?\\s*${NUMBER}`, "i").exec(text)?.[1];
	return {
		...(min === undefined ? {} : { minLength: numberOf(min) }),
		...(max === undefined ? {} : { maxLength: numberOf(max) }),
	};
}

function exclusiveOf(text: string): Limits {
	const above = new RegExp(`(?:^|[^<=>\\w-])>\\s*${NUMBER}${BARE}|\\b(?:greater|more) than ${NUMBER}${BARE}`, "i").exec(
		text,
	);
	const below = new RegExp(`(?:^|[^<=>\\w-])<\\s*${NUMBER}${BARE}|\\b(?:less|fewer) than ${NUMBER}${BARE}`, "i").exec(
		text,
	);
	const isNegated = /\bno[t]? (?:greater|more|less|fewer) than/i.test(text);
	const [low, high] = [above?.[1] ?? above?.[2], below?.[1] ?? below?.[2]];
	return {
		...(low === undefined || isNegated ? {} : { exclusiveMinimum: numberOf(low) }),
		...(high === undefined || isNegated ? {} : { exclusiveMaximum: numberOf(high) }),
	};
}

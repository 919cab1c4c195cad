import { FORMATS } from "../format.ts";
import { annotation } from "../navigate.ts";
import { canonical } from "../unique.ts";
import type { Demand, TextDemand } from "./demand.ts";
import { harmless } from "./harmless.ts";
import type { Built, Place } from "./place.ts";
import type { Random } from "./random.ts";
import { sampleFormat } from "./sample-format.ts";
import { adapt, sampleName } from "./sample-name.ts";
import { type Length, samplePattern } from "./sample-pattern.ts";

const TRIES_MAX = 8;
/** Look-around and several patterns at once are met by trying. */
const PATTERN_TRIES_MAX = 120;
/** No text is made longer than this. */
const LENGTH_MAX = 200_000;

/** A text that meets a demand: the most real-looking candidate that passes. */
export function buildText(demand: Demand, place: Place): Built {
	const { text } = demand;
	if (text.minLength > LENGTH_MAX) {
		return {
			ok: false,
			reason: `a text of ${text.minLength} characters is longer than what is generated (${LENGTH_MAX})`,
		};
	}
	for (const candidate of candidates(demand, place)) {
		if (admitsText(demand, candidate)) return { ok: true, value: candidate };
	}
	return { ok: false, reason: describe(text) };
}

/** Whether a text meets a demand. */
export function admitsText({ text, excluded }: Demand, value: string): boolean {
	const length =
		value.length <= text.maxLength && value.length >= text.minLength * 2 ? value.length : [...value].length;
	if (length < text.minLength || length > text.maxLength) return false;
	if (!text.patterns.every((pattern) => pattern.test(value))) return false;
	if (text.notPatterns.some((pattern) => pattern.test(value))) return false;
	if (!text.formats.every((format) => isFormat(format, value))) return false;
	return !text.notFormats.some((format) => isFormat(format, value)) && !excluded.has(canonical(value));
}

function isFormat(format: string, value: string): boolean {
	const check = FORMATS.get(format);
	return check?.type === "string" ? check.test(value) : true;
}

function* candidates(demand: Demand, place: Place): Generator<string> {
	const { text } = demand;
	const length = { min: text.minLength, max: text.maxLength };
	const random = place.random(`text ${place.variant}`);
	for (let tries = 0; tries < TRIES_MAX; tries++) {
		const samples = text.formats.flatMap((format) => sampleFormat(format, random, length) ?? []);
		yield* samples;
		// A format that nobody knows says less than the name.
		if (samples.length === 0) yield sampleName(nameOf(demand, place), random, length);
	}
	yield* fromPatterns(text, { name: nameOf(demand, place), random, length });
	yield* unusual(random, length);
}

/** A list item or a bare value is called by its title when the place has no name. */
function nameOf(demand: Demand, place: Place): string {
	if (place.name !== "") return place.name;
	const title = demand.sources.map((schema) => annotation(schema, "title")).find((one) => typeof one === "string");
	return String(title ?? "");
}

function* fromPatterns(
	{ patterns, notPatterns, formats }: TextDemand,
	{ name, random, length }: { readonly name: string; readonly random: Random; readonly length: Length },
): Generator<string> {
	const usable = patterns.filter((pattern) => pattern.syntax !== undefined);
	for (let round = 0; usable.length > 0 && round < PATTERN_TRIES_MAX; round++) {
		const pattern = usable[round % usable.length];
		if (pattern?.syntax === undefined) continue;
		const sample = samplePattern(pattern.syntax, { random, round: Math.floor(round / usable.length), length });
		yield* harmless(sample, { name, random, length });
		yield sample;
		// Two patterns without anchors can stand side by side.
		const other = usable[(round + 1) % usable.length];
		if (other !== pattern && other?.syntax !== undefined)
			yield sample + samplePattern(other.syntax, { random, round, length: { min: 0, max: 20 } });
	}
	// What breaks one format or pattern is often near the sample of another.
	if (notPatterns.length + formats.length > 0) yield adapt("", random, length);
}

/** For texts that must not be something: of few kinds of characters, empty, or odd. */
function* unusual(random: Random, length: Length): Generator<string> {
	const count = Math.max(length.min, Math.min(length.max, 8));
	for (const alphabet of ["abcdefgh", "0123456789", "ABCDEFGH", "-_.", "!#%", " ", "é", "語"]) {
		for (const size of new Set([count, length.min, Math.min(length.max, count + 1)])) {
			yield Array.from({ length: size }, () => random.pick([...alphabet])).join("");
		}
	}
}

function describe({ minLength, maxLength, patterns, formats }: TextDemand): string {
	const wishes = [
		...formats.map((format) => `is a valid ${format}`),
		...patterns.map((pattern) => `matches ${pattern.source}`),
		...(minLength > 0 ? [`has at least ${minLength} characters`] : []),
		...(Number.isFinite(maxLength) ? [`has at most ${maxLength} characters`] : []),
	];
	return wishes.length === 0 ? "no text is admitted" : `no text was found that ${wishes.join(" and ")}`;
}

import { align, isMultipleOf, toDecimal, toNumber } from "../decimal.ts";
import { canonical } from "../unique.ts";
import type { Demand } from "./demand.ts";
import type { Built, Place } from "./place.ts";
import { sampleRange } from "./sample-number.ts";

const TRIES_MAX = 60;
const FOUND_MAX = 20;
/** Fractions finer than this are not tried. */
const DIGITS_MAX = 24;

/** A whole number of steps, in decimal. */
interface Grid {
	readonly digits: bigint;
	readonly exponent: number;
	readonly first: bigint;
	readonly last: bigint;
}

/** A number that meets a demand: a multiple of what it must be a multiple of, counted in exact decimals. */
export function buildNumber(demand: Demand, place: Place): Built {
	const range = rangeOf(demand, place);
	const grid = gridOf(demand, range) ?? gridOf(demand, widest(demand));
	if (grid === undefined) return { ok: false, reason: describe(demand) };
	const values = [...admitted(grid, demand, place)];
	const value = values.find((one) => isPlainMultiple(one, demand)) ?? values[0];
	return value === undefined ? { ok: false, reason: describe(demand) } : { ok: true, value: value === 0 ? 0 : value };
}

/** Some numbers of the grid that meet the demand, beginning at one that the seed picks. */
function* admitted(grid: Grid, demand: Demand, place: Place): Generator<number> {
	const base = pickIndex(grid, place);
	const size = grid.last - grid.first + 1n;
	// Neighbours may be the same number after rounding.
	const stride = size / BigInt(TRIES_MAX) + 1n;
	let found = 0;
	for (let tries = 0; tries < TRIES_MAX && BigInt(tries) < size && found < FOUND_MAX; tries++) {
		const index = grid.first + ((base + BigInt(place.variant) + BigInt(tries) * stride) % size);
		const value = toNumber({ digits: index * grid.digits, exponent: grid.exponent });
		if (!admitsNumber(demand, value)) continue;
		found++;
		yield value;
		if (isPlainMultiple(value, demand)) return;
	}
}

/** Whether those who divide binary fractions see a multiple too: 0.3 / 0.1 is 2.9999999999999996. */
function isPlainMultiple(value: number, { number }: Demand): boolean {
	return number.multiples.every((multiple) => Number.isInteger(value / multiple));
}

/** The least and the greatest number that meet a demand, as far as there are such. */
export function edgesOf(demand: Demand): readonly { readonly value: number; readonly bound: "minimum" | "maximum" }[] {
	const grid = gridOf(demand, widest(demand));
	if (grid === undefined) return [];
	const { minimum, maximum } = demand.number;
	const at = (index: bigint): number => toNumber({ digits: index * grid.digits, exponent: grid.exponent });
	const edges: { value: number; bound: "minimum" | "maximum" }[] = [];
	if (Number.isFinite(minimum)) edges.push({ value: at(grid.first), bound: "minimum" });
	if (Number.isFinite(maximum)) edges.push({ value: at(grid.last), bound: "maximum" });
	return edges.filter(({ value }) => admitsNumber(demand, value));
}

/** Whether a number meets a demand. */
export function admitsNumber(demand: Demand, value: number): boolean {
	const { number } = demand;
	if (!Number.isFinite(value)) return false;
	if (demand.whole !== undefined && Number.isInteger(value) !== demand.whole) return false;
	if (number.isMinimumExclusive ? value <= number.minimum : value < number.minimum) return false;
	if (number.isMaximumExclusive ? value >= number.maximum : value > number.maximum) return false;
	if (number.multiples.some((divisor) => !isMultipleOf(value, divisor))) return false;
	if (number.notMultiples.some((divisor) => isMultipleOf(value, divisor))) return false;
	return !demand.excluded.has(canonical(value));
}

interface Range {
	readonly min: number;
	readonly max: number;
}

/** The part of the demanded range in which numbers of this name usually lie, when there is one. */
function rangeOf(demand: Demand, place: Place): Range {
	const all = widest(demand);
	const usual = sampleRange(place.name);
	const min = Math.max(all.min, usual.min);
	const max = Math.min(all.max, usual.max);
	return min <= max ? { min, max } : all;
}

const SAFE = Number.MAX_SAFE_INTEGER;

function widest({ number: { minimum, maximum } }: Demand): Range {
	const min = Number.isFinite(minimum) ? minimum : Math.min(-SAFE, Number.isFinite(maximum) ? maximum - SAFE : -SAFE);
	const max = Number.isFinite(maximum) ? maximum : Math.max(SAFE, min + SAFE, Math.min(min * 1.5, Number.MAX_VALUE));
	return { min, max };
}

function gridOf(demand: Demand, range: Range): Grid | undefined {
	const needs = demand.number.multiples.map(toDecimal);
	if (demand.whole === true) needs.push({ digits: 1n, exponent: 0 });
	if (needs.length > 0) return gridOfStep(needs.reduce(leastCommonMultiple), demand, range);
	for (let places = 2; places <= DIGITS_MAX; places += places < 6 ? 1 : 3) {
		const grid = gridOfStep({ digits: 1n, exponent: -places }, demand, range);
		if (grid !== undefined) return grid;
	}
	return undefined;
}

type Step = ReturnType<typeof toDecimal>;

function gridOfStep(step: Step, { number }: Demand, { min, max }: Range): Grid | undefined {
	const low = align(toDecimal(min), step);
	const high = align(toDecimal(max), step);
	let first = divideUp(low.a, low.b);
	let last = divideDown(high.a, high.b);
	if (number.isMinimumExclusive && min === number.minimum && first * low.b === low.a) first++;
	if (number.isMaximumExclusive && max === number.maximum && last * high.b === high.a) last--;
	return first <= last ? { ...step, first, last } : undefined;
}

function leastCommonMultiple(a: Step, b: Step): Step {
	const aligned = align(a, b);
	return { digits: (aligned.a * aligned.b) / greatestCommonDivisor(aligned.a, aligned.b), exponent: aligned.exponent };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
	let [x, y] = [a, b];
	while (y !== 0n) [x, y] = [y, x % y];
	return x;
}

function divideDown(a: bigint, b: bigint): bigint {
	const quotient = a / b;
	return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function divideUp(a: bigint, b: bigint): bigint {
	return -divideDown(-a, b);
}

function pickIndex({ first, last }: Grid, { random }: Place): bigint {
	const size = last - first + 1n;
	const precision = 2 ** 40;
	return (size * BigInt(Math.floor(random().next() * precision))) / BigInt(precision);
}

function describe({ number, whole }: Demand): string {
	const kind = whole === true ? "whole number" : "number";
	const multiple = number.multiples.length > 0 ? ` that is a multiple of ${number.multiples.join(" and ")}` : "";
	return `no ${kind}${multiple} lies within ${number.minimum} and ${number.maximum}`;
}

import { examples, resolve, typeOfValue } from "../navigate.ts";
import { extendPointer } from "../reference.ts";
import type { Direction, Schema } from "../schema.ts";
import { canonical } from "../unique.ts";
import type { Validation } from "../validate.ts";
import { buildList } from "./build-list.ts";
import { admitsNumber, buildNumber } from "./build-number.ts";
import { buildRecord } from "./build-record.ts";
import { admitsText, buildText } from "./build-text.ts";
import type { Builder, Optional } from "./builder.ts";
import type { Demand, Goal, Kind } from "./demand.ts";
import type { Memory } from "./memory.ts";
import type { Built, Place } from "./place.ts";
import { createRandom } from "./random.ts";
import { type Chooser, demandsOf } from "./solve.ts";

/** One try at a value; a further try differs at the places that were wrong. */
export interface Attempt {
	readonly seed: string;
	readonly direction: Direction;
	readonly optional: Optional;
	readonly usesExamples: boolean;
	readonly validation: Validation;
	/** How often each place was wrong so far, by pointer. */
	readonly wrong: ReadonlyMap<string, number>;
	/** Places whose value was of several alternatives of a `oneOf`. */
	readonly ambiguous: ReadonlySet<string>;
	readonly steps: { left: number };
	readonly values: { left: number };
	/** What the rounds before built. */
	readonly memory: Memory;
	/** What was demanded at each place that was built, by pointer. */
	readonly trace: Map<string, Traced>;
}

/** A place that was built, with the demand that its value meets. */
export interface Traced {
	readonly demand: Demand;
	readonly place: Place;
}

/** How many sets of choices are tried at one place. */
const DEMANDS_MAX = 60;
/** Deeper than this only what is needed is built. */
const SPARING_DEPTH = 5;
/** Deeper than this nothing is built. */
const DEPTH_MAX = 24;

export function createBuilder(attempt: Attempt): Builder {
	const builder: Builder = {
		direction: attempt.direction,
		optional: attempt.optional,
		build: (goal, place) => recallOrBuild(goal, place, { attempt, builder }),
		inside: (place, token, variant = 0) => inside(attempt, place, token, variant),
		admitsName: (goal, name) => admits(goal, name, attempt),
		isSparing: (place) => place.depth >= SPARING_DEPTH || attempt.values.left <= 0,
		isRecursion: (goal, place) => goal.all.some((schema) => place.ancestors.has(resolve(schema))),
		examplesOf: (sources) => (attempt.usesExamples ? sources.flatMap(examples) : []),
	};
	return builder;
}

/** The place of the whole value. */
export function rootPlace(attempt: Attempt, name: string): Place {
	return placeAt(attempt, { pointer: "", name, depth: 0, ancestors: new Set(), variant: 0 });
}

function placeAt(attempt: Attempt, place: Omit<Place, "random">): Place {
	const label = `${attempt.seed} ${place.pointer} ${attempt.wrong.get(place.pointer) ?? 0}`;
	return { ...place, random: (purpose = "") => createRandom(`${label} ${purpose}`) };
}

function inside(attempt: Attempt, place: Place, token: string | number, variant: number): Place {
	return placeAt(attempt, {
		pointer: extendPointer(place.pointer, [token]),
		name: typeof token === "number" ? place.name : token,
		depth: place.depth + 1,
		ancestors: place.ancestors,
		variant,
	});
}

function admits(goal: Goal, value: unknown, { validation, direction }: Attempt): boolean {
	const breaks = (schema: Schema): boolean => validation.validate(schema, value, direction).length > 0;
	return !goal.all.some(breaks) && goal.none.every(breaks);
}

interface Context {
	readonly attempt: Attempt;
	readonly builder: Builder;
}

function recallOrBuild(goal: Goal, place: Place, context: Context): Built {
	const { memory, values } = context.attempt;
	const known = memory.recall(goal, place, values);
	if (known !== undefined) return known;
	const before = values.left;
	const built = build(goal, place, context);
	// What was built when values ran short would be richer when they do not.
	if (values.left > 0) memory.keep(place, { goal, ancestors: place.ancestors, built, values: before - values.left });
	return built;
}

function build(goal: Goal, place: Place, context: Context): Built {
	const { attempt } = context;
	if (place.depth > DEPTH_MAX)
		return { ok: false, reason: `the schema needs values nested deeper than ${DEPTH_MAX} levels` };
	attempt.values.left--;
	const around = new Set([...place.ancestors, ...goal.all.map(resolve)]);
	const here = { ...place, ancestors: around };
	let reason: string | undefined;
	const chooser: Chooser = {
		random: place.random("choice"),
		isExclusive: attempt.ambiguous.has(place.pointer),
		prefersSimple: place.depth >= SPARING_DEPTH - 2 || attempt.values.left <= 0,
		steps: attempt.steps,
		blame: (why) => {
			reason ??= why;
		},
	};
	let tries = 0;
	for (const demand of demandsOf(goal, chooser)) {
		const built = meet(demand, here, context);
		if (built.ok) {
			attempt.trace.set(place.pointer, { demand, place: here });
			return built;
		}
		reason = built.reason;
		if (++tries >= DEMANDS_MAX) break;
	}
	return { ok: false, reason: reason ?? "nothing satisfies the schema" };
}

/** A value for one demand. */
function meet(demand: Demand, place: Place, { builder }: Context): Built {
	const example = pickFrom(builder.examplesOf(demand.sources), demand, place);
	if (example.ok) return example;
	if (demand.values !== undefined) return pickFrom(demand.values, demand, place);
	let failure: Built = { ok: false, reason: "no type is allowed by all of it" };
	for (const kind of orderKinds(demand, place)) {
		const built = buildKind(kind, demand, { place, builder });
		if (built.ok) return built;
		failure = built;
	}
	return failure;
}

function buildKind(kind: Kind, demand: Demand, { place, builder }: { place: Place; builder: Builder }): Built {
	if (kind === "string") return buildText(demand, place);
	if (kind === "number") return buildNumber(demand, place);
	if (kind === "array") return notExcluded(demand, buildList(demand, place, builder));
	if (kind === "object") return notExcluded(demand, buildRecord(demand, place, builder));
	return pickFrom(kind === "null" ? [null] : [true, false], demand, place);
}

function notExcluded(demand: Demand, built: Built): Built {
	if (!built.ok || demand.excluded.size === 0 || !demand.excluded.has(canonical(built.value))) return built;
	return { ok: false, reason: "the only value found is one that is excluded" };
}

/** One of the values that the demand admits, another one for each variant. */
function pickFrom(values: readonly unknown[], demand: Demand, place: Place): Built {
	const first = values.length > 1 ? place.random("value").integer(0, values.length - 1) : 0;
	for (let offset = 0; offset < values.length; offset++) {
		const value = values[(first + place.variant + offset) % values.length];
		if (admitsScalar(demand, value)) return { ok: true, value };
	}
	return { ok: false, reason: "no listed value keeps the other keywords" };
}

/** Lists and objects are only judged by their kind; the finished value is checked as a whole. */
function admitsScalar(demand: Demand, value: unknown): boolean {
	const type = typeOfValue(value);
	const kind: Kind = type === "integer" ? "number" : type;
	if (!demand.kinds.has(kind) || demand.excluded.has(canonical(value))) return false;
	if (typeof value === "string") return admitsText(demand, value);
	return typeof value === "number" ? admitsNumber(demand, value) : true;
}

/** What the keywords speak of comes first, null last; a schema that says nothing is taken for a text. */
function orderKinds(demand: Demand, place: Place): readonly Kind[] {
	const { record, list, text, number, kinds } = demand;
	const implied: readonly [Kind, boolean][] = [
		["object", record.rules.length + record.required.size + record.extras.length + record.min > 0],
		["array", list.rules.length + list.contains.length + list.min > 0 || list.isUnique],
		["string", text.patterns.length + text.formats.length + text.minLength > 0 || Number.isFinite(text.maxLength)],
		[
			"number",
			demand.whole !== undefined ||
				Number.isFinite(number.minimum) ||
				Number.isFinite(number.maximum) ||
				number.multiples.length > 0,
		],
	];
	const spoken = new Set(implied.filter(([, is]) => is).map(([kind]) => kind));
	const isOpen = kinds.size > 4;
	const weigh = (kind: Kind): number => {
		if (kind === "null") return 3;
		if (spoken.has(kind)) return 0;
		return isOpen && kind === "string" ? 1 : 2;
	};
	return [...place.random("kind").shuffle([...kinds])].sort((a, b) => weigh(a) - weigh(b));
}

import { type Attempt, createBuilder, rootPlace, type Traced } from "./generation/build.ts";
import type { Builder, Optional } from "./generation/builder.ts";
import { leastSize } from "./generation/least-size.ts";
import { createMemory, type Memory } from "./generation/memory.ts";
import type { Built } from "./generation/place.ts";
import { GaveUp } from "./generation/solve.ts";
import { parsePointer } from "./reference.ts";
import type { Direction, Registry, Schema } from "./schema.ts";
import { createValidations, type Validation, type Violation } from "./validate.ts";

/** A value that the schema admits, or why there is none. */
export type Generated = Built;

export interface GenerateOptions {
	/** The same seed gives the same value. */
	readonly seed: number | string;
	/** Requests leave out what is read-only, responses what is write-only. */
	readonly direction: Direction;
	/** What the value is called: the resource or the parameter. Names decide what texts look like. */
	readonly name?: string;
	/** Which optional properties are there; `all` when not given. Deep inside only what is needed is. */
	readonly optional?: Optional;
	/** Whether values may be taken from the document's examples; `ignore` when not given. */
	readonly examples?: "use" | "ignore";
}

/** Rounds of mending what the validator finds. */
const ROUNDS_MAX = 16;
/** Rounds with the same faults, after which it is of no use. */
const UNCHANGED_MAX = 7;
/** Rounds in which alternatives are hoped to keep apart by themselves. */
const PLAIN_ROUNDS = 3;
/** Rounds in which the document's examples are taken; then they are what is wrong. */
const EXAMPLE_ROUNDS = 2;
/** Decisions per round; a schema that needs more is given up. */
const STEPS_MAX = 100_000;
/** Values per round, beyond which only what is needed is built. */
const VALUES_MAX = 200;
/** A schema that was given up after more values than this needs too many of them, else it is torn between alternatives. */
const VALUES_PLENTY = 2_000;
const TOO_MANY_VALUES = `the schema needs more than ${VALUES_PLENTY} values within each other`;

/**
 * Makes a value that the schema admits: it looks real, follows names and formats, and reaches nobody. Every place of it
 * depends only on the seed and on its own path, so that a change elsewhere in the document leaves it as it is. The
 * value is checked before it is given. Reasons say what contradicts itself, or that it was too much work.
 *
 * @example generate(schemaFrom({ type: "integer", minimum: 1 }), { seed: 1, direction: "request" }) // { ok: true, value: 417 }
 */
export function generate(schema: Schema, options: GenerateOptions): Generated {
	const explained = generateExplained(schema, options);
	return explained.ok ? { ok: true, value: explained.value } : explained;
}

/** A generated value with what was demanded at each of its places, and the builder that met it. */
export type Explained =
	| {
			readonly ok: true;
			readonly value: unknown;
			readonly trace: ReadonlyMap<string, Traced>;
			readonly builder: Builder;
			readonly validation: Validation;
	  }
	| { readonly ok: false; readonly reason: string };

/** The same as `generate`, with all that is needed to make a slightly different value. */
export function generateExplained(schema: Schema, options: GenerateOptions): Explained {
	// Each value takes a step at least.
	if (leastSize(schema) > STEPS_MAX) return { ok: false, reason: TOO_MANY_VALUES };
	const notes: Notes = { wrong: new Map(), ambiguous: new Set(), memory: createMemory(), trace: new Map() };
	let failure: Explained = { ok: false, reason: "nothing satisfies the schema" };
	let before = "";
	let unchanged = 0;
	for (let round = 0; round < ROUNDS_MAX && unchanged < UNCHANGED_MAX; round++) {
		const attempt = attemptOf(schema, options, { ...notes, round });
		const builder = createBuilder(attempt);
		const built = tryOnce(attempt, () =>
			builder.build({ all: [schema], none: [] }, rootPlace(attempt, options.name ?? "")),
		);
		if (!built.ok) return round === 0 ? built : failure;
		const { faults, validation } = check(schema, built.value, { direction: options.direction, round });
		if (faults.length === 0) return { ...built, trace: attempt.trace, builder, validation };
		const signature = faults.map(({ pointer, keyword }) => `${pointer} ${keyword}`).join();
		unchanged = signature === before ? unchanged + 1 : 0;
		before = signature;
		failure = {
			ok: false,
			reason: `every value tried breaks the schema: ${faults[0]?.pointer || "it"} ${faults[0]?.message}`,
		};
		note(faults, notes, round);
	}
	return failure;
}

/**
 * By the letter a value must be of one alternative only, even when a discriminator tells which. That is tried for a few
 * rounds; then the discriminator is believed: a value bent until the others refuse it would be refused by the service.
 */
function check(schema: Schema, value: unknown, { direction, round }: { direction: Direction; round: number }) {
	const { refused: strict, allowed: loose } = validationsOf(schema.registry);
	const faults = strict.validate(schema, value, direction);
	if (!faults.some(({ params }) => Array.isArray(params.passingSchemas))) return { faults, validation: strict };
	const others = loose.validate(schema, value, direction);
	const isPlainRound = others.length === 0 && round < PLAIN_ROUNDS;
	return isPlainRound ? { faults: faults.map(asReseed), validation: strict } : { faults: others, validation: loose };
}

/** Only made anew, not kept apart by force. */
function asReseed(fault: Violation): Violation {
	return { ...fault, keyword: "discriminator" };
}

function attemptOf(schema: Schema, options: GenerateOptions, notes: Notes & { readonly round: number }): Attempt {
	if (notes.round === EXAMPLE_ROUNDS) notes.memory.clear();
	return {
		...notes,
		seed: `${options.seed}`,
		direction: options.direction,
		optional: options.optional ?? "all",
		usesExamples: options.examples === "use" && notes.round < EXAMPLE_ROUNDS,
		validation: validationsOf(schema.registry).allowed,
		steps: { left: STEPS_MAX },
		values: { left: VALUES_MAX },
	};
}

function tryOnce({ values }: Attempt, build: () => Built): Built {
	try {
		return build();
	} catch (error) {
		if (error instanceof GaveUp && values.left < -VALUES_PLENTY) return { ok: false, reason: TOO_MANY_VALUES };
		if (error instanceof GaveUp)
			return { ok: false, reason: "the schema has too many alternatives that exclude each other" };
		if (error instanceof RangeError) return { ok: false, reason: "the schema is nested too deeply" };
		throw error;
	}
}

/** What the rounds leave to each other. */
interface Notes {
	readonly wrong: Map<string, number>;
	readonly ambiguous: Set<string>;
	readonly memory: Memory;
	readonly trace: Map<string, Traced>;
}

/** What was wrong is made anew in the next round; after a few rounds, what is around it too. */
function note(faults: readonly Violation[], { wrong, ambiguous, memory }: Notes, round: number): void {
	for (const { pointer, keyword } of faults) {
		memory.forget(pointer);
		if (keyword === "oneOf") ambiguous.add(pointer);
		const tokens = parsePointer(pointer);
		const upwards = Math.min(tokens.length, Math.floor(round / 2));
		for (let up = 0; up <= upwards; up++) {
			const place = pointer
				.split("/")
				.slice(0, tokens.length + 1 - up)
				.join("/");
			wrong.set(place, (wrong.get(place) ?? 0) + 1);
			if (round > 2 && keyword !== "discriminator") ambiguous.add(place);
		}
	}
}

const validations = new WeakMap<Registry, ReturnType<typeof createValidations>>();

/** What has been compiled once for a registry is kept as long as it is. */
function validationsOf(registry: Registry): ReturnType<typeof createValidations> {
	const known = validations.get(registry) ?? createValidations();
	validations.set(registry, known);
	return known;
}

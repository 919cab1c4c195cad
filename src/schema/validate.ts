import { createJudge, type Judge, type Overlaps } from "./judge.ts";
import { resolve } from "./navigate.ts";
import type { Direction, Schema } from "./schema.ts";
import type { Nulls } from "./translate.ts";
import type { Violation } from "./violation.ts";

export type { Violation } from "./violation.ts";

/** Judges values by schemas; what has been compiled once is kept. */
export interface Validation {
	/**
	 * Everything that a value breaks, empty when it is valid.
	 *
	 * @example validate(schemaFrom({ minLength: 3 }), "ab", "request")[0]?.message // "must be at least 3 characters long"
	 */
	validate(schema: Schema, value: unknown, direction: Direction): readonly Violation[];
	/** The same for many values of one schema. Compiling begins with the first value. */
	compile(schema: Schema, direction: Direction): (value: unknown) => readonly Violation[];
	/** What could not be enforced so far (unknown formats, invalid patterns, dangling references), each once. */
	notes(): readonly string[];
}

/**
 * Makes a validation on Ajv. Every referenced schema is a part of its own, compiled when a value first reaches it: a
 * document of a thousand schemas that refer to each other costs only what is used. By the letter, alternatives of a
 * `oneOf` must not overlap even when a discriminator tells which is meant; that is asked only with `overlaps: "refused"`.
 * Whoever answers asks `answeredNulls: "written"`: what is only meant may be taken, and not given.
 */
export function createValidation(
	options: { readonly overlaps?: Overlaps; readonly answeredNulls?: Nulls } = {},
): Validation {
	return createValidations(options.answeredNulls)[options.overlaps ?? "allowed"];
}

/** Both readings of a discriminator, on one compilation. */
export function createValidations(answeredNulls: Nulls = "meant"): Readonly<Record<Overlaps, Validation>> {
	const notes = new Set<string>();
	const note = (text: string) => notes.add(text);
	const judges = {
		request: createJudge({ direction: "request", nulls: "meant", note }),
		response: createJudge({ direction: "response", nulls: answeredNulls, note }),
	};
	const shared = { judges, notes };
	return { allowed: validationOn(shared, "allowed"), refused: validationOn(shared, "refused") };
}

interface Shared {
	readonly judges: Readonly<Record<Direction, Judge>>;
	readonly notes: Set<string>;
}

function validationOn({ judges, notes }: Shared, overlaps: Overlaps): Validation {
	function validate(schema: Schema, value: unknown, direction: Direction): readonly Violation[] {
		try {
			return judges[direction].judge(schema, value, overlaps);
		} catch (error) {
			if (!(error instanceof RangeError)) throw error;
			notes.add("a value is nested too deeply to be checked");
			return [];
		}
	}

	return {
		validate,
		compile: (schema, direction) => {
			// What only refers to another schema says nothing of its own.
			let target: Schema | undefined;
			return (value) => {
				target ??= resolve(schema);
				return validate(target, value, direction);
			};
		},
		notes: () => [...notes],
	};
}

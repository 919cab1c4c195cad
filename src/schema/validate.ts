import type { ErrorObject, ValidateFunction } from "ajv";
import { createEngine } from "./engine.ts";
import { parsePointer } from "./reference.ts";
import type { Direction, Schema } from "./schema.ts";
import { type Fault, settle } from "./settle.ts";
import { type PartReference, type Translator, translate } from "./translate.ts";
import { judgeUnevaluated } from "./unevaluated.ts";
import { describeViolation, type Violation } from "./violation.ts";

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

/** A schema that is compiled on its own. */
interface CompiledPart {
	readonly schema: Schema;
	readonly direction: Direction;
	validate?: ValidateFunction;
	/** The instances it is looking at, innermost last: a schema that applies itself to the same instance says nothing new. */
	readonly active: { readonly path: string; readonly value: unknown }[];
}

/**
 * Makes a validation on Ajv. Every referenced schema is a part of its own, compiled when a value first reaches it: a
 * document of a thousand schemas that refer to each other costs only what is used. By the letter, alternatives of a
 * `oneOf` must not overlap even when a discriminator tells which is meant; that is asked only with `overlaps: "refused"`.
 */
export function createValidation(options: { readonly overlaps?: "allowed" | "refused" } = {}): Validation {
	const notes = new Set<string>();
	const compiled: CompiledPart[] = [];
	const translators = { request: createTranslator("request"), response: createTranslator("response") };
	const engine = createEngine({ runReference, runUnevaluated });

	function createTranslator(direction: Direction): Translator {
		const numbers = new Map<Schema, number>();
		return {
			direction,
			allowsOverlap: options.overlaps !== "refused",
			note: (text) => notes.add(text),
			partOf(schema) {
				const number = numbers.get(schema) ?? compiled.push({ schema, direction, active: [] }) - 1;
				numbers.set(schema, number);
				return number;
			},
		};
	}

	function runReference({ part, excused }: PartReference, value: unknown, path: string): readonly Violation[] {
		const violations = run(compiled[part] as CompiledPart, value, path);
		if (excused.length === 0) return violations;
		return violations.filter(({ keyword, pointer, params }) => {
			return keyword !== "required" || pointer !== path || !excused.includes(String(params.missingProperty));
		});
	}

	function runUnevaluated(number: number, value: unknown, path: string): readonly Violation[] {
		const { schema, direction } = compiled[number] as CompiledPart;
		const partOf = (one: Schema) => compiled[translators[direction].partOf(one)] as CompiledPart;
		return judgeUnevaluated({ schema, value, path }, (one, inner, at) => run(partOf(one), inner, at));
	}

	function run(part: CompiledPart, value: unknown, path: string): readonly Violation[] {
		if (part.active.some((entry) => entry.path === path && entry.value === value)) return [];
		part.validate ??= engine.compile(translate(part.schema, translators[part.direction]));
		part.active.push({ path, value });
		try {
			const isValid = part.validate(value, {
				instancePath: path,
				parentData: {},
				parentDataProperty: "",
				rootData: {},
			} as Parameters<ValidateFunction>[1]);
			return isValid ? [] : settle((part.validate.errors ?? []).map((error) => toFault(error, part.schema)));
		} finally {
			part.active.pop();
		}
	}

	function runWhole(part: CompiledPart, value: unknown): readonly Violation[] {
		try {
			return run(part, value, "");
		} catch (error) {
			if (!(error instanceof RangeError)) throw error;
			notes.add("a value is nested too deeply to be checked");
			return [];
		}
	}

	function compile(schema: Schema, direction: Direction): (value: unknown) => readonly Violation[] {
		const part = compiled[translators[direction].partOf(schema)] as CompiledPart;
		return (value) => runWhole(part, value);
	}

	return {
		compile,
		validate: (schema, value, direction) => compile(schema, direction)(value),
		notes: () => [...notes],
	};
}

function toFault({ keyword: name, instancePath, schemaPath, params }: ErrorObject, schema: Schema): Fault {
	const inner = (params as { violation?: Violation }).violation;
	if (inner !== undefined) return { path: schemaPath, violation: inner };
	const keyword = name === "false schema" ? "false" : name;
	const path = schemaPath.replace(/false schema$/, "false");
	const message = describeViolation(keyword, params);
	return { path, violation: { pointer: instancePath, keyword, message, params, schemaPointer: locate(path, schema) } };
}

/** The place of a keyword in its document, from its place in what was compiled. */
function locate(path: string, schema: Schema): string {
	const tokens = parsePointer(path.slice(1)).map(decodeURIComponent);
	const keyword = tokens.at(-1) ?? "";
	const steps = tokens.slice(0, -1);
	const { source } = schema.registry.at(schema, steps) ?? schema;
	return `${source.file}#${source.pointer}${keyword === "false" ? "" : `/${keyword}`}`;
}

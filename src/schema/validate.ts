import { _, type FuncKeywordDefinition } from "ajv";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { isMultipleOf } from "./decimal.ts";
import { FORMATS } from "./format.ts";
import { createPattern } from "./pattern.ts";
import { parsePointer } from "./reference.ts";
import type { Direction, Schema } from "./schema.ts";
import { type Fault, settle } from "./settle.ts";
import { PART, type PartReference, type Translator, translate } from "./translate.ts";
import { findRepetition } from "./unique.ts";
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
	const tracking = new Set<Schema>();
	const ajv = createAjv(runReference);

	function createTranslator(direction: Direction): Translator {
		const numbers = new Map<Schema, number>();
		const tracked = new Map<Schema, string>();
		return {
			direction,
			allowsOverlap: options.overlaps !== "refused",
			note: (text) => notes.add(text),
			partOf(schema) {
				const number = numbers.get(schema) ?? compiled.push({ schema, direction, active: [] }) - 1;
				numbers.set(schema, number);
				return number;
			},
			trackedNameOf(schema) {
				// A schema that applies itself to the same instance adds nothing the second time.
				if (tracking.has(schema)) return "anything";
				const name = tracked.get(schema) ?? `tracked-${direction}-${tracked.size}`;
				if (!tracked.has(schema)) {
					tracked.set(schema, name);
					tracking.add(schema);
					ajv.addSchema(asObject(translate(schema, this, true)), name);
					tracking.delete(schema);
				}
				return name;
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

	function run(part: CompiledPart, value: unknown, path: string): readonly Violation[] {
		if (part.active.some((entry) => entry.path === path && entry.value === value)) return [];
		part.validate ??= ajv.compile(translate(part.schema, translators[part.direction], false));
		part.active.push({ path, value });
		try {
			const isValid = part.validate(value, {
				instancePath: path,
				parentData: {},
				parentDataProperty: "",
				rootData: {},
				dynamicAnchors: {},
			});
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

function asObject(translation: ReturnType<typeof translate>): object {
	if (typeof translation === "object") return translation;
	return translation ? {} : { not: {} };
}

type RunReference = (reference: PartReference, value: unknown, path: string) => readonly Violation[];

function createAjv(runReference: RunReference): Ajv2020 {
	const ajv = new Ajv2020({
		allErrors: true,
		strict: false,
		validateSchema: false,
		meta: false,
		logger: false,
		messages: false,
		inlineRefs: false,
		addUsedSchema: false,
		ownProperties: true,
		code: {
			regExp: Object.assign((source: string) => createMatcher(source), { code: "createPattern" }),
			optimize: false,
		},
	});
	for (const [name, { type, test }] of FORMATS) {
		ajv.addFormat(name, type === "string" ? { type, validate: test } : { type, validate: test });
	}
	ajv.removeKeyword("multipleOf").addKeyword(MULTIPLE_OF);
	ajv.removeKeyword("uniqueItems").addKeyword(UNIQUE_ITEMS);
	ajv.addKeyword(partKeyword(runReference));
	ajv.addSchema({}, "anything");
	return ajv;
}

/** Ajv shares what has the same text. */
function createMatcher(source: string): { test(text: string): boolean; toString(): string } {
	const pattern = createPattern(source);
	return { test: (text) => pattern.test(text), toString: () => source };
}

/** Ajv divides binary fractions, by which 0.3 is no multiple of 0.1. */
const MULTIPLE_OF: FuncKeywordDefinition = {
	keyword: "multipleOf",
	type: "number",
	schemaType: "number",
	errors: false,
	validate: (divisor: number, value: number) => isMultipleOf(value, divisor),
	error: { message: "", params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
};

/** Ajv compares every item with every other, which a long answer would make take minutes. */
const UNIQUE_ITEMS: FuncKeywordDefinition = {
	keyword: "uniqueItems",
	type: "array",
	schemaType: "boolean",
	compile(isUnique: boolean) {
		const validate = (value: readonly unknown[]): boolean => {
			const repetition = isUnique ? findRepetition(value) : undefined;
			if (repetition === undefined) return true;
			Object.assign(validate, { errors: [{ keyword: "uniqueItems", params: repetition }] });
			return false;
		};
		return validate;
	},
};

function partKeyword(runReference: RunReference): FuncKeywordDefinition {
	return {
		keyword: PART,
		schemaType: "object",
		compile(reference: PartReference) {
			const validate = (value: unknown, context?: { instancePath: string }): boolean => {
				const violations = runReference(reference, value, context?.instancePath ?? "");
				const errors = violations.map((violation) => ({
					keyword: PART,
					instancePath: violation.pointer,
					params: { violation },
				}));
				Object.assign(validate, { errors });
				return errors.length === 0;
			};
			return validate;
		},
	};
}

function toFault({ keyword: name, instancePath, schemaPath, params }: ErrorObject, schema: Schema): Fault {
	const inner = (params as { violation?: Violation }).violation;
	if (name === PART && inner !== undefined) return { path: schemaPath, violation: inner };
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

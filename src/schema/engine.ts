import { createRequire } from "node:module";
import type { Ajv, FuncKeywordDefinition, Vocabulary } from "ajv";
import { isMultipleOf } from "./decimal.ts";
import { FORMATS } from "./format.ts";
import { createPattern } from "./pattern.ts";
import { ALTERNATIVES, type AlternativesReference, PART, type PartReference, UNEVALUATED } from "./translate.ts";
import { canonical, findRepetition } from "./unique.ts";
import type { Violation } from "./violation.ts";

type CodeTag = typeof import("ajv")["_"];

/** Compiles translations. */
export type Engine = Pick<Ajv, "compile">;

/**
 * Ajv's parts, loaded when the first schema is compiled. `require`, because a runner that bundles sees the default
 * exports of these modules otherwise than Node does.
 */
function loadAjv() {
	const load = createRequire(import.meta.url);
	const { default: Core } = load("ajv/dist/core.js") as typeof import("ajv/dist/core.js");
	const vocabularies = ["core", "validation", "format"].map(
		(name) => (load(`ajv/dist/vocabularies/${name}/index.js`) as { readonly default: Vocabulary }).default,
	);
	const { default: next } = load("ajv/dist/vocabularies/next.js") as typeof import("ajv/dist/vocabularies/next.js");
	const { default: applicator } = load(
		"ajv/dist/vocabularies/applicator/index.js",
	) as typeof import("ajv/dist/vocabularies/applicator/index.js");
	const { _ } = load("ajv/dist/compile/codegen/index.js") as typeof import("ajv/dist/compile/codegen/index.js");
	return { Core, vocabularies: [...vocabularies, next, applicator(true)], code: _ };
}

/** What the private keywords do. */
export interface Runners {
	readonly runReference: (reference: PartReference, value: unknown, path: string) => readonly Violation[];
	readonly runAlternatives: (
		references: readonly AlternativesReference[],
		value: unknown,
		path: string,
	) => readonly Violation[];
	readonly runUnevaluated: (part: number, value: unknown, path: string) => readonly Violation[];
}

/**
 * Ajv with the keywords that a translation uses. What is evaluated is not counted here: Ajv would count it in every
 * schema, and miscounts what `if` and `contains` look at.
 */
export function createEngine({ runReference, runAlternatives, runUnevaluated }: Runners): Engine {
	const { Core, vocabularies, code } = loadAjv();
	const ajv = new Core({
		allErrors: true,
		strict: false,
		validateSchema: false,
		meta: false,
		logger: false,
		messages: false,
		inlineRefs: false,
		addUsedSchema: false,
		ownProperties: true,
		next: true,
		loopRequired: LOOP_REQUIRED,
		code: {
			regExp: Object.assign((source: string) => createMatcher(source), { code: "createPattern" }),
			optimize: false,
		},
	});
	for (const vocabulary of vocabularies) ajv.addVocabulary(vocabulary);
	for (const [name, { type, test }] of FORMATS) {
		ajv.addFormat(name, type === "string" ? { type, validate: test } : { type, validate: test });
	}
	ajv.removeKeyword("multipleOf").addKeyword(multipleOf(code));
	ajv.removeKeyword("uniqueItems").addKeyword(UNIQUE_ITEMS);
	ajv.removeKeyword("enum").addKeyword(ENUM);
	ajv.addKeyword(privateKeyword(PART, runReference));
	ajv.addKeyword(privateKeyword(ALTERNATIVES, runAlternatives));
	ajv.addKeyword(privateKeyword(UNEVALUATED, runUnevaluated));
	return ajv;
}

/** Ajv shares what has the same text. */
function createMatcher(source: string): { test(text: string): boolean; toString(): string } {
	const pattern = createPattern(source);
	return { test: (text) => pattern.test(text), toString: () => source };
}

/** Ajv divides binary fractions, by which 0.3 is no multiple of 0.1. */
function multipleOf(code: CodeTag): FuncKeywordDefinition {
	return {
		keyword: "multipleOf",
		type: "number",
		schemaType: "number",
		errors: false,
		validate: (divisor: number, value: number) => isMultipleOf(value, divisor),
		error: { message: "", params: ({ schemaCode }) => code`{multipleOf: ${schemaCode}}` },
	};
}

/** Ajv writes code for every name up to so many, which takes longer to compile than it ever saves. */
const LOOP_REQUIRED = 4;

/** Ajv writes a comparison for every listed value: a list of all countries is slow to compile, one of 100,000 values to ask. */
const ENUM: FuncKeywordDefinition = {
	keyword: "enum",
	schemaType: "array",
	compile(allowedValues: readonly unknown[]) {
		const scalars = new Set(allowedValues.filter((value) => typeof value !== "object" || value === null));
		const others = new Set(allowedValues.filter((value) => typeof value === "object" && value !== null).map(canonical));
		const validate = (value: unknown): boolean => {
			const isScalar = typeof value !== "object" || value === null;
			if (isScalar ? scalars.has(value) : others.size > 0 && others.has(canonical(value))) return true;
			Object.assign(validate, { errors: [{ keyword: "enum", params: { allowedValues } }] });
			return false;
		};
		return validate;
	},
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

/** A keyword whose violations are already written for people. */
function privateKeyword<T>(
	keyword: string,
	run: (parameter: T, value: unknown, path: string) => readonly Violation[],
): FuncKeywordDefinition {
	return {
		keyword,
		compile(parameter: T) {
			const validate = (value: unknown, context?: { instancePath: string }): boolean => {
				const violations = run(parameter, value, context?.instancePath ?? "");
				const errors = violations.map((violation) => ({
					keyword,
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

import type { ErrorObject, ValidateFunction } from "ajv";
import { judgeAlternatives } from "./alternatives.ts";
import { createEngine, type Engine } from "./engine.ts";
import { child, nodeOf } from "./navigate.ts";
import { parsePointer } from "./reference.ts";
import type { Direction, Schema } from "./schema.ts";
import { type Fault, settle } from "./settle.ts";
import { type AlternativesReference, type Nulls, type PartReference, translate } from "./translate.ts";
import { judgeUnevaluated } from "./unevaluated.ts";
import { describeViolation, type Violation } from "./violation.ts";

/** Judges values by schemas in one direction, each schema compiled on its own when a value first reaches it. */
export interface Judge {
	/** Everything that a value at a place breaks. Throws a RangeError when the value is nested deeper than the stack. */
	judge(schema: Schema, value: unknown, overlaps: Overlaps): readonly Violation[];
}

/**
 * Whether alternatives of a `oneOf` may overlap where a discriminator tells which is meant. By the letter they may not, and
 * every author means it.
 */
export type Overlaps = "allowed" | "refused";

export interface JudgeOptions {
	readonly direction: Direction;
	readonly nulls: Nulls;
	/** Told what cannot be enforced, as a sentence. */
	readonly note: (text: string) => void;
}

/** A schema that is compiled on its own. */
interface CompiledPart {
	readonly schema: Schema;
	validate?: ValidateFunction;
	/** The instances it is looking at, innermost last: a schema that applies itself to the same instance says nothing new. */
	readonly active: { readonly path: string; readonly value: unknown }[];
	/** What it said in this judgement, by place in the value. */
	readonly remembered: Map<string, { readonly value: unknown; readonly violations: readonly Violation[] }>;
}

/** Ordinary values are judged in fewer steps than this. */
const RUNS_REMEMBERED_FROM = 100;

/** The parts of one direction. */
export function createJudge({ direction, nulls, note }: JudgeOptions): Judge {
	const numbers = new Map<Schema, number>();
	const compiled: CompiledPart[] = [];
	const remembering = new Set<CompiledPart>();
	let engine: Engine | undefined;
	let runs = 0;
	let overlaps: Overlaps = "allowed";

	function partOf(schema: Schema): number {
		const known = numbers.get(schema);
		if (known !== undefined) return known;
		const number = compiled.push({ schema, active: [], remembered: new Map() }) - 1;
		numbers.set(schema, number);
		return number;
	}

	const runSchema = (schema: Schema, value: unknown, path: string): readonly Violation[] =>
		run(compiled[partOf(schema)] as CompiledPart, value, path);

	function runReference({ part, excused }: PartReference, value: unknown, path: string): readonly Violation[] {
		return excuse(run(compiled[part] as CompiledPart, value, path), excused, path);
	}

	function runAlternatives(references: readonly AlternativesReference[], value: unknown, path: string) {
		return references.flatMap(({ part, keyword, isDiscriminated, excused }) => {
			const { schema } = compiled[part] as CompiledPart;
			const list = nodeOf(schema)[keyword] as readonly unknown[];
			const branches = list.flatMap((_, index) => child(schema, keyword, index) ?? []);
			const schemaPointer = `${schema.source.file}#${schema.source.pointer}/${keyword}`;
			const as = isDiscriminated && overlaps === "allowed" ? "anyOf" : keyword;
			const question = { keyword: as, branches, value, path, schemaPointer };
			return judgeAlternatives(question, (branch) => excuse(runSchema(branch, value, path), excused, path));
		});
	}

	function runUnevaluated(part: number, value: unknown, path: string): readonly Violation[] {
		return judgeUnevaluated({ schema: (compiled[part] as CompiledPart).schema, value, path }, runSchema);
	}

	/** Alternatives that share their parts would be judged again and again, so a long judgement remembers. */
	function run(part: CompiledPart, value: unknown, path: string): readonly Violation[] {
		if (++runs < RUNS_REMEMBERED_FROM) return runOnce(part, value, path);
		const known = part.remembered.get(path);
		if (known !== undefined && known.value === value) return known.violations;
		const violations = runOnce(part, value, path);
		part.remembered.set(path, { value, violations });
		remembering.add(part);
		return violations;
	}

	function runOnce(part: CompiledPart, value: unknown, path: string): readonly Violation[] {
		if (part.active.length > 0 && part.active.some((entry) => entry.path === path && entry.value === value))
			return NONE;
		engine ??= createEngine({ runReference, runAlternatives, runUnevaluated });
		part.validate ??= engine.compile(translate(part.schema, { direction, nulls, note, partOf }));
		part.active.push({ path, value });
		try {
			if (part.validate(value, path === "" ? TOP : contextAt(path))) return NONE;
			const faults = settle((part.validate.errors ?? []).map(toFault));
			// What is remembered is told again by everybody who refers to it; twenty times doubled that is a million.
			return [...new Set(faults.map((fault) => toViolation(fault, part.schema)))];
		} finally {
			part.active.pop();
		}
	}

	function forgetAll(): void {
		for (const part of remembering) part.remembered.clear();
		remembering.clear();
	}

	function judge(schema: Schema, value: unknown, allowed: Overlaps): readonly Violation[] {
		overlaps = allowed;
		try {
			return runSchema(schema, value, "");
		} finally {
			runs = 0;
			if (remembering.size > 0) forgetAll();
		}
	}

	return { judge };
}

const NONE: readonly Violation[] = [];

/** What stands around a value does not matter to any keyword that is used. */
function contextAt(instancePath: string): Parameters<ValidateFunction>[1] {
	return { instancePath, parentData: {}, parentDataProperty: "", rootData: {} } as Parameters<ValidateFunction>[1];
}

const TOP = contextAt("");

/** Leaves out that properties are missing which need not be there in this direction. */
function excuse(violations: readonly Violation[], excused: readonly string[], path: string): readonly Violation[] {
	if (excused.length === 0) return violations;
	return violations.filter(
		({ keyword, pointer, params }) =>
			keyword !== "required" || pointer !== path || !excused.includes(String(params.missingProperty)),
	);
}

/** A fault of this part, or the violation that another part has already found. */
type Found = Fault & { readonly violation?: Violation };

function toFault({ keyword: name, instancePath, schemaPath, params }: ErrorObject): Found {
	const { violation } = params as { readonly violation?: Violation };
	if (violation !== undefined) return { ...violation, path: schemaPath, violation };
	const keyword = name === "false schema" ? "false" : name;
	return { path: schemaPath.replace(/false schema$/, "false"), keyword, pointer: instancePath, params };
}

/** Written only for what is left in the end: most of what Ajv finds in alternatives is never shown. */
function toViolation(fault: Found, schema: Schema): Violation {
	const { path, keyword, pointer, params, violation } = fault;
	if (violation !== undefined) return violation;
	return { pointer, keyword, message: describeViolation(keyword, params), params, schemaPointer: locate(path, schema) };
}

/** Keyword by keyword of a schema: there are as many as it has, and one is broken again and again. */
const located = new WeakMap<Schema, Map<string, string>>();

/** The place of a keyword in its document, from its place in what was compiled. */
function locate(path: string, schema: Schema): string {
	const places = located.get(schema) ?? new Map<string, string>();
	located.set(schema, places);
	const place = places.get(path) ?? locateOnce(path, schema);
	places.set(path, place);
	return place;
}

function locateOnce(path: string, schema: Schema): string {
	const tokens = parsePointer(path.slice(1)).map(decodeURIComponent);
	const keyword = tokens.at(-1) ?? "";
	const steps = tokens.slice(0, -1);
	const { source } = schema.registry.at(schema, steps) ?? schema;
	return `${source.file}#${source.pointer}${keyword === "false" ? "" : `/${keyword}`}`;
}

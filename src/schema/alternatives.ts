import { glance } from "./glance.ts";
import type { Schema } from "./schema.ts";
import { chooseBranch } from "./settle.ts";
import { describeViolation, type Violation } from "./violation.ts";

/** A value that must be of one, or of at least one, of several schemas. */
export interface Question {
	readonly keyword: "anyOf" | "oneOf";
	readonly branches: readonly Schema[];
	readonly value: unknown;
	/** JSON Pointer into the value. */
	readonly path: string;
	/** `file#pointer` of the keyword. */
	readonly schemaPointer: string;
}

/**
 * Judges alternatives, looking closely only at those that a glance does not rule out: of fifty kinds of events the one
 * that is meant is compiled, and the others never.
 */
export function judgeAlternatives(
	question: Question,
	judge: (branch: Schema) => readonly Violation[],
): readonly Violation[] {
	const { keyword, branches } = question;
	const looks: Look[] = [];
	const passing: number[] = [];
	const enough = keyword === "anyOf" ? 1 : 2;
	for (let index = 0; index < branches.length && passing.length < enough; index++) {
		const look = lookAt(branches[index] as Schema, question, judge);
		looks.push(look);
		if (look.violations?.length === 0) passing.push(index);
	}
	if (passing.length === 1) return [];
	return passing.length > 1 ? [violationOf(question, keyword, { passingSchemas: passing })] : explain(question, looks);
}

/** What was seen of one alternative: violations on a closer look, or none when a glance was enough. */
interface Look {
	readonly violations?: readonly Violation[];
	/** The types that it admits, when the value is of another. */
	readonly types?: readonly string[];
}

function lookAt(branch: Schema, { value }: Question, judge: (branch: Schema) => readonly Violation[]): Look {
	return glance(branch, value) ?? { violations: judge(branch) };
}

/** No alternative matches: what the value was meant to be, of which type it should have been, or just that. */
function explain(question: Question, looks: readonly Look[]): readonly Violation[] {
	const types = looks.map((look) => look.types);
	if (types.every((one) => one !== undefined)) {
		return [violationOf(question, "type", { type: [...new Set(types.flat())] })];
	}
	const closer = looks.flatMap(({ violations }) => (violations === undefined ? [] : [violations]));
	const faults = closer.map((list) => list.map((violation) => ({ ...violation, path: "", violation })));
	const chosen = chooseBranch(faults, question.path);
	return chosen?.map(({ violation }) => violation) ?? [violationOf(question, question.keyword, {})];
}

function violationOf({ path, schemaPointer }: Question, keyword: string, params: Violation["params"]): Violation {
	return { pointer: path, keyword, message: describeViolation(keyword, params), params, schemaPointer };
}

import type { Operation, Parameter } from "../../contract/contract.ts";
import { enumeration, typesOf } from "../../schema/navigate.ts";
import type { Evidence } from "../evidence.ts";
import type { Omission } from "../query/omission.ts";
import type { Field, Resource } from "../resource.ts";
import type { Value } from "../value.ts";
import { wordPattern } from "./outcome-words.ts";
import { singular } from "./shown.ts";
import { sentencesIn, sentencesOf } from "./words.ts";

const LEFT_OUT = /\b(?:left out|not (?:included|listed|shown|returned|part of)|excluded|hidden|omitted)\b/i;
/** Names of parameters that ask for what is left out otherwise. */
const LIFTING = /^(?:include|with|show|all)(?=$|[_A-Z-])/;

/**
 * Which items a list leaves out, where a sentence says so of the operation or of a parameter: `Cancelled orders are left
 * out unless they are asked for by status`.
 */
export function inferOmissions(
	operation: Operation,
	asked: readonly Parameter[],
	resource: Resource | undefined,
): readonly Omission[] {
	if (resource === undefined) return [];
	return spoken(operation, asked)
		.filter(({ text }) => LEFT_OUT.test(text))
		.flatMap(({ text, evidence, by }) =>
			[...resource.fields.values()].flatMap((field): readonly Omission[] => {
				const values = valuesIn(text, field, resource);
				if (values.length === 0) return [];
				const lifting = asked.filter(({ name }) => name === field.name || LIFTING.test(name) || isNamed(text, name));
				const liftedBy = [...new Set([...by, ...lifting.map(({ name }) => name)])];
				return [{ field: field.name, values, liftedBy, evidence: [evidence] }];
			}),
		);
}

interface Spoken {
	readonly text: string;
	readonly evidence: Evidence;
	/** The parameter that is described. */
	readonly by: readonly string[];
}

function spoken(operation: Operation, asked: readonly Parameter[]): readonly Spoken[] {
	return [
		...sentencesOf(operation).map(({ text, evidence }) => ({ text, evidence, by: [] })),
		...asked.flatMap(({ name, description = "", source }) =>
			sentencesIn(description).map((text) => ({
				text,
				evidence: { kind: "words" as const, text, source },
				by: [name],
			})),
		),
	];
}

function isNamed(text: string, name: string): boolean {
	return new RegExp(`\\b${wordPattern(name)}\\b`).test(text);
}

/** What items of the named standing hold: `Inactive products` hold false in `active`. */
function valuesIn(text: string, { name, schema }: Field, resource: Resource): readonly Value[] {
	const noun = wordPattern(singular(resource.name));
	const speaksOf = (word: string): boolean =>
		new RegExp(`(?<![\\w-])[\`"'*]{0,2}${word}[\`"'*]{0,2}(?:,? (?:and|or) [\\w\`"'*-]+)? ${noun}`, "i").test(text) ||
		new RegExp(`\\b${noun}\\w* (?:that|which|who)? ?(?:is|are|have been|has been) [\`"'*]{0,2}${word}\\b`, "i").test(
			text,
		);
	if (typesOf(schema).join() === "boolean") {
		const word = wordPattern(name.replace(/^is[_-]?(?=[a-zA-Z])/i, ""));
		if (speaksOf(`(?:in|un|non-|not )${word}`)) return [false];
		return speaksOf(word) ? [true] : [];
	}
	const words = (enumeration(schema) ?? []).filter((value) => typeof value === "string");
	return words.filter((value) => /\w{3}/.test(value) && speaksOf(wordPattern(value)));
}

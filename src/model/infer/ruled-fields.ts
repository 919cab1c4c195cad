import { typesOf } from "../../schema/navigate.ts";
import type { Field } from "../resource.ts";
import { wordPattern } from "./outcome-words.ts";
import type { Spot } from "./spots.ts";
import { sentencesOf } from "./words.ts";

/** Words that make what a flag becomes depend on more than what is sent. */
const RULES = /\b(?:true|false|whatever|regardless|no matter)\b/i;

/**
 * The fields, a flag of which a sentence says more than that it is stored (`if it is false, the address stays what it
 * was`) no longer being held to what was sent.
 */
export function withRuledFields({ own, items }: Spot, fields: ReadonlyMap<string, Field>): ReadonlyMap<string, Field> {
	const writers = [...own, ...items].filter(({ operation }) => operation.method !== "GET");
	const telling = writers.flatMap(({ operation }) => sentencesOf(operation)).filter(({ text }) => RULES.test(text));
	if (telling.length === 0) return fields;
	return new Map(
		[...fields].map(([name, field]) => {
			const word = new RegExp(`\\b${wordPattern(name)}\\b`);
			const isFlag = field.owner === "client" && typesOf(field.schema).join() === "boolean";
			const isRuled = isFlag && telling.some(({ text }) => word.test(text));
			return [name, isRuled ? { ...field, compared: false } : field];
		}),
	);
}

import type { Parameter } from "../../contract/contract.ts";
import { annotation, enumeration, typesOf } from "../../schema/navigate.ts";
import type { Search } from "../query/search.ts";
import type { Field, Resource } from "../resource.ts";
import { plain, SEARCH } from "./query-names.ts";

const NAMING = /^(?:(?:display|full)?name|title|label|subject|email)$/;
/** Words by which upper and lower case are one. */
export const CASELESS: RegExp =
	/\bwithout regard to (?:the |upper |lower |and )*case\b|\b(?:upper|lower)[ -](?:and (?:upper|lower)[ -])?case (?:letters )?(?:are|is) not (?:distinguished|told apart)\b|\bcase[- ]?insensitive\w*|\bignor\w+ (?:the )?case\b|\bregardless of case\b|\bwhatever (?:the |its )?case\b|\b(?:upper|lower)[- ]?case\b[^.;]{0,30}\balike\b|\bcase (?:of (?:the )?letters )?(?:does not|doesn't|is not|never) (?:matter|significant|considered|count)\w*|\b(?:in )?any case\b/i;
const PARTIAL = /\b(?:contain\w*|substrings?|partial\w*|anywhere|part of)\b/i;
const FUZZY =
	/\b(?:fuzzy|similar\w*|typos?|relevan\w*|full[- ]?text|stem\w*|wildcards?|regex\w*|expressions?|syntax|lucene|operators?)\b/i;

/** The parameter that asks for items that hold a text, and the fields that its words name. */
export function inferSearch(asked: readonly Parameter[], resource: Resource): Search | undefined {
	const found = asked.filter(({ name }) => SEARCH.test(plain(name)));
	const [parameter] = found;
	if (parameter === undefined) return undefined;
	const { name, description = "", source } = parameter;
	const texts = [...resource.fields.values()].filter(isText);
	const named = texts.filter((field) => isNamed(field, description));
	const [text = ""] = description.split(/(?<=[.!?])\s/);
	return {
		kind: "search",
		parameters: found.map((one) => one.name),
		parameter: name,
		...(named.length === 0 ? {} : { fields: named.map((field) => field.name) }),
		candidates: texts
			.toSorted((a, b) => Number(NAMING.test(plain(b.name))) - Number(NAMING.test(plain(a.name))))
			.map((field) => field.name),
		caseless: CASELESS.test(description),
		partial: PARTIAL.test(description),
		fuzzy: FUZZY.test(description),
		does: "as-documented",
		evidence: [
			named.length === 0
				? { kind: "convention", text: `a parameter called ${name}`, source }
				: { kind: "words", text, source },
		],
	};
}

function isText({ schema, owner, written }: Field): boolean {
	const isPlain = annotation(schema, "format") === undefined || annotation(schema, "format") === "email";
	return (
		owner === "client" && written && isPlain && typesOf(schema).includes("string") && enumeration(schema) === undefined
	);
}

function isNamed({ name }: Field, description: string): boolean {
	const words = name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").replaceAll(/[_-]/g, " ");
	return new RegExp(`\\b(?:${literally(name)}|${literally(words)})s?\\b`, "i").test(description);
}

function literally(text: string): string {
	return text.replaceAll(/[^\w\s]/g, "\\$&");
}

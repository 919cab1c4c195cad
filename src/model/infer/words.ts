import type { Operation } from "../../contract/contract.ts";
import type { Evidence } from "../evidence.ts";

/** What a sentence can say about the effect of an operation. */
export type Verb = "replace" | "upsert" | "append" | "merge" | "remove" | "create" | "clear" | "read" | "list";

/** Most telling first: "creates or replaces" is an upsert and neither a create nor a replace. */
const VERBS: readonly (readonly [Verb, RegExp])[] = [
	[
		"upsert",
		/\bupserts?\b|\bcreates?\b[^.;]{0,60}?\bor (?:else )?(?:updates?|overwrites?|replaces?|modif(?:y|ies))\b|\b(?:updates?|replaces?) or creates?\b/i,
	],
	["clear", /\b(?:clears?|empties|removes? all|deletes? all)\b/i],
	["replace", /\b(?:replac(?:e|es|ing)|overwrit(?:e|es|ing)|sets? the (?:whole|entire|full|complete))\b/i],
	["append", /\b(?:appends?|adds? (?:[^.;]{0,60}? )?to)\b/i],
	[
		"merge",
		/\b(?:merges?|partial(?:ly)? updates?|partially modif(?:y|ies)|updates? (?:only )?the (?:given|provided|supplied|sent) (?:fields|properties))\b/i,
	],
	["remove", /\b(?:deletes?|removes?|revokes?|destroys?)\b/i],
	["create", /\b(?:creates?|registers?|inserts?)\b/i],
	["list", /\b(?:lists?|returns? (?:every|all))\b/i],
	["read", /\b(?:gets?|reads?|returns?|retrieves?|shows?|fetch(?:es)?)\b/i],
];

/** Words that limit what a sentence says: it no longer carries a claim, and takes a conventional one away. */
const LIMITING = /\b(?:only|except|not|unless|may|might|ignored?|never|cannot|no longer|n't|depending|optionally)\b/i;

export interface Sentence {
	readonly text: string;
	readonly evidence: Evidence;
}

/** The sentences of an operation's summary and description, each with its place. */
export function sentencesOf(operation: Operation): readonly Sentence[] {
	const fields = ["summary", "description"] as const;
	return fields.flatMap((field) =>
		split(operation[field] ?? "").map((text) => ({
			text,
			evidence: {
				kind: "words" as const,
				text,
				source: { file: operation.source.file, pointer: `${operation.source.pointer}/${field}` },
			},
		})),
	);
}

const SENTENCES_MAX = 200;

function split(text: string): readonly string[] {
	const flat = text.replaceAll(/\s+/g, " ").trim();
	return flat
		.split(/(?<=[.!?])\s+(?=[A-Z`"'(])|\s*;\s+/)
		.filter((sentence) => sentence !== "")
		.slice(0, SENTENCES_MAX);
}

export function isLimiting(text: string): boolean {
	return LIMITING.test(text);
}

/** The verb that a sentence leads with; undefined when it says none of ours. */
export function verbOf(text: string): Verb | undefined {
	return VERBS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** The first sentence that says this verb without limiting it. */
export function sentenceSaying(sentences: readonly Sentence[], verbs: readonly Verb[]): Sentence | undefined {
	return sentences.find(({ text }) => {
		const verb = verbOf(text);
		return verb !== undefined && verbs.includes(verb) && !isLimiting(text);
	});
}

/** The first sentence that limits what one of these verbs would say. */
export function sentenceLimiting(sentences: readonly Sentence[], verbs: readonly Verb[]): Sentence | undefined {
	return sentences.find(({ text }) => {
		const verb = verbOf(text);
		return verb !== undefined && verbs.includes(verb) && isLimiting(text);
	});
}

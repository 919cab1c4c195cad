import type { Operation } from "../../contract/contract.ts";
import type { Evidence } from "../evidence.ts";

/** What a sentence can say about the effect of an operation. */
export type Verb =
	| "replace"
	| "upsert"
	| "append"
	| "merge"
	| "update"
	| "remove"
	| "create"
	| "clear"
	| "read"
	| "list";

/** What may stand before the verb that a sentence leads with: `This operation`, `Allows users to`. */
const LEAD =
	/^[*_#>\s-]*(?:(?:this|the) (?:\w+ ){0,2}?(?:operation|endpoint|method|call|request|api|resource|route|action) )?(?:(?:can |will )?(?:be )?(?:used? (?:this |it |(?:this |the )?(?:\w+ ){0,2})?to |allows? (?:\w+ ){0,3}?to |lets? (?:you|users|clients) ))?(?:to )?/i;

/** Most telling first: "creates or replaces" is an upsert and neither a create nor a replace. */
const VERBS: readonly (readonly [Verb, RegExp])[] = [
	[
		"upsert",
		/^(?:upserts?\b|(?:creates?|adds?|inserts?|posts?|registers?|saves?)\b[^.;]{0,60}?(?:\/|\bor (?:else )?|, or )(?:updates?|overwrites?|replaces?|modif(?:y|ies)|sets?|edits?)\b|(?:updates?|replaces?|sets?|overwrites?)\b[^.;]{0,40}?(?:\/|\bor )(?:creates?|adds?|inserts?)\b)/i,
	],
	[
		"clear",
		/^(?:clears?\b|empties\b|empty\b|purges?\b|(?:removes?|deletes?) (?:all|every)\b(?! (?:of )?(?:the )?(?:data|information|details) (?:of|for|about)))/i,
	],
	[
		"replace",
		/^(?:replac(?:e|es|ing)\b|overwrit(?:e|es|ing)\b|(?:updates?|sets?) (?:the (?:whole|entire|full|complete)|all (?:of )?the)\b)/i,
	],
	["append", /^(?:appends?\b|(?:adds?|attach(?:es)?|assigns?)\b[^.;]{0,60}? to\b)/i],
	[
		"merge",
		/^(?:merges?\b|patch(?:es)?\b|partial(?:ly)? (?:updates?|modif(?:y|ies)|edits?|changes?)\b|(?:updates?|changes?|modif(?:y|ies)) (?:only )?(?:the (?:given|provided|supplied|sent|specified) |some |one or more |certain |selected |specific )(?:of the )?(?:fields|properties|attributes|values|parameters)\b)/i,
	],
	["update", /^(?:updates?|modif(?:y|ies)|edits?|chang(?:e|es)|sets?)\b/i],
	["remove", /^(?:deletes?|removes?|revokes?|destroys?|unassigns?|detach(?:es)?)\b/i],
	["create", /^(?:creates?|registers?|inserts?|adds?|posts? (?:a|an|new)|uploads?)\b/i],
	[
		"list",
		/^(?:lists?\b|(?:returns?|gets?|retrieves?|shows?|fetch(?:es)?|finds?) (?:every|all|(?:(?:an?|the) )?(?:\w+ )?(?:list|array|collection) of)\b)/i,
	],
	[
		"read",
		/^(?:gets?|reads?|returns?|retrieves?|shows?|fetch(?:es)?|finds?|views?|queries|query|obtains?|describes?|gives?|provides?|displays?|looks? up|search(?:es)?)\b/i,
	],
];

/** `Creates/modifies/deletes` what the body lists: no single one of these is what happens to the item. */
const MANAGING = /^[a-z]+(?:\s*[/,]\s*[a-z]+)*\s*(?:[/,]|\bor\b|,? and\b)\s*(?:deletes?|removes?)\b/i;

/** What is said of the fields that a request leaves out, wherever in a sentence. */
const LEFT_OUT = String.raw`(?:fields?|propert(?:y|ies)|attributes?|values?|parameters?|members?|keys?)[^.;]{0,60}?\b(?:(?:not|n't|never) (?:\w+ )?(?:sent|provided|included|specified|present|set|passed|supplied|given|listed|updated)|omitted|left out|leaves? out|missing|absent|unspecified)\b`;
const STAYS = String.raw`\b(?:unchanged|untouched|unmodified|unaffected|(?:not|n't|never) (?:be )?(?:changed|modified|updated|affected|altered|touched|overwritten)|ke(?:ep|eps|pt)|remains?|stays?|preserved|retained)\b`;
const GOES = String.raw`\b(?:default|reset|cleared|removed|deleted|erased|unset|emptied|lost|(?:set )?to null|nulled)\b`;
const SEMANTICS: readonly (readonly [Verb, RegExp])[] = [
	["merge", new RegExp(`\\b${LEFT_OUT}[^.;]{0,80}?${STAYS}`, "i")],
	[
		"merge",
		/\bonly (?:the )?(?:given|provided|supplied|sent|specified|included|passed|present|submitted) (?:fields|properties|attributes|values|keys|parameters)\b|\bonly (?:the )?(?:fields|properties|attributes|values|keys|parameters) (?:that (?:are|were) |which (?:are|were) |you )?(?:given|provide[ds]?|supplied|sen[dt]|specif(?:y|ied)|included?|passe?d?|present|submitted)\b/i,
	],
	["replace", new RegExp(`\\b${LEFT_OUT}[^.;]{0,80}?${GOES}`, "i")],
];

/** Words that limit what a sentence says: it no longer carries a claim, and takes a conventional one away. */
const LIMITING = /\b(?:only|except|not|unless|may|might|ignored?|never|cannot|no longer|depending|optionally)\b|n't\b/i;

/**
 * Limits that are about something else: what is answered when nothing is there, who may call, what cannot be taken
 * back, what is not worth waiting for.
 */
const HARMLESS: readonly RegExp[] = [
	/\b(?:if|when|whenever|unless|in case|where|as)\b[^.;]*\b(?:not|n't|no) (?:\w+ )?(?:exists?|found|present|available|valid|authorized|authenticated|permitted|allowed)\b[^.;]*/gi,
	/\b(?:if|when|unless|provided)\b[^.;]*\b(?:access|permissions?|rights|privileges?|scopes?)\b[^.;]*/gi,
	/\b(?:can(?:not|'t)|can not|may not|is not) (?:be )?(?:undone|reversed|reverted|recovered|restored|undeleted|reversible|recoverable)\b/gi,
	/\b(?:only|not) (?:available|accessible|supported|allowed|permitted|usable|callable|visible|intended|meant|recommended)\b[^.;]*/gi,
	/\b(?:read|write|admin|view)[- ]only\b/gi,
	/\bonly (?:admins?|administrators?|owners?|users?|members?|the (?:owner|creator|author|admin|user)|people|authenticated|authorized|superusers?)\b[^.;]*/gi,
	/\b(?:may|might) (?:take|need|want|require|also|use|choose)\b/gi,
	/\bif (?:it|they|the \w+) (?:may|might)\b/gi,
	/\bnot only\b/gi,
	/\bwhether or not\b/gi,
];

export interface Sentence {
	readonly text: string;
	readonly evidence: Evidence;
}

/** The sentences of any text. */
export function sentencesIn(text: string): readonly string[] {
	return split(text);
}

/** The sentences of an operation's summary and description, each with its place. */
export function sentencesOf(operation: Operation): readonly Sentence[] {
	const known = sentencesByOperation.get(operation) ?? readSentences(operation);
	sentencesByOperation.set(operation, known);
	return known;
}

/** Every fact of an operation asks for them again. */
const sentencesByOperation = new WeakMap<Operation, readonly Sentence[]>();

function readSentences(operation: Operation): readonly Sentence[] {
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
const SENTENCE_LENGTH_MAX = 1_000;
const TEXT_LENGTH_MAX = 20_000;

/** Paragraphs, list items and markup end a sentence as well as a full stop does. */
function split(text: string): readonly string[] {
	return text
		.slice(0, TEXT_LENGTH_MAX)
		.replaceAll(/<\/?(?:p|li|ul|ol|br|div|h\d|note|important|tr|td)\b[^>]*>/gi, "\n\n")
		.replaceAll(/<[^>]*>/g, " ")
		.split(/\n\s*\n|\n\s*(?=[-*#] )/)
		.flatMap((paragraph) =>
			paragraph
				.replaceAll(/\s+/g, " ")
				.trim()
				.split(/(?<=[.!?])\s+(?=[A-Z`"'(*[])|\s*;\s+/),
		)
		.filter((sentence) => sentence !== "" && sentence.length <= SENTENCE_LENGTH_MAX)
		.slice(0, SENTENCES_MAX);
}

/** Whether a sentence says less than it seems to: only, except, not, unless, may. */
export function isLimiting(text: string): boolean {
	return LIMITING.test(HARMLESS.reduce((left, harmless) => left.replaceAll(harmless, " "), text));
}

/** The verb that a sentence leads with, or what it says of left out fields; undefined when it says none of ours. */
export function verbOf(text: string): Verb | undefined {
	const said = SEMANTICS.find(([, pattern]) => pattern.test(text))?.[0];
	if (said !== undefined) return said;
	const led = text.replace(LEAD, "");
	const plain = led.replace(/^\w+ly /i, "");
	if (MANAGING.test(plain)) return undefined;
	return VERBS.find(([, pattern]) => pattern.test(led) || pattern.test(plain))?.[0];
}

/** What a sentence says of left out fields is a claim of its own, however it is limited. */
function isSemantic(text: string): boolean {
	return SEMANTICS.some(([, pattern]) => pattern.test(text));
}

/** The first sentence that says one of these verbs without limiting it; what is said of left out fields goes before. */
export function sentenceSaying(
	sentences: readonly Sentence[],
	verbs: readonly Verb[],
	speaks: (sentence: Sentence) => boolean,
): Sentence | undefined {
	const saying = sentences.filter((sentence) => {
		const { text } = sentence;
		const verb = verbOf(text);
		return verb !== undefined && verbs.includes(verb) && (isSemantic(text) || (!isLimiting(text) && speaks(sentence)));
	});
	return saying.find(({ text }) => isSemantic(text)) ?? saying[0];
}

/** How writing is spoken of anywhere in a sentence, as in `The list is replaced only when …`. */
const MENTIONS: Readonly<Partial<Record<Verb, RegExp>>> = {
	append: /\b(?:append|add)(?:s|ed|ing)?\b/i,
	clear: /\b(?:clear|purge)(?:s|d|ed|ing)?\b|\bempt(?:y|ies|ied)\b/i,
	create: /\b(?:creat(?:e|es|ed|ing)|regist(?:er|ers|ered)|insert(?:s|ed)?)\b/i,
	merge: /\bmerg(?:e|es|ed|ing)\b/i,
	remove: /\b(?:delet|remov|revok)(?:e|es|ed|ing)\b/i,
	replace: /\b(?:replac(?:e|es|ed|ing)|overwr(?:ite|ites|itten|iting))\b/i,
	update: /\b(?:updat(?:e|es|ed|ing)|modif(?:y|ies|ied))\b/i,
	upsert: /\b(?:upsert(?:s|ed)?|overwr(?:ite|ites|itten))\b/i,
};

/** The first sentence that limits what one of these verbs would say. */
export function sentenceLimiting(sentences: readonly Sentence[], verbs: readonly Verb[]): Sentence | undefined {
	return sentences.find(({ text }) => {
		const verb = verbOf(text);
		const isAbout = (verb !== undefined && verbs.includes(verb)) || verbs.some((one) => MENTIONS[one]?.test(text));
		return isAbout && !isSemantic(text) && isLimiting(text);
	});
}

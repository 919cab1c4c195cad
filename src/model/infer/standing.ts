import type { Operation } from "../../contract/contract.ts";
import { enumeration, typesOf } from "../../schema/navigate.ts";
import { type Effect, resourceActedOn } from "../effect.ts";
import type { Evidence } from "../evidence.ts";
import type { When } from "../guard/when.ts";
import type { Resource } from "../resource.ts";
import type { Value } from "../value.ts";
import type { Addressed } from "./guards.ts";
import { wordPattern } from "./outcome-words.ts";
import { singular } from "./shown.ts";
import { sentencesIn, sentencesOf } from "./words.ts";

/**
 * In which standing an item must be, where a sentence says so: `A closed ticket cannot be changed`, `Only drafts can be
 * placed`, and of a refusal `The order is already shipped`.
 *
 * @example standingGuards(updateTicket, effect, addressed) // [{ kind: "when", fields: { status: ["closed"] }, isNot: true, … }]
 */
export function standingGuards(operation: Operation, effect: Effect, { resources, keys }: Addressed): readonly When[] {
	if (READS.has(operation.method)) return [];
	const own = resourceActedOn(effect);
	const said = [...keys.keys()].flatMap((name): readonly Said[] => {
		const resource = resources.get(name);
		const known = resource === undefined ? [] : standingsOf(resource);
		return known.length === 0
			? []
			: spokenOf(operation, known, nounsFor(name, name === own)).map((one) => ({ ...one, of: name }));
	});
	const distinct = new Map(said.map((one) => [`${one.of} ${one.field} ${one.isNot} ${String(one.values)}`, one]));
	return [...distinct.values()].map(({ of, field, values, isNot, status, evidence }) => ({
		kind: "when",
		fields: { [field]: values.length === 1 ? (values[0] as Value) : values },
		...(of === own ? {} : { of }),
		...(isNot ? { isNot } : {}),
		isInferred: true,
		statuses: [status],
		evidence: [evidence],
		enforced: true,
		leaks: "no",
	}));
}

const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

/** Whether a sentence limits an operation by the standing of its item, and by nothing else. */
export function speaksOfStanding(text: string, resource: Resource): boolean {
	const nouns = nounsFor(resource.name, true);
	const read = (words: Standing["words"]): unknown => readStanding(text, { words, nouns, isRefusal: false });
	return !EXCEPTING.test(text) && standingsOf(resource).some(({ words }) => read(words) !== undefined);
}

interface Spoken {
	readonly field: string;
	readonly values: readonly Value[];
	/** What it must not be. */
	readonly isNot: boolean;
	readonly status: string;
	readonly evidence: Evidence;
}

interface Said extends Spoken {
	readonly of: string;
}

/** A field whose values are words that a sentence may use. */
interface Standing {
	readonly field: string;
	readonly words: ReadonlyMap<string, Value>;
}

function standingsOf({ fields }: Resource): readonly Standing[] {
	return [...fields.values()].flatMap(({ name, schema }): readonly Standing[] => {
		if (typesOf(schema).join() === "boolean")
			return [{ field: name, words: new Map([[name.replace(/^is[_-]?(?=[a-zA-Z])/i, ""), true]]) }];
		const listed = (enumeration(schema) ?? []).filter((value) => typeof value === "string");
		const words = listed.filter((word) => /^[A-Za-z][\w -]{2,}$/.test(word));
		return words.length < 2 ? [] : [{ field: name, words: new Map(words.map((word) => [word, word])) }];
	});
}

/** What sentences may call the item. */
function nounsFor(name: string, isOwn: boolean): string {
	const noun = wordPattern(singular(name));
	const last = noun.split("[ _-]").at(-1);
	const other = last === noun ? [] : [last];
	return [noun, ...other, ...(isOwn ? ["it", "item", "resource"] : [])].map((word) => `${word}s?`).join("|");
}

/** Statuses by which what is asked for is refused because of how the item stands. */
const CONFLICTS = ["409", "423", "422", "400", "412", "410"];

function spokenOf(operation: Operation, standings: readonly Standing[], nouns: string): readonly Spoken[] {
	const documented = operation.responses.map(({ status }) => status);
	const usual = ["409", "423"].find((status) => documented.includes(status));
	const refusals = operation.responses
		.filter(({ status }) => CONFLICTS.includes(status))
		.flatMap(({ status, description, source }) =>
			sentencesIn(description).map((text) => ({
				status,
				isRefusal: true,
				text,
				evidence: { kind: "words" as const, text, source },
			})),
		);
	const sentences = sentencesOf(operation).flatMap(({ text, evidence }) => {
		const named = CONFLICTS.find((status) => documented.includes(status) && text.includes(status));
		const status = named ?? usual;
		return status === undefined ? [] : [{ status, isRefusal: named !== undefined, text, evidence }];
	});
	return [...refusals, ...sentences].flatMap(({ text, status, isRefusal, evidence }) => {
		if (EXCEPTING.test(text)) return [];
		return standings.flatMap(({ field, words }) => {
			const read = readStanding(text, { words, nouns, isRefusal });
			return read === undefined ? [] : [{ field, ...read, status, evidence }];
		});
	});
}

/** What holds for some only, or under a further condition. */
const EXCEPTING = /\b(?:except|unless|other than|depending)\b|\b(?:if|when)\b[^.;]*\band (?:the|an?|it|you|no)\b/i;

interface Reading {
	readonly words: Standing["words"];
	readonly nouns: string;
	/** The sentence is about what is refused. */
	readonly isRefusal: boolean;
}

/** What a sentence asks of a standing; undefined when it says nothing of it. */
function readStanding(text: string, reading: Reading): Pick<Spoken, "values" | "isNot"> | undefined {
	for (const { isNot, pattern } of patternsFor(reading)) {
		const found = pattern.exec(text)?.groups?.words;
		if (found === undefined) continue;
		const values = [...reading.words].flatMap(([word, value]) =>
			new RegExp(`\\b${wordPattern(word)}\\b`, "i").test(found) ? [value] : [],
		);
		return { values, isNot };
	}
	return undefined;
}

/** Phrases that ask for a standing, and then those that rule one out. */
function patternsFor({ words, nouns, isRefusal }: Reading): readonly { isNot: boolean; pattern: RegExp }[] {
	const one = `[\`"'*“]{0,2}(?:${[...words.keys()].map(wordPattern).join("|")})[\`"'*”]{0,2}`;
	const some = `(?<words>${one}(?:(?:, or |, | or | and |/)(?:an? |the )?${one})*)`;
	const named = `(?:(?:the|an?|this|that|any) )?(?:${nouns})`;
	const being = `(?:is|are|was|were|has been|have been)(?: (?:still|already|currently|now|in|the|status|state))*`;
	const standing = `(?:(?:in|with) (?:the |an? )?(?:status|state)? ?)?`;
	const barred = `(?:can(?:not| not|'t|’t| no longer| never)|may not|must not|may no longer)`;
	const wanted = [
		`\\bonly (?:an? |the )?${some} (?:${nouns})\\b`,
		`\\bonly (?:${nouns}|those|items) (?:that|which|who)? ?(?:${being} )?${standing}${some}`,
		`\\b(?:${nouns}) (?:must|has to|have to|needs to) (?:still |currently )?be ${standing}${some}`,
		`\\bonly (?:\\w+ ){0,4}?(?:while|when|if|as long as) ${named} ${being} ${some}`,
		...(isRefusal
			? [`\\b(?:${nouns}) (?:is|are|was|were) not (?:yet |currently |in (?:the )?(?:status |state )?)?${some}\\b`]
			: []),
	];
	const ruledOut = [
		`\\b${some} (?:${nouns}) ${barred} (?:be|accept|have|take|receive)\\b`,
		`\\b(?:${nouns}) (?:that|which|who) ${being} ${some} ${barred}\\b`,
		`\\b(?:once|after|if|when|while) ${named} ${being} ${some}\\b[^.;]*\\b(?:${barred}|refused|rejected|fails?)\\b`,
		`\\b${barred} (?:be )?[^.;]{1,60}? (?:once|after|if|when|while) ${named} ${being} ${some}`,
		`\\b${barred} (?:be )?[^.;]{1,60}? (?:to|in|on|of|for|from) (?:an? |the |any )?${some} (?:${nouns})\\b`,
		...(isRefusal
			? [
					`\\b(?:${nouns}) ${being} ${some}(?! (?:by|for|to|with))`,
					`\\balready ${some}\\b`,
					`^(?:the |an? )?(?:${nouns}) (?:already )?${some}\\W*$`,
				]
			: []),
	];
	return [
		...wanted.map((pattern) => ({ isNot: false, pattern: new RegExp(pattern, "i") })),
		...ruledOut.map((pattern) => ({ isNot: true, pattern: new RegExp(pattern, "i") })),
	];
}

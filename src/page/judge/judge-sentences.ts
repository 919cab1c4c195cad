import type { Effect } from "../../model/effect.ts";
import { partsOf, resourceActedOn } from "../../model/effect.ts";
import { isLimiting, type Verb, verbOf } from "../../model/infer/words.ts";
import type { Behaviour, Model } from "../../model/model.ts";
import { agrees, disagrees, type Hearing, operationOf, type Said } from "../docket.ts";
import { operationName, type Ruling } from "../draft.ts";
import type { NamedSentence } from "../reading.ts";

/**
 * Holds what sentences say of behaviour against the model. What a person writes may be meant otherwise, so that nothing
 * of this is more than a suggestion.
 */
export function judgeSentences(hearing: Hearing): readonly Ruling[] {
	const seen = new Set<string>();
	return hearing.reading.sentences.flatMap((sentence) => {
		const operation = operationOf(hearing, sentence.endpoint);
		const behaviour = operation === undefined ? undefined : hearing.model.behaviours.get(operation.id);
		if (behaviour === undefined) return [];
		return VIEWS.flatMap((view) => {
			const seeing = view(sentence.text, behaviour, hearing.model);
			const key = `${operation?.id} ${seeing?.says}`;
			if (seeing === undefined || seen.has(key)) return [];
			seen.add(key);
			return [rule(hearing, { sentence, behaviour, seeing })];
		});
	});
}

/** What a sentence says in one respect, and what the document says there. */
interface Seeing {
	readonly says: string;
	readonly documented: string;
	/** Undefined where both say the same. */
	readonly otherwise?: string;
}

type View = (text: string, behaviour: Behaviour, model: Model) => Seeing | undefined;

interface Case {
	readonly sentence: NamedSentence;
	readonly behaviour: Behaviour;
	readonly seeing: Seeing;
}

function rule(hearing: Hearing, { sentence, behaviour, seeing }: Case): Ruling {
	const { operation } = behaviour;
	const said: Said = {
		rule: "page-sentence",
		operation: operationName(operation),
		says: seeing.says,
		line: sentence.line,
		quote: sentence.text,
	};
	if (seeing.otherwise === undefined) return agrees(hearing, said);
	return disagrees(hearing, said, {
		level: "suggestion",
		documented: seeing.documented,
		observed: seeing.otherwise,
		message: `The page seems to say "${seeing.documented}" of ${operation.method} ${operation.path}; the document says "${seeing.otherwise}".`,
		repair: "Let page and document say the same; holdfast check finds out what the service does.",
	});
}

const APPENDS =
	/\b(?:appends?|appended|adds? (?:(?:them|it|new|the \w+) )*to the (?:existing|current)|does(?: not|n't) (?:delete|remove|replace)|(?:existing|other) (?:\w+ )?(?:entries|items|values|members) (?:are|is) kept)\b/i;
const REPLACES =
	/\b(?:overwrit(?:es?|ten)|replaces? (?:the )?(?:whole|entire|complete|existing|current|full)|(?:is|are) (?:fully |completely )?replaced)\b/i;
/** What is not so today, or not for the whole of it. */
const HEDGED = /\b(?:future|planned|will be|would|could|should|not yet|instead|unlike|previously|used to)\b/i;

const ofWriting: View = (text, behaviour) => {
	const word = writingWord(text);
	if (word === undefined) return undefined;
	const kinds = partsOf(behaviour.effect).map(({ kind }) => kind);
	if (kinds.some((kind) => kind === "opaque" || kind === "none")) return undefined;
	const clash = kinds.find((kind) => CLASHES[word]?.includes(kind));
	return { says: `says of itself: ${word}`, documented: word, ...(clash === undefined ? {} : { otherwise: clash }) };
};

type Word = "append" | "replace" | "merge" | "remove" | "create";

/** Words that cannot both be true of one write. Where they might, nothing is said. */
const CLASHES: Readonly<Record<Word, readonly Effect["kind"][]>> = {
	append: ["replace"],
	replace: ["append", "merge"],
	merge: ["replace", "upsert"],
	remove: ["create", "append", "replace", "merge", "upsert"],
	create: ["remove", "clear"],
};

function writingWord(text: string): Word | undefined {
	if (APPENDS.test(text)) return HEDGED.test(text) ? undefined : "append";
	if (isLimiting(text) || HEDGED.test(text)) return undefined;
	if (REPLACES.test(text)) return "replace";
	const verb = verbOf(text);
	return verb === undefined ? undefined : WORDS[verb];
}

/** Of these verbs, leading a sentence, pages make plain use; `update` and `upsert` may be either of two. */
const WORDS: Readonly<Partial<Record<Verb, Word>>> = {
	append: "append",
	replace: "replace",
	merge: "merge",
	remove: "remove",
	create: "create",
};

const ONCE =
	/\b(?:shown|displayed|returned|revealed|visible|available) (?:only )?(?:this )?once\b|\bonly (?:ever )?(?:shown|displayed|returned|revealed) once\b|\b(?:cannot|can't|can not|won't|will not|never) be (?:retrieved|shown|displayed|viewed|read|returned) (?:again|later)\b/i;

const ofRevealing: View = (text, behaviour, model) => {
	if (!ONCE.test(text)) return undefined;
	const resource = model.resources.get(resourceActedOn(behaviour.effect) ?? "");
	if (resource === undefined) return undefined;
	const isOnce = [...resource.fields.values()].some(({ reveal }) => reveal === "once");
	return {
		says: "shows a secret once",
		documented: "shown once",
		...(isOnce ? {} : { otherwise: "no field is shown only once" }),
	};
};

const MUST_EXIST =
	/\bmust (?:already )?exist\b|\b404 (?:is returned )?(?:if|when|unless) [^.]*\b(?:unknown|missing|exists?|found)\b/i;

const ofExisting: View = (text, { guards, operation }) => {
	if (!MUST_EXIST.test(text)) return undefined;
	const isAsked =
		guards.some(({ kind }) => kind === "exists") || operation.responses.some(({ status }) => status === "404");
	return {
		says: "needs what it names to exist",
		documented: "must exist",
		...(isAsked ? {} : { otherwise: "nothing must exist" }),
	};
};

const UNAFFECTED =
	/\b(?:(?:is|are|remain|remains|stay|stays) (?:not affected|unaffected|untouched|in place)|(?:is|are) kept)\b/i;

/** `Its comments are not affected`: the sentence names what lives inside, and the document says that it goes. */
const ofChildren: View = (text, { effect }, model) => {
	if (effect.kind !== "remove" || !UNAFFECTED.test(text)) return undefined;
	const before = text.slice(0, UNAFFECTED.exec(text)?.index ?? 0).toLowerCase();
	const children = [...model.resources.values()].filter(({ parent }) => parent === effect.resource);
	const child = children.find(({ name }) => before.includes(lastWord(name)));
	if (child === undefined) return undefined;
	const goes = effect.cascade !== "none";
	return {
		says: `leaves ${lastWord(child.name)} alone`,
		documented: `${lastWord(child.name)} are not affected`,
		...(goes ? { otherwise: `${lastWord(child.name)} go with it` } : {}),
	};
};

function lastWord(name: string): string {
	return (name.split(/[/.]/).at(-1) ?? name).toLowerCase().replaceAll("-", " ");
}

const NO_CREDENTIAL =
	/\bno (?:authentication|authorization|credentials?) (?:is |are )?(?:required|needed|enforced|necessary)\b|\bdoes(?: not|n't) require (?:authentication|credentials)\b/i;

const ofCredentials: View = (text, { operation }) => {
	if (!NO_CREDENTIAL.test(text)) return undefined;
	const isOpen = operation.security.length === 0 || operation.security.some((alternative) => alternative.length === 0);
	return {
		says: "needs no credential",
		documented: "no credential is needed",
		...(isOpen ? {} : { otherwise: "a credential is needed" }),
	};
};

const VIEWS: readonly View[] = [ofWriting, ofRevealing, ofExisting, ofChildren, ofCredentials];

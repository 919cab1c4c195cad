import type { Effect } from "../effect.ts";
import type { Evidence } from "../evidence.ts";
import type { Merge } from "../law/merge.ts";
import { plainEffect } from "../plain-effect.ts";
import { holdsMembers, type Resource } from "../resource.ts";
import { type Taken, takenBy } from "./body.ts";
import { sentenceEchoing } from "./computed.ts";
import { byConvention, unclearMerge } from "./convention.ts";
import { mergedInside } from "./inner-words.ts";
import type { Place } from "./path-shape.ts";
import { changesNothing, restrainReading } from "./reading.ts";
import { propertiesOf } from "./shown.ts";
import { speaksOfStanding } from "./standing.ts";
import { speaksOf } from "./subject.ts";
import {
	isLimiting,
	type Sentence,
	sentenceLimiting,
	sentenceSaying,
	sentencesOf,
	type Verb,
	verbOf,
} from "./words.ts";

/** An effect with the reasons for it, or the reason why there is none. */
export interface Inferred {
	readonly effect: Effect;
	readonly evidence: readonly Evidence[];
	readonly reason?: string;
}

/** An operation with the resource that it acts on, and what its body carries of it. */
export interface Acting {
	readonly place: Place;
	readonly resource: Resource;
	readonly taken: Taken;
	/** Names of the fields with which an item can be made on its collection; undefined when none can. */
	readonly made: ReadonlySet<string> | undefined;
	/** Its words say that it updates, so that something must be there. */
	readonly updates: boolean;
}

/**
 * What an operation does, from its method and place (RFC 9110, 9.3) and from its words. Words rank above the method:
 * `POST` on an item is nothing by convention and an upsert when the document says "create or overwrite".
 *
 * @param guesses what sentences only limit is done as is usual
 */
export function inferEffect(
	place: Place,
	resource: Resource | undefined,
	{ made, guesses }: Pick<Acting, "made"> & { readonly guesses: boolean },
): Inferred {
	const sentences = sentencesOf(place.operation);
	if (resource === undefined || resource.passedOnly === true) return withoutResource(place, sentences);
	const restrained = SAFE.has(place.operation.method) ? restrainReading(place, sentences) : undefined;
	if (restrained !== undefined) return restrained;
	const echoing = SAFE.has(place.operation.method) ? undefined : sentenceEchoing(sentences);
	if (echoing !== undefined) return unknown(`its words say that it answers with what it was sent: "${echoing.text}"`);
	const updates = verbOf(sentences[0]?.text ?? "") === "update";
	const acting: Acting = { place, resource, made, updates, taken: takenBy(place.operation, resource.name) };
	const conventional = byConvention(acting);
	const relating = conventional?.effect.kind === "create" ? relatesOnly(acting, sentences) : undefined;
	if (relating !== undefined && !guesses) return unknown(relating);
	const worded = byWords(acting, { sentences, conventional });
	if (worded !== undefined) return mergedInside(worded, place.operation);
	if (conventional === undefined)
		return unknown(`neither ${place.operation.method} here nor its words say what it does`);
	const others = sentences.filter(({ text }) => !speaksOfStanding(text, resource));
	return mergedInside(guesses ? conventional : unlessLimited(conventional, others), place.operation);
}

/** What is usual, where no sentence takes it away. */
function unlessLimited(conventional: Inferred, sentences: readonly Sentence[]): Inferred {
	if (conventional.effect.kind === "clear" && sentences.some(({ text }) => verbOf(text) === "remove"))
		return unknown("its words say that it removes, and not that it removes all");
	const limiting = sentenceLimiting(sentences, limitedBy(conventional.effect));
	return limiting === undefined ? conventional : unknown(`a sentence limits it: "${limiting.text}"`);
}

function unknown(reason: string): Inferred {
	return { effect: { kind: "opaque" }, evidence: [], reason };
}

/** Verbs that put what is there already into a relation. */
const RELATING = /^[^A-Za-z]*(?:assigns?|attach(?:es)?|links?|associates?|connects?|enrolls?)\b/i;
/** Names of fields that hold what names another thing. */
export const REFERENCE: RegExp = /(?:^|[-_]|[a-z](?=I))(?:ids?|uuids?|slugs?|urns?|refs?|keys?)$/i;

/** Why a POST makes no item of its own: it may also change one, or puts what is there already into a relation. */
function relatesOnly({ taken }: Acting, sentences: readonly Sentence[]): string | undefined {
	const [first] = sentences;
	if (first === undefined) return undefined;
	if (verbOf(first.text) === "upsert") return `its words say that it may change one as well: "${first.text}"`;
	const names = taken.kind === "item" ? propertiesOf(taken.schema).map(({ name }) => name) : [];
	return names.some((name) => REFERENCE.test(name)) && RELATING.test(first.text)
		? `its words say that it relates what is there already: "${first.text}"`
		: undefined;
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

function withoutResource(place: Place, sentences: readonly Sentence[]): Inferred {
	if (SAFE.has(place.operation.method)) return restrainReading(place, sentences) ?? changesNothing(place, sentences);
	const sent = place.operation.method === "POST" ? sentenceTrying(place, sentences) : undefined;
	if (sent !== undefined) return { effect: { kind: "emit", does: "nothing" }, evidence: [sent.evidence] };
	return unknown("it acts on nothing that the document lets one read");
}

/** `/hooks/{id}/test`: something is sent out to try what stands there, which stays as it is. */
function sentenceTrying({ shape }: Place, sentences: readonly Sentence[]): Sentence | undefined {
	const last = shape.segments.at(-1);
	if (last?.kind !== "literal" || !/^(?:tests?|pings?)$/i.test(last.text)) return undefined;
	return sentences.find(({ text }) => SENDING.test(text) && !isLimiting(text));
}

const SENDING =
	/\b(?:sends?|sent|triggers?|delivers?|pings?)\b[^.;]*\b(?:notifications?|events?|messages?|webhooks?|hooks?|requests?|e-?mails?)\b/i;

/** Which verbs a sentence must say to make a conventional effect a documented one. */
function saying({ kind }: Effect): readonly Verb[] {
	const verbs: Readonly<Record<Effect["kind"], readonly Verb[]>> = {
		append: ["append", "create"],
		clear: ["clear"],
		create: ["create", "append"],
		emit: [],
		list: ["list", "read"],
		merge: ["merge"],
		none: [],
		opaque: [],
		patch: [],
		read: ["read"],
		remove: ["remove"],
		replace: ["replace"],
		rotate: [],
		set: [],
		several: [],
		upsert: ["upsert"],
	};
	return verbs[kind];
}

/** Which verbs in a limiting sentence are about a conventional effect. */
function limitedBy(effect: Effect): readonly Verb[] {
	const changes = effect.kind === "replace" || effect.kind === "merge" || effect.kind === "patch";
	return changes ? [...saying(effect), "update"] : saying(effect);
}

interface Words {
	readonly sentences: readonly Sentence[];
	readonly conventional: Inferred | undefined;
}

/** The effect that a sentence names, when such an operation can have it. */
function byWords(acting: Acting, { sentences, conventional }: Words): Inferred | undefined {
	for (const { words, effect } of candidates(acting, conventional?.effect)) {
		const sentence = sentenceSaying(sentences, words, (one) => speaksOf(one, acting.resource, acting.place));
		if (sentence === undefined) continue;
		const same = conventional?.effect.kind === effect.kind;
		const evidence = [sentence.evidence, ...(same ? conventional.evidence : [])];
		if (effect.kind !== "merge") return { effect, evidence };
		// A media type that says how deep it goes is not gainsaid by a sentence that does not.
		const isDeep = conventional?.effect.kind === "merge" && conventional.effect.does === "deep-merge";
		return mergeTo(isDeep ? { ...effect, does: "deep-merge" } : effect, sentences, evidence);
	}
	return undefined;
}

const DEEPLY = /\b(?:deep(?:ly)?|recursive(?:ly)?)\b/i;
const SHALLOWLY = /\b(?:shallow(?:ly)?|top[- ]level)\b|\b(?:replac|overwrit)\w+\b[^.;]{0,40}\bas a whole\b/i;

/** That what is left out stays does not say whether this goes for an object inside as well, unless words do. */
function mergeTo(effect: Merge, sentences: readonly Sentence[], evidence: readonly Evidence[]): Inferred {
	const { orElse = [], ...sure } = effect;
	const telling = (words: RegExp): Sentence | undefined =>
		sentences.find(({ text }) => words.test(text) && !isLimiting(text));
	const deep = telling(DEEPLY);
	if (deep !== undefined) return { effect: { ...sure, does: "deep-merge" }, evidence: [...evidence, deep.evidence] };
	const shallow = telling(SHALLOWLY);
	if (shallow !== undefined) return { effect, evidence: [...evidence, shallow.evidence] };
	return {
		effect:
			effect.does === "deep-merge" ? effect : { ...sure, orElse: [...new Set([...orElse, "deep-merge" as const])] },
		evidence,
	};
}

interface Candidate {
	readonly words: readonly Verb[];
	readonly effect: Effect;
}

/** The effects that words may give to an operation of this method at this place, the most telling first. */
function candidates(acting: Acting, conventional: Effect | undefined): readonly Candidate[] {
	const { place, resource } = acting;
	const same: readonly Candidate[] =
		conventional === undefined ? [] : [{ words: saying(conventional), effect: conventional }];
	if (!WRITES.has(place.operation.method)) return same;
	if (holdsMembers(resource)) return [...onMembers(acting), ...same];
	return place.onItem || resource.kind === "singleton"
		? [...onItem(acting, conventional?.kind === "upsert" && acting.made !== undefined), ...same]
		: same;
}

const WRITES: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

function onMembers({ place, resource, taken }: Acting): readonly Candidate[] {
	if (place.onItem || taken.kind !== "members") return [];
	return [
		{ words: ["replace"], effect: plainEffect("replace", resource.name) },
		{ words: ["append"], effect: plainEffect("append", resource.name) },
	];
}

function onItem({ place, resource: { name }, taken }: Acting, makes: boolean): readonly Candidate[] {
	const { method } = place.operation;
	if (taken.kind !== "item" && taken.kind !== "nothing") return [];
	const upsert: Candidate = {
		words: method === "PUT" && place.onItem ? ["upsert", "create"] : ["upsert"],
		effect: plainEffect("upsert", name),
	};
	if (taken.kind === "nothing") return [upsert];
	const create: Candidate = { words: ["create"], effect: plainEffect("create", name) };
	const merge: Candidate = { words: ["merge"], effect: plainEffect("merge", name) };
	// Where 201 says that it makes the item as well, it overwrites it whole.
	const replace: Candidate = { words: ["replace"], effect: makes ? upsert.effect : plainEffect("replace", name) };
	const update: Candidate = { words: ["update"], effect: unclearMerge(name) };
	const isPost = method === "POST";
	return [upsert, merge, replace, ...(isPost && place.onItem ? [create] : []), ...(isPost ? [update] : [])];
}

import type { Effect } from "../effect.ts";
import type { Evidence } from "../evidence.ts";
import { plainEffect } from "../plain-effect.ts";
import { holdsMembers, type Resource } from "../resource.ts";
import { type Taken, takenBy } from "./body.ts";
import { byConvention, unclearMerge } from "./convention.ts";
import type { Place } from "./path-shape.ts";
import { changesNothing, restrainReading } from "./reading.ts";
import { speaksOf } from "./subject.ts";
import { type Sentence, sentenceLimiting, sentenceSaying, sentencesOf, type Verb, verbOf } from "./words.ts";

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
}

/**
 * What an operation does, from its method and place (RFC 9110, 9.3) and from its words. Words rank above the method:
 * `POST` on an item is nothing by convention and an upsert when the document says "create or overwrite".
 */
export function inferEffect(
	place: Place,
	resource: Resource | undefined,
	made: ReadonlySet<string> | undefined,
): Inferred {
	const sentences = sentencesOf(place.operation);
	if (resource === undefined || resource.passedOnly === true) return withoutResource(place, sentences);
	const restrained = SAFE.has(place.operation.method) ? restrainReading(place, sentences) : undefined;
	if (restrained !== undefined) return restrained;
	const acting: Acting = { place, resource, made, taken: takenBy(place.operation, resource.name) };
	const conventional = byConvention(acting);
	const worded = byWords(acting, { sentences, conventional });
	if (worded !== undefined) return worded;
	if (conventional === undefined)
		return unknown(`neither ${place.operation.method} here nor its words say what it does`);
	if (conventional.effect.kind === "clear" && sentences.some(({ text }) => verbOf(text) === "remove"))
		return unknown("its words say that it removes, and not that it removes all");
	const limiting = sentenceLimiting(sentences, limitedBy(conventional.effect));
	return limiting === undefined ? conventional : unknown(`a sentence limits it: "${limiting.text}"`);
}

function unknown(reason: string): Inferred {
	return { effect: { kind: "opaque" }, evidence: [], reason };
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

function withoutResource(place: Place, sentences: readonly Sentence[]): Inferred {
	if (SAFE.has(place.operation.method)) return restrainReading(place, sentences) ?? changesNothing(place, sentences);
	return unknown("it acts on nothing that the document lets one read");
}

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
	return effect.kind === "replace" || effect.kind === "merge" ? [...saying(effect), "update"] : saying(effect);
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
		return { effect, evidence: [sentence.evidence, ...(same ? conventional.evidence : [])] };
	}
	return undefined;
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
	return place.onItem || resource.kind === "singleton" ? [...onItem(acting), ...same] : same;
}

const WRITES: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

function onMembers({ place, resource, taken }: Acting): readonly Candidate[] {
	if (place.onItem || taken.kind !== "members") return [];
	return [
		{ words: ["replace"], effect: plainEffect("replace", resource.name) },
		{ words: ["append"], effect: plainEffect("append", resource.name) },
	];
}

function onItem({ place, resource: { name }, taken }: Acting): readonly Candidate[] {
	const { method } = place.operation;
	if (taken.kind !== "item" && taken.kind !== "nothing") return [];
	const upsert: Candidate = {
		words: method === "PUT" && place.onItem ? ["upsert", "create"] : ["upsert"],
		effect: plainEffect("upsert", name),
	};
	if (taken.kind === "nothing") return [upsert];
	const create: Candidate = { words: ["create"], effect: plainEffect("create", name) };
	const merge: Candidate = { words: ["merge"], effect: plainEffect("merge", name) };
	const replace: Candidate = { words: ["replace"], effect: plainEffect("replace", name) };
	const update: Candidate = { words: ["update"], effect: unclearMerge(name) };
	const isPost = method === "POST";
	return [upsert, merge, replace, ...(isPost && place.onItem ? [create] : []), ...(isPost ? [update] : [])];
}

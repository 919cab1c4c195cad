import { typesOf } from "../../schema/navigate.ts";
import type { Effect } from "../effect.ts";
import type { Evidence } from "../evidence.ts";
import { holdsMembers, type Resource } from "../resource.ts";
import type { Place } from "./path-shape.ts";
import { bodySchema } from "./shown.ts";
import { isLimiting, type Sentence, sentenceLimiting, sentenceSaying, sentencesOf, type Verb } from "./words.ts";

/** An effect with the reasons for it, or the reason why there is none. */
export interface Inferred {
	readonly effect: Effect;
	readonly evidence: readonly Evidence[];
	readonly reason?: string;
}

/**
 * What an operation does, from its method and place (RFC 9110, 9.3) and from its words. Words rank above the method:
 * `POST` on an item is nothing by convention and an upsert when the document says "create or overwrite".
 */
export function inferEffect(place: Place, resource: Resource | undefined): Inferred {
	const sentences = sentencesOf(place.operation);
	if (resource === undefined) return withoutResource(place, sentences);
	const conventional = byConvention(place, resource);
	const worded = byWords(place, resource, { sentences, conventional: conventional?.effect });
	if (worded !== undefined) return worded;
	if (conventional === undefined) {
		return {
			effect: { kind: "opaque" },
			evidence: [],
			reason: `neither ${place.operation.method} here nor its words say what it does`,
		};
	}
	const limiting = sentenceLimiting(sentences, saying(conventional.effect));
	if (limiting === undefined) return conventional;
	return { effect: { kind: "opaque" }, evidence: [], reason: `a sentence limits it: "${limiting.text}"` };
}

function withoutResource(place: Place, sentences: readonly Sentence[]): Inferred {
	const { method } = place.operation;
	const safe = method === "GET" || method === "HEAD" || method === "OPTIONS";
	const [first] = sentences;
	const evidence: readonly Evidence[] = [
		{ kind: "convention", text: `${method} is safe, RFC 9110 9.2.1` },
		...(first === undefined || isLimiting(first.text) ? [] : [first.evidence]),
	];
	if (safe) return { effect: { kind: "none" }, evidence };
	return { effect: { kind: "opaque" }, evidence: [], reason: "it acts on nothing that the document lets one read" };
}

type Convention = (place: Place, resource: Resource) => Inferred | undefined;

/** What a method does by convention, where the place allows it. */
const CONVENTIONS: Readonly<Record<string, Convention>> = {
	GET: (place, resource) =>
		isWhole(place, resource)
			? standard("GET shows what is there, RFC 9110 9.3.1", {
					kind: "list",
					resource: resource.name,
					shows: "all",
					reveals: false,
				})
			: standard("GET shows what is there, RFC 9110 9.3.1", { kind: "read", resource: resource.name, reveals: false }),
	POST: (place, resource) => {
		if (!isWhole(place, resource)) return undefined;
		return holdsMembers(resource)
			? standard("POST adds, RFC 9110 9.3.3", { kind: "append", resource: resource.name, members: "append" })
			: standard("POST adds an item, RFC 9110 9.3.3", { kind: "create", resource: resource.name, does: "overwrite" });
	},
	PUT: (place, resource) => {
		// A PUT on a collection of items, or on one member of a set, replaces nothing that we know.
		if (isWhole(place, resource) !== holdsMembers(resource)) return undefined;
		return standard("PUT replaces, RFC 9110 9.3.4", {
			kind: "replace",
			resource: resource.name,
			does: "overwrite",
			members: "replace",
		});
	},
	PATCH: (place, resource) =>
		isWhole(place, resource)
			? undefined
			: standard("PATCH changes what is sent, RFC 5789", { kind: "merge", resource: resource.name, does: "merge" }),
	DELETE: (place, resource) =>
		isWhole(place, resource)
			? standard("DELETE removes, RFC 9110 9.3.5", { kind: "clear", resource: resource.name, does: "all" })
			: standard("DELETE removes, RFC 9110 9.3.5", {
					kind: "remove",
					resource: resource.name,
					which: "named",
					cascade: "as-declared",
					keepsCredentials: false,
				}),
};

function byConvention(place: Place, resource: Resource): Inferred | undefined {
	return CONVENTIONS[place.operation.method]?.(place, resource);
}

function standard(text: string, effect: Effect): Inferred {
	return { effect, evidence: [{ kind: "convention", text }] };
}

/** Whether the path names all that the resource holds, and not one item of it. */
function isWhole({ onItem }: Place, resource: Resource): boolean {
	return !onItem && resource.kind !== "singleton";
}

/** Which verbs would say the same as an effect. */
function saying(effect: Effect): readonly Verb[] {
	switch (effect.kind) {
		case "list":
			return ["list"];
		case "read":
			return ["read"];
		case "remove":
			return ["remove"];
		case "none":
		case "opaque":
			return [];
		default:
			return [effect.kind];
	}
}

interface Words {
	readonly sentences: readonly Sentence[];
	readonly conventional: Effect | undefined;
}

/** The effect that a sentence names, when such an operation can have it. */
function byWords(place: Place, resource: Resource, { sentences, conventional }: Words): Inferred | undefined {
	for (const verbs of candidates(place, resource, conventional)) {
		const sentence = sentenceSaying(sentences, verbs.words);
		if (sentence === undefined) continue;
		const same = conventional?.kind === verbs.effect.kind;
		const evidence: readonly Evidence[] = same
			? [sentence.evidence, ...(byConvention(place, resource)?.evidence ?? [])]
			: [sentence.evidence];
		return { effect: verbs.effect, evidence };
	}
	return undefined;
}

interface Candidate {
	readonly words: readonly Verb[];
	readonly effect: Effect;
}

/** The effects that words may give to an operation of this method at this place, the most telling first. */
function candidates(place: Place, resource: Resource, conventional: Effect | undefined): readonly Candidate[] {
	const { method } = place.operation;
	const on = { resource: resource.name };
	const same: readonly Candidate[] =
		conventional === undefined ? [] : [{ words: alsoSaying(conventional), effect: conventional }];
	const upsert: Candidate = {
		words: ["upsert"],
		effect: { kind: "upsert", ...on, does: "overwrite", clearsChildren: false, keepsCredentials: false },
	};
	const merging: Candidate = { words: ["merge"], effect: { kind: "merge", ...on, does: "merge" } };
	const replacing: Candidate = {
		words: ["replace"],
		effect: { kind: "replace", ...on, does: "overwrite", members: "replace" },
	};
	if (method === "POST" || method === "PUT" || method === "PATCH") {
		if (holdsMembers(resource))
			return takesMembers(place)
				? [replacing, { words: ["append"], effect: { kind: "append", ...on, members: "append" } }, ...same]
				: [];
		if (place.onItem || resource.kind === "singleton")
			return [upsert, ...(method === "PATCH" ? [] : [merging]), replacing, ...same];
	}
	return same;
}

/** Reading is said in many ways; a list is also "returned", a removal also "revoked". */
function alsoSaying(effect: Effect): readonly Verb[] {
	return effect.kind === "list" || effect.kind === "read"
		? ["list", "read"]
		: effect.kind === "clear"
			? ["clear", "remove"]
			: saying(effect);
}

function takesMembers({ operation, onItem }: Place): boolean {
	const body = bodySchema(operation);
	return !onItem && body !== undefined && typesOf(body).includes("array");
}

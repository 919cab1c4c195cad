import type { Source } from "../../problem/source.ts";
import type { Effect } from "../effect.ts";
import { EFFECT_WORDS, type EffectWord } from "../effect-laws.ts";
import type { Origin } from "../law/given.ts";
import type { Desk } from "../override.ts";
import { plainEffect } from "../plain-effect.ts";
import type { Resource } from "../resource.ts";
import type { Value } from "../value.ts";
import { noteProblem, noteUnknown, wordHint } from "./note.ts";
import { checkVocabulary } from "./vocabulary.ts";

interface Saying {
	readonly said: { readonly effect?: unknown; readonly resource?: string };
	readonly source: Source;
	readonly resources: ReadonlyMap<string, Resource>;
	/** The resource that the operation's path names. */
	readonly own: string | undefined;
}

/** The effect that a declaration names: one word, a map that begins with the word, or a list of such maps. */
export function declaredEffect(desk: Desk, saying: Saying): Effect | undefined {
	const { said, source, resources } = saying;
	const at = { ...source, pointer: `${source.pointer}/resource` };
	if (said.resource !== undefined && !resources.has(said.resource)) {
		noteUnknown(desk, at, { what: "resource", name: said.resource, known: [...resources.keys()] });
		return undefined;
	}
	if (said.effect === undefined) {
		if (said.resource !== undefined)
			noteProblem(desk, {
				code: "bad-declaration",
				message: "a resource alone says nothing",
				source: at,
				hint: "name the `effect` on it as well",
			});
		return undefined;
	}
	const place = { ...source, pointer: `${source.pointer}/effect` };
	if (!Array.isArray(said.effect)) return oneEffect(desk, saying, { value: said.effect, source: place });
	const parts = said.effect.map((value: unknown, index) =>
		oneEffect(desk, saying, { value, source: { ...place, pointer: `${place.pointer}/${index}` } }),
	);
	const known = parts.filter((part) => part !== undefined);
	if (known.length < parts.length) return undefined;
	return known.length === 1 ? known[0] : { kind: "several", parts: known };
}

interface Part {
	readonly value: unknown;
	readonly source: Source;
}

function oneEffect(desk: Desk, saying: Saying, part: Part): Effect | undefined {
	const { value } = part;
	if (typeof value === "string") return wordEffect(desk, saying, { ...part, word: value as EffectWord });
	const keys = Object.keys((value ?? {}) as object);
	const word = EFFECT_WORDS.find((candidate) => keys.includes(candidate));
	if (word === undefined) {
		const [first = ""] = keys;
		const message = first === "" ? "an effect without a word says nothing" : `no effect is called "${first}"`;
		const source = first === "" ? part.source : { ...part.source, pointer: `${part.source.pointer}/${first}` };
		noteProblem(desk, { code: "unknown-effect", message, source, end: "key", hint: wordHint(first, EFFECT_WORDS) });
		return undefined;
	}
	return mapEffect(desk, saying, { ...part, word });
}

/** A word alone, on the resource that is named beside it or that the path names. */
function wordEffect(
	desk: Desk,
	{ said, resources, own }: Saying,
	{ word, source }: Part & { word: EffectWord },
): Effect | undefined {
	if (word === "none" || word === "opaque") return { kind: word };
	const resource = said.resource ?? own;
	if (word === "set") {
		noteProblem(desk, {
			code: "bad-declaration",
			message: 'the effect "set" needs the fields that it sets',
			source,
			hint: `write { set: ${resource ?? "RESOURCE"}, to: { FIELD: VALUE } }`,
		});
		return undefined;
	}
	if (resource !== undefined) return plainEffect(word, resource);
	if (word === "emit") return { kind: "emit", does: "nothing" };
	noteProblem(desk, {
		code: "unknown-resource",
		message: `the effect "${word}" needs a resource, and the path names none`,
		source,
		hint: `name it with \`resource\`; there are ${[...resources.keys()].join(", ") || "none"}`,
	});
	return undefined;
}

/** `{ rotate: keys, status: { new: active, old: previous } }`: a word, its resource, and what the word can be told. */
function mapEffect(
	desk: Desk,
	{ resources }: Saying,
	{ value, source, word }: Part & { word: EffectWord },
): Effect | undefined {
	const said = checkVocabulary(desk, `effect-${word}`, { value, source }) as MapWords | undefined;
	if (said === undefined) return undefined;
	const name = said[word] as string;
	const resource = resources.get(name);
	if (resource === undefined) {
		const at = { ...source, pointer: `${source.pointer}/${word}` };
		noteUnknown(desk, at, { what: "resource", name, known: [...resources.keys()] });
		return undefined;
	}
	if (!namesFields(desk, resource, { said, source, word }) || !namesOrigins(desk, resources, { said, source }))
		return undefined;
	if (word === "none" || word === "opaque") return { kind: word };
	return withParameters(plainEffect(word, name), said);
}

type Fields = Readonly<Record<string, Value>>;

interface MapWords {
	readonly [word: string]: unknown;
	readonly to?: Fields;
	readonly keeps?: Fields;
	readonly secret?: string;
	readonly with?: Fields;
	readonly from?: Readonly<Record<string, string>>;
	readonly once?: string;
	readonly deep?: boolean;
	readonly case?: "matters" | "ignored";
}

interface Standing {
	readonly field: string;
	readonly new: Value;
	readonly old: Value;
}

/** What a rotation demotes: any key that is no word of its own names the field. */
function standingIn(said: MapWords): Standing | undefined {
	const field = Object.keys(said).find((key) => key !== "rotate" && key !== "secret");
	return field === undefined ? undefined : { ...(said[field] as { new: Value; old: Value }), field };
}

/** Whether every field that an effect names is one of its resource. */
function namesFields(
	desk: Desk,
	{ name, fields }: Resource,
	{ said, source, word }: { said: MapWords; source: Source; word: EffectWord },
): boolean {
	const standing = word === "rotate" ? standingIn(said) : undefined;
	const named: readonly (readonly [field: string, at: string, end: "key" | "value"])[] = [
		...Object.keys(said.to ?? {}).map((field) => [field, `to/${field}`, "key"] as const),
		...Object.keys(said.keeps ?? {}).map((field) => [field, `keeps/${field}`, "key"] as const),
		...Object.keys(said.with ?? {}).map((field) => [field, `with/${field}`, "key"] as const),
		...Object.keys(said.from ?? {}).map((field) => [field, `from/${field}`, "key"] as const),
		...(said.once === undefined ? [] : [[said.once, "once", "value"] as const]),
		...(said.secret === undefined ? [] : [[said.secret, "secret", "value"] as const]),
		...(standing === undefined ? [] : [[standing.field, standing.field, "key"] as const]),
	];
	const unknown = named.filter(([field]) => !fields.has(field));
	for (const [field, at, end] of unknown) {
		const place = { ...source, pointer: `${source.pointer}/${at}` };
		noteUnknown(desk, place, { what: `field of ${name}`, name: field, known: [...fields.keys()], end });
	}
	return unknown.length === 0;
}

/** Whether every `resource.field` from which a value is taken is there. */
function namesOrigins(
	desk: Desk,
	resources: ReadonlyMap<string, Resource>,
	{ said, source }: { said: MapWords; source: Source },
): boolean {
	const isKnown = Object.entries(said.from ?? {}).map(([field, text]) => {
		const { of, field: name } = originIn(text);
		const resource = resources.get(of);
		const at = { ...source, pointer: `${source.pointer}/from/${field}` };
		if (resource === undefined) noteUnknown(desk, at, { what: "resource", name: of, known: [...resources.keys()] });
		else if (!resource.fields.has(name))
			noteUnknown(desk, at, { what: `field of ${of}`, name, known: [...resource.fields.keys()] });
		return resource?.fields.has(name) === true;
	});
	return !isKnown.includes(false);
}

function originIn(text: string): Origin {
	const [of = "", field = ""] = text.split(".", 2);
	return { of, field };
}

function withParameters(effect: Effect, said: MapWords): Effect {
	switch (effect.kind) {
		case "create":
			return withOrigins(effect, said);
		case "merge":
			return said.deep === true ? { ...effect, does: "deep-merge" } : effect;
		case "set":
			return { ...effect, to: said.to ?? {} };
		case "remove":
			return said.keeps === undefined ? effect : { ...effect, keeps: said.keeps };
		case "rotate": {
			const status = standingIn(said);
			const secret = said.secret === undefined ? {} : { secret: said.secret };
			return { ...effect, ...secret, ...(status === undefined ? {} : { status }) };
		}
		default:
			return effect;
	}
}

/** What a new item holds beyond what the request carries, as it is declared. */
function withOrigins(
	effect: Extract<Effect, { kind: "create" }>,
	{ with: fixed, from, once, case: how }: MapWords,
): Effect {
	const origins = Object.entries(from ?? {}).map(([field, text]) => [field, originIn(text)] as const);
	return {
		...effect,
		...(fixed === undefined ? {} : { with: fixed }),
		...(from === undefined ? {} : { from: Object.fromEntries(origins) }),
		...(once === undefined ? {} : { once }),
		...(how === "ignored" ? { ignoresCase: true } : {}),
	};
}

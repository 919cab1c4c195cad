import type { Append } from "./law/append.ts";
import type { Clear } from "./law/clear.ts";
import type { Create } from "./law/create.ts";
import type { Emit } from "./law/emit.ts";
import type { List } from "./law/list.ts";
import type { Merge } from "./law/merge.ts";
import type { None } from "./law/none.ts";
import type { Opaque } from "./law/opaque.ts";
import type { Patch } from "./law/patch.ts";
import type { DrawField } from "./law/patch-bodies.ts";
import type { Read } from "./law/read.ts";
import type { Remove } from "./law/remove.ts";
import type { Replace } from "./law/replace.ts";
import type { Rotate } from "./law/rotate.ts";
import type { SetFields } from "./law/set.ts";
import type { Several } from "./law/several.ts";
import type { Upsert } from "./law/upsert.ts";
import type { Behaviour, Model } from "./model.ts";
import type { Pattern } from "./pattern.ts";
import type { Said } from "./query/beside.ts";
import type { Rule } from "./rule-name.ts";
import type { Scene } from "./scene.ts";
import type { Change } from "./state.ts";
import type { Value } from "./value.ts";

/** What an operation does to its resource: one kind a law. */
export type Effect =
	| Append
	| Clear
	| Create
	| Emit
	| List
	| Merge
	| None
	| Opaque
	| Patch
	| Read
	| Remove
	| Replace
	| Rotate
	| SetFields
	| Several
	| Upsert;

/** What every effect may carry besides its own parameters. */
export interface Common {
	/** A liar answers as this effect would, and does its own. */
	readonly answers?: Effect;
}

/** What a call does when all its guards hold. */
export interface Performance {
	readonly changes: readonly Change[];
	/** The item, members or list that the answer shows, before it is put into its envelope. */
	readonly shows: Pattern;
	/** What else is said of a list. */
	readonly said?: Said;
	/** It may have done anything, so that nothing is known afterwards. */
	readonly forgets?: boolean;
}

/** One way an API can behave in one respect. A law is one file. */
export interface EffectLaw<E extends Effect = Effect> {
	readonly kind: E["kind"];
	/** The claim as a sentence without its subject: `replaces the set`. */
	sentence(effect: E, model: Model): string;
	/** What a finding prints after `documented`, where the kind alone does not tell it from each of its rivals. */
	documented?(effect: E): string;
	/** Pure: what happens, and what the answer shows. */
	perform(effect: E, scene: Scene): Performance;
	/** Plausible other implementations, each one value changed. */
	rivals(effect: E, behaviour: Behaviour, model: Model): readonly EffectRival[];
	/** As it is meant, whatever a rival makes of it: what a guard looks at that asks what will be left. */
	meant?(effect: E): E;
	/** What else it may do, where nothing says which. */
	alternatives?(effect: E, scene: Scene): readonly Performance[];
	/** True where nothing says what happens: aimed at what is not there, or making what is there already. */
	isUnsure?(effect: E, scene: Scene): boolean;
	/** Fields that it alone gives a value: who owns what they hold meanwhile. */
	governs?(effect: E): Governed | undefined;
	/** That a value is sent as null means something of its own: what a field then holds is told. */
	takesNull?(effect: E): boolean;
	/** Of an object that is sent it changes what is sent of it, and leaves what else stands inside. */
	mergesInside?(effect: E): boolean;
	/** A good body that fits any item, where what its schema admits is not yet one. */
	body?(
		effect: E,
		model: Model,
		drawing: { readonly draw: DrawField; readonly optional: "all" | "none" },
	): Value | undefined;
	/** Bodies to be tried one after another on the item that a scene is aimed at, the first of them given. */
	bodies?(effect: E, scene: Scene, first: Value | undefined): readonly Value[];
	/** What it stores is no part of its body: whoever serves looks at what comes out. */
	readonly storesUnseen?: boolean;
	/** It looks at and changes the item that the path names, with what lives inside, and nothing else. */
	isLocal?(effect: E, model: Model): boolean;
	/** True when a success changes state. */
	readonly writes: boolean;
	/** It changes nothing here: what it does is done elsewhere. */
	readonly sends?: boolean;
	/** How often it must be done in a row before all of its rivals show; once when not given. */
	readonly actsMin?: number;
}

export interface Governed {
	readonly resource: string;
	readonly owners: Readonly<Record<string, "stable" | "unique" | "volatile">>;
	/** What the effect makes of them. */
	readonly made: Readonly<Record<string, Value>>;
}

/** What these fields hold stays until the effect comes. */
export function governing(
	resource: string,
	made: Readonly<Record<string, Value>>,
	owner: "stable" | "volatile" = "stable",
): Governed {
	return { resource, owners: Object.fromEntries(Object.keys(made).map((name) => [name, owner])), made };
}

export interface EffectRival {
	/** The name that a finding prints after `observed`. */
	readonly name: string;
	/** What it would do, in words, where the name alone leaves it open. */
	readonly means?: string;
	readonly effect: Effect;
	readonly rule?: Rule;
}

/** The resource an effect acts on, when it acts on one; of several the first. */
export function resourceActedOn(effect: Effect): string | undefined {
	if (effect.kind === "several") return effect.parts[0] === undefined ? undefined : resourceActedOn(effect.parts[0]);
	return "resource" in effect ? effect.resource : undefined;
}

/** What an operation does first, which is what its answer shows. */
export function leadOf(effect: Effect): Effect {
	return partsOf(effect)[0] ?? effect;
}

/** What an operation does, one by one. */
export function partsOf(effect: Effect): readonly Effect[] {
	return effect.kind === "several" ? effect.parts : [effect];
}

import type { Effect, EffectLaw } from "./effect.ts";
import { append } from "./law/append.ts";
import { clear } from "./law/clear.ts";
import { create } from "./law/create.ts";
import { emit } from "./law/emit.ts";
import { list } from "./law/list.ts";
import { merge } from "./law/merge.ts";
import { none } from "./law/none.ts";
import { opaque } from "./law/opaque.ts";
import { patch } from "./law/patch.ts";
import { read } from "./law/read.ts";
import { remove } from "./law/remove.ts";
import { replace } from "./law/replace.ts";
import { rotate } from "./law/rotate.ts";
import { setFields } from "./law/set.ts";
import { severalBy } from "./law/several.ts";
import { upsert } from "./law/upsert.ts";

const LAWS: { readonly [K in Effect["kind"]]: EffectLaw<Extract<Effect, { kind: K }>> } = {
	append,
	clear,
	create,
	emit,
	list,
	merge,
	none,
	opaque,
	patch,
	read,
	remove,
	replace,
	rotate,
	set: setFields,
	several: severalBy((effect) => lawOf(effect)),
	upsert,
};

/** The words that an overlay may use for `effect`. */
export const EFFECT_WORDS: readonly EffectWord[] = (Object.keys(LAWS) as Effect["kind"][]).filter(
	(kind): kind is EffectWord => kind !== "several",
);

/** Several effects are written as a list of these. */
export type EffectWord = Exclude<Effect["kind"], "several">;

/** The law of an effect. The table above pairs each kind with the law of that very kind. */
export function lawOf(effect: Effect): EffectLaw {
	return LAWS[effect.kind] as EffectLaw;
}

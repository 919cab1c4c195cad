import type { Effect, EffectLaw } from "./effect.ts";
import { append } from "./law/append.ts";
import { clear } from "./law/clear.ts";
import { create } from "./law/create.ts";
import { list } from "./law/list.ts";
import { merge } from "./law/merge.ts";
import { none } from "./law/none.ts";
import { opaque } from "./law/opaque.ts";
import { read } from "./law/read.ts";
import { remove } from "./law/remove.ts";
import { replace } from "./law/replace.ts";
import { upsert } from "./law/upsert.ts";

const LAWS: { readonly [K in Effect["kind"]]: EffectLaw<Extract<Effect, { kind: K }>> } = {
	append,
	clear,
	create,
	list,
	merge,
	none,
	opaque,
	read,
	remove,
	replace,
	upsert,
};

/** The words that an overlay may use for `effect`. */
export const EFFECT_WORDS: readonly Effect["kind"][] = Object.keys(LAWS) as Effect["kind"][];

/** The law of an effect. The table above pairs each kind with the law of that very kind. */
export function lawOf(effect: Effect): EffectLaw {
	return LAWS[effect.kind] as EffectLaw;
}

import type { Operation } from "../../contract/contract.ts";
import type { Effect } from "../effect.ts";
import type { Behaviour } from "../model.ts";
import type { Resource } from "../resource.ts";
import { wordPattern } from "./outcome-words.ts";
import { sentencesOf } from "./words.ts";

const STAYS = /\b(?:stays?|kept|keeps?|remains?|unchanged|untouched|preserved|retained)\b/i;
const LEFT_OUT =
	/\b(?:left out|omitted|(?:not|n't) (?:sent|given|provided|included|specified|present|set)|missing|absent|exceptions?|except)\b/i;

/**
 * The fields that stay as they are when a body that writes the whole item leaves them out, where a sentence says so of
 * them: `The only exception is the slug, which stays as it is when it is left out`.
 */
export function sparing(
	operation: Operation,
	effect: Effect,
	resource: Resource | undefined,
): Pick<Behaviour, "spares"> {
	if (resource === undefined || (effect.kind !== "replace" && effect.kind !== "upsert")) return {};
	const telling = sentencesOf(operation).filter(({ text }) => STAYS.test(text) && LEFT_OUT.test(text));
	const named = [...resource.fields.values()].filter(({ name, owner }) => {
		const word = new RegExp(`\\b${wordPattern(name)}\\b`, "i");
		return owner === "client" && telling.some(({ text }) => word.test(text));
	});
	return named.length === 0 ? {} : { spares: new Set(named.map(({ name }) => name)) };
}

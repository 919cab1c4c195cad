import { type Common, type EffectLaw, governing, type Performance } from "../effect.ts";
import { resourceNamed } from "../model.ts";
import { addressOf, isAbsent, type Scene, SINGLE } from "../scene.ts";
import type { Change, Entry } from "../state.ts";
import { identifyKey, isObject, type Value } from "../value.ts";
import { answerItem } from "./show-item.ts";

/** An action that gives fields of an item the values which its document names: `activate` makes it active. */
export interface SetFields extends Common {
	readonly kind: "set";
	readonly resource: string;
	readonly to: Readonly<Record<string, Value>>;
	readonly does: "named" | "nothing" | "all" | "others";
	/** It was told by words: other things may change these fields as well. */
	readonly isInferred?: boolean;
}

export const setFields: EffectLaw<SetFields> = {
	kind: "set",
	writes: true,
	isLocal: ({ does }) => does === "named" || does === "nothing",
	sentence: ({ to }) => `sets ${fieldWords(to)}`,
	perform: (effect, scene) => perform(effect, scene),
	governs: ({ resource, to, isInferred }) => governing(resource, to, isInferred === true ? "volatile" : "stable"),
	isUnsure: (effect, scene) => isAbsent(scene, effect.resource),
	rivals: (effect, _behaviour, model) => {
		const isOne = resourceNamed(model, effect.resource).kind === "singleton";
		return [
			{ name: "ignore", effect: { ...effect, does: "nothing" } },
			...(isOne
				? []
				: ([
						{ name: "sets it on every item", effect: { ...effect, does: "all" } },
						{ name: "sets it on another item", effect: { ...effect, does: "others" } },
					] as const)),
		];
	},
};

/** @example fieldWords({ status: "active" }) // 'status to "active"' */
export function fieldWords(fields: Readonly<Record<string, Value>>): string {
	return Object.entries(fields)
		.map(([name, value]) => `${name} to ${JSON.stringify(value)}`)
		.join(" and ");
}

/** An item with other values in some fields. */
export function withFields({ key, value }: Entry, fields: Readonly<Record<string, Value>>): Entry {
	return { key, value: isObject(value) ? { ...value, ...fields } : value };
}

function perform(effect: SetFields, scene: Scene): Performance {
	const { resource, container, key = SINGLE } = addressOf(scene, effect.resource);
	const wanted = identifyKey(key);
	const entries = scene.view.entries(container);
	const meant = entries.filter((entry) => isMeant(effect, identifyKey(entry.key) === wanted));
	const own = scene.view.entry(container, key);
	const put = (entry: Entry): Change => ({ kind: "put", container, entry: withFields(entry, effect.to) });
	const after = own === undefined ? undefined : isMeant(effect, true) ? withFields(own, effect.to) : own;
	return {
		changes: meant.map(put),
		shows: answerItem(scene.behaviour, resource, { value: after?.value ?? null }),
	};
}

function isMeant({ does }: SetFields, isNamed: boolean): boolean {
	return does === "all" || (does === "named" && isNamed) || (does === "others" && !isNamed);
}

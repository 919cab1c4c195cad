import {
	type Common,
	type Effect,
	type EffectLaw,
	type EffectRival,
	type Performance,
	resourceActedOn,
} from "../effect.ts";
import { bodySchema, propertiesOf } from "../infer/shown.ts";
import { type Model, resourceNamed } from "../model.ts";
import type { Resource } from "../resource.ts";
import type { Scene } from "../scene.ts";
import { type Change, resourceOf } from "../state.ts";
import { identifyKey, isObject, serverValue, type Value } from "../value.ts";
import { givenNames } from "./given.ts";

/** One request that does several things, in this order; the answer shows the first. */
export interface Several extends Common {
	readonly kind: "several";
	readonly parts: readonly Effect[];
	/** The part that a rival leaves out. */
	readonly skips?: number;
}

/** @param lawOf the law of each part */
export function severalBy(lawOf: (effect: Effect) => EffectLaw): EffectLaw<Several> {
	return {
		kind: "several",
		writes: true,
		sentence: ({ parts }, model) => parts.map((part) => lawOf(part).sentence(part, model)).join(", and "),
		perform: (effect, scene) => perform(effect, scene, lawOf),
		isUnsure: ({ parts }, scene) => parts.some((part) => lawOf(part).isUnsure?.(part, scene) === true),
		rivals: (effect, behaviour, model) => [
			...effect.parts.map((part, skips): EffectRival => {
				return { name: skipWords(part, model), effect: { ...effect, skips } };
			}),
			...effect.parts.flatMap((part, index) =>
				lawOf(part)
					.rivals(part, behaviour, model)
					.filter(({ name }) => name !== "ignore")
					.map((rival) => withPart(effect, index, rival)),
			),
		],
	};
}

/** One part does what its own rival does. */
function withPart(effect: Several, index: number, rival: EffectRival): EffectRival {
	const { answers: _lies, ...honest } = rival.effect;
	const parts = effect.parts.with(index, honest as Effect);
	return { ...rival, name: `${honest.kind}: ${rival.name}`, effect: { ...effect, parts } };
}

function skipWords(part: Effect, model: Model): string {
	const name = resourceActedOn(part);
	return name === undefined ? `does not ${part.kind}` : `does not ${part.kind} ${resourceNamed(model, name).name}`;
}

function perform({ parts, skips }: Several, scene: Scene, lawOf: (effect: Effect) => EffectLaw): Performance {
	const made = new Map<string, Value>();
	const changes: Change[] = [];
	const performed = parts.map((part, index) => {
		const one = lawOf(part).perform(part, { ...scene, made });
		const given = part.kind === "create" ? givenNames(part) : [];
		const own = one.changes.map((change) => linked(change, scene, { made, given, isFirst: index === 0 }));
		for (const change of own) if (change.kind === "put") made.set(resourceOf(change.container), change.entry.key);
		if (index !== skips) changes.push(...own);
		return one;
	});
	return {
		changes,
		shows: performed[0]?.shows ?? { kind: "any" },
		...(performed.some(({ forgets }) => forgets === true) ? { forgets: true } : {}),
	};
}

interface Linking {
	/** Resource → the key of the item that an earlier part made. */
	readonly made: ReadonlyMap<string, Value>;
	/** Fields that the part gives a value. */
	readonly given: readonly string[];
	readonly isFirst: boolean;
}

/**
 * What a later part makes refers to what an earlier one made. The body speaks of the first part; what it cannot say of
 * an item, only the server knows.
 */
function linked(change: Change, scene: Scene, { made, given, isFirst }: Linking): Change {
	if (change.kind !== "put") return change;
	const { container, entry } = change;
	const before = entry.value;
	if (!isObject(before) || scene.view.entry(container, entry.key) !== undefined) return change;
	const resource = resourceNamed(scene.model, resourceOf(container));
	const carried = carriedBy(scene);
	const property = resource.key?.property;
	// What is named like what it belongs to has its key.
	const key = (property === undefined ? undefined : keyFor(resource, property, made)) ?? entry.key;
	const value = Object.fromEntries(
		Object.entries(before).map(([name, held]): [string, Value] => {
			if (name === property) return [name, key];
			const field = resource.fields.get(name);
			const isTold = carried.has(name) || given.includes(name) || (isFirst && field?.owner !== "client");
			return [name, isTold ? held : (keyFor(resource, name, made) ?? unsaid(change, name))];
		}),
	);
	return { ...change, entry: { key, value } };
}

/** Names of what the body can say. */
function carriedBy({ behaviour: { operation } }: Scene): ReadonlySet<string> {
	const schema = bodySchema(operation);
	return new Set(schema === undefined ? [] : propertiesOf(schema).map(({ name }) => name));
}

function keyFor(resource: Resource, field: string, made: Linking["made"]): Value | undefined {
	const target = resource.refers?.get(field);
	return target === undefined ? undefined : made.get(target.resource);
}

function unsaid({ container, entry }: Extract<Change, { kind: "put" }>, field: string): Value {
	return serverValue("stable", `${resourceOf(container)}#${identifyKey(entry.key)}.${field}`);
}

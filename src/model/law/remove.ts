import type { Common, EffectLaw, EffectRival } from "../effect.ts";
import { type Model, resourceNamed } from "../model.ts";
import { ANY, type Pattern } from "../pattern.ts";
import { type Address, addressOf, type Scene, SINGLE } from "../scene.ts";
import type { Change, Entry } from "../state.ts";
import { identify, type Value } from "../value.ts";
import { survivingCredentials } from "./credential.ts";
import { answerMembers } from "./member.ts";

/** Takes away the item or member that the path names, with all that lives inside it. */
export interface Remove extends Common {
	readonly kind: "remove";
	readonly resource: string;
	readonly which: "named" | "prefix" | "all" | "none" | "other";
	/** What lives inside goes with it. */
	readonly cascade: boolean;
	/** A credential that the item held still works. */
	readonly keepsCredentials: boolean;
}

export const remove: EffectLaw<Remove> = {
	kind: "remove",
	writes: true,
	sentence: (effect, model) => sentence(effect, model),
	perform: (effect, scene) => {
		const address = addressOf(scene, effect.resource);
		const key = address.key ?? SINGLE;
		const entries = scene.view.entries(address.container);
		const gone = entries.filter((entry) => isNamed(effect, entry, { key, entries }));
		const left = entries.filter((entry) => !gone.includes(entry));
		return {
			changes: gone.flatMap((entry) => take(effect, address, entry)),
			shows: shown(scene, address, { key, left }),
		};
	},
	rivals: (effect, _behaviour, model) => rivals(effect, model),
};

function sentence(effect: Remove, model: Model): string {
	const { kind } = resourceNamed(model, effect.resource);
	const what = kind === "set" || kind === "list" ? "member" : "item";
	return hasChildren(effect, model)
		? `removes the ${what} and what lives inside it`
		: `removes the ${what} and no other`;
}

function rivals(effect: Remove, model: Model): readonly EffectRival[] {
	const resource = resourceNamed(model, effect.resource);
	const hasCredential = [...resource.fields.values()].some((field) => field.credential !== undefined);
	return [
		{ name: "ignore", effect: { ...effect, which: "none" } },
		...(resource.kind === "singleton"
			? []
			: ([
					{ name: "removes all", effect: { ...effect, which: "all" } },
					{ name: "removes by prefix", effect: { ...effect, which: "prefix" } },
					{ name: "removes another", effect: { ...effect, which: "other" } },
				] as const)),
		...(hasChildren(effect, model)
			? [{ name: "keeps what lives inside", effect: { ...effect, cascade: false } } as const]
			: []),
		...(hasCredential
			? [{ name: "leaves its credential working", effect: { ...effect, keepsCredentials: true } } as const]
			: []),
	];
}

function hasChildren(effect: Remove, model: Model): boolean {
	return [...model.resources.values()].some(({ parent }) => parent === effect.resource);
}

function isNamed(effect: Remove, entry: Entry, at: { key: Value; entries: readonly Entry[] }): boolean {
	switch (effect.which) {
		case "named":
			return identify(entry.key) === identify(at.key);
		case "all":
			return true;
		case "none":
			return false;
		case "prefix":
			return textOf(entry.key).startsWith(textOf(at.key));
		case "other":
			return entry === at.entries.find(({ key }) => identify(key) !== identify(at.key));
	}
}

function textOf(key: Value): string {
	return typeof key === "string" ? key : identify(key);
}

function take(effect: Remove, address: Address, entry: Entry): readonly Change[] {
	const removal: Change = { kind: "delete", container: address.container, key: entry.key, cascade: effect.cascade };
	return effect.keepsCredentials ? [removal, ...survivingCredentials(address, entry)] : [removal];
}

/** A removal may show what is left of a set, or name what it removed. */
function shown(scene: Scene, { resource }: Address, after: { key: Value; left: readonly Entry[] }): Pattern {
	if (scene.behaviour.answer.shows === "members") return answerMembers(scene.behaviour, resource, after.left);
	const property = resource.key?.property;
	if (scene.behaviour.answer.shows !== "item" || property === undefined) return ANY;
	if (!scene.behaviour.answer.fields.includes(property)) return ANY;
	return { kind: "object", members: { [property]: { kind: "value", value: after.key, order: "kept" } } };
}

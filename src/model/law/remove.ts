import type { Common, EffectLaw, EffectRival } from "../effect.ts";
import { type Model, resourceNamed } from "../model.ts";
import { ANY, type Pattern } from "../pattern.ts";
import { holdsMembers } from "../resource.ts";
import { type Address, addressOf, isAbsent, type Scene, SINGLE } from "../scene.ts";
import type { Change, Entry } from "../state.ts";
import { identifyKey, type Value } from "../value.ts";
import { survivingCredentials } from "./credential.ts";
import { type Cascade, childrenOf, hasGoing, staying, takeItem } from "./inside.ts";
import { answerMembers } from "./member.ts";

/** Takes away the item or member that the path names, with all that lives inside it. */
export interface Remove extends Common {
	readonly kind: "remove";
	readonly resource: string;
	readonly which: "named" | "prefix" | "all" | "none" | "other";
	/** What lives inside goes with it. */
	readonly cascade: Cascade;
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
			changes: gone.flatMap((entry) => take(effect, scene, { address, entry })),
			shows: shown(scene, address, { key, left }),
		};
	},
	isUnsure: (effect, scene) => isAbsent(scene, effect.resource),
	rivals: (effect, _behaviour, model) => rivals(effect, model),
};

function sentence(effect: Remove, model: Model): string {
	const resource = resourceNamed(model, effect.resource);
	const what = holdsMembers(resource) ? "member" : "item";
	const outliving = childrenOf(model, resource.name).filter(({ cascade }) => !cascade);
	if (!hasGoing(model, resource.name))
		return `removes the ${what}${outliving.length === 0 ? " and no other" : " and leaves what lives inside it"}`;
	const stay = outliving.length === 0 ? "" : ` but not ${outliving.map(({ name }) => name).join(" and ")}`;
	return `removes the ${what} and what lives inside it${stay}`;
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
		...(hasGoing(model, effect.resource)
			? [{ name: "keeps what lives inside", effect: { ...effect, cascade: "none" } } as const]
			: []),
		...(staying(model, resource).length > 0
			? [{ name: "removes what lives inside as well", effect: { ...effect, cascade: "all" } } as const]
			: []),
		...(hasCredential
			? [{ name: "leaves its credential working", effect: { ...effect, keepsCredentials: true } } as const]
			: []),
	];
}

function isNamed(effect: Remove, entry: Entry, at: { key: Value; entries: readonly Entry[] }): boolean {
	switch (effect.which) {
		case "named":
			return identifyKey(entry.key) === identifyKey(at.key);
		case "all":
			return true;
		case "none":
			return false;
		case "prefix":
			return isPrefix(at.key, entry.key);
		case "other":
			return entry === at.entries.find(({ key }) => identifyKey(key) !== identifyKey(at.key));
	}
}

/** Of what the server makes up nobody knows how it begins. */
function isPrefix(named: Value, key: Value): boolean {
	if (typeof named !== "string" || typeof key !== "string") return identifyKey(named) === identifyKey(key);
	return key.startsWith(named);
}

function take(effect: Remove, scene: Scene, { address, entry }: { address: Address; entry: Entry }): readonly Change[] {
	const removal = takeItem(scene, address, entry, effect.cascade);
	return effect.keepsCredentials ? [...removal, ...survivingCredentials(address, entry)] : removal;
}

/** A removal may show what is left of a set, or name what it removed. */
function shown(scene: Scene, { resource, container }: Address, after: { key: Value; left: readonly Entry[] }): Pattern {
	if (scene.behaviour.answer.shows === "members")
		return answerMembers(scene.behaviour, resource, {
			entries: after.left,
			complete: scene.view.isComplete(container),
		});
	const property = resource.key?.property;
	if (scene.behaviour.answer.shows !== "item" || property === undefined) return ANY;
	if (!scene.behaviour.answer.fields.includes(property)) return ANY;
	return { kind: "object", members: { [property]: { kind: "value", value: after.key, order: "kept" } } };
}

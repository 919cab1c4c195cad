import { type Common, type EffectLaw, type EffectRival, governing, type Performance } from "../effect.ts";
import { type Model, resourceNamed } from "../model.ts";
import { ANY, type Pattern } from "../pattern.ts";
import { holdsMembers } from "../resource.ts";
import { type Address, addressOf, isAbsent, type Scene, SINGLE } from "../scene.ts";
import type { Change, Entry } from "../state.ts";
import { identify, identifyKey, propertyOf, serverValue, type Value } from "../value.ts";
import { survivingCredentials } from "./credential.ts";
import { type Cascade, childrenOf, hasGoing, staying, takeItem } from "./inside.ts";
import { answerMembers } from "./member.ts";
import { referencesTo, referrerChanges, referrersOf } from "./referrer.ts";
import { fieldWords, withFields } from "./set.ts";
import { answerItem } from "./show-item.ts";

/** Takes away the item or member that the path names, with all that lives inside it. */
export interface Remove extends Common {
	readonly kind: "remove";
	readonly resource: string;
	readonly which: "named" | "prefix" | "all" | "none" | "other";
	/** What lives inside goes with it. */
	readonly cascade: Cascade;
	/** A credential that the item held still works. */
	readonly keepsCredentials: boolean;
	/** It is still there, and these fields tell that it no longer counts. */
	readonly keeps?: Readonly<Record<string, Value>>;
	/** What becomes of items elsewhere that refer to it. */
	readonly referrers?: ReferrerWay;
}

/** As each reference declares, or whatever it declares. */
type ReferrerWay = "cascade" | "unset" | "stay";

export const remove: EffectLaw<Remove> = {
	kind: "remove",
	writes: true,
	isLocal: ({ which, resource }, model) =>
		(which === "named" || which === "none") && referencesTo(model, resource).length === 0,
	sentence: (effect, model) => sentence(effect, model),
	perform: (effect, scene) => perform(effect, scene),
	meant: ({ referrers: _otherwise, ...effect }) => ({ ...effect, which: "named" }),
	governs: ({ resource, keeps }) => (keeps === undefined ? undefined : governing(resource, keeps)),
	alternatives: (effect, scene) => otherWays(effect, scene),
	// What counts no longer is removed once more, or is refused: services do both.
	isUnsure: (effect, scene) => isAbsent(scene, effect.resource) || isRemovedAlready(effect, scene),
	rivals: (effect, _behaviour, model) => rivals(effect, model),
};

function perform(effect: Remove, scene: Scene): Performance {
	const address = addressOf(scene, effect.resource);
	const key = address.key ?? SINGLE;
	const entries = scene.view.entries(address.container);
	const gone = entries.filter((entry) => isNamed(effect, entry, { key, entries }));
	const left = entries.filter((entry) => !gone.includes(entry));
	return {
		changes: gone.flatMap((entry) => take(effect, scene, { address, entry })),
		shows: shown(effect, scene, address, { key, left }),
	};
}

function isRemovedAlready({ keeps, resource }: Remove, scene: Scene): boolean {
	if (keeps === undefined) return false;
	const { container, key = SINGLE } = addressOf(scene, resource);
	const entry = scene.view.entry(container, key);
	return Object.entries(keeps).every(([name, value]) => identify(propertyOf(entry?.value, name)) === identify(value));
}

/** Where nothing says what becomes of what refers to the item, any of it may. */
function otherWays(effect: Remove, scene: Scene): readonly Performance[] {
	if (effect.referrers !== undefined || effect.keeps !== undefined) return [];
	const open = referencesTo(scene.model, effect.resource).filter(({ reference }) => reference.removal === undefined);
	if (open.length === 0) return [];
	const { container, key = SINGLE } = addressOf(scene, effect.resource);
	const entry = scene.view.entry(container, key);
	const isReferred =
		entry !== undefined && referrersOf(scene, effect.resource, entry).some(({ removal }) => removal === undefined);
	return isReferred ? (["cascade", "unset"] as const).map((referrers) => perform({ ...effect, referrers }, scene)) : [];
}

function sentence(effect: Remove, model: Model): string {
	const resource = resourceNamed(model, effect.resource);
	if (effect.keeps !== undefined) return `leaves the item listed and sets ${fieldWords(effect.keeps)}`;
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
	const { keeps, ...hard } = effect;
	return [
		...(keeps === undefined ? [] : [{ name: "removes it", effect: hard } as const]),
		...referrerRivals(effect, model),
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

function referrerRivals(effect: Remove, model: Model): readonly EffectRival[] {
	const declared = referencesTo(model, effect.resource).flatMap(({ reference }) => reference.removal ?? []);
	if (declared.length === 0 || effect.keeps !== undefined) return [];
	const ways: readonly (readonly [name: string, way: ReferrerWay])[] = [
		["leaves what refers to it", "stay"],
		["removes what refers to it", "cascade"],
	];
	return ways
		.filter(([, way]) => declared.some((one) => one !== way))
		.map(([name, referrers]) => ({ name, effect: { ...effect, referrers } }));
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
			return entry === besideNamed(at);
	}
}

/** The one that was made next, or before where none was: whatever else stands there, a client knows it as its own. */
function besideNamed({ key, entries }: { key: Value; entries: readonly Entry[] }): Entry | undefined {
	const named = identifyKey(key);
	const at = entries.findIndex((entry) => identifyKey(entry.key) === named);
	return entries[at + 1] ?? entries[at - 1];
}

/** Of what the server makes up nobody knows how it begins. */
function isPrefix(named: Value, key: Value): boolean {
	if (typeof named !== "string" || typeof key !== "string") return identifyKey(named) === identifyKey(key);
	return key.startsWith(named);
}

function take(effect: Remove, scene: Scene, { address, entry }: { address: Address; entry: Entry }): readonly Change[] {
	if (effect.keeps !== undefined) return retire(effect.keeps, address, entry, effect);
	const removal = [
		...referrerChanges(scene, effect.resource, entry, effect.referrers),
		...takeItem(scene, address, entry, effect.cascade),
	];
	return effect.keepsCredentials ? [...removal, ...survivingCredentials(address, entry)] : removal;
}

/** It is listed still, but what it let in is let in no longer. */
function retire(
	keeps: Readonly<Record<string, Value>>,
	{ resource, container }: Address,
	entry: Entry,
	{ keepsCredentials }: Remove,
): readonly Change[] {
	const credentials = [...resource.fields.values()].filter(({ credential }) => credential !== undefined);
	const ended = credentials.map(({ name }): [string, Value] => [
		name,
		serverValue("volatile", `${resource.name}#${identifyKey(entry.key)}.${name} ended`),
	]);
	const fields = keepsCredentials ? keeps : { ...Object.fromEntries(ended), ...keeps };
	return [{ kind: "put", container, entry: withFields(entry, fields) }];
}

/** A removal may show what is left of a set, or name what it removed. */
function shown(
	effect: Remove,
	scene: Scene,
	{ resource, container }: Address,
	after: { key: Value; left: readonly Entry[] },
): Pattern {
	const kept = effect.keeps === undefined ? undefined : scene.view.entry(container, after.key);
	if (effect.keeps !== undefined && kept !== undefined)
		return answerItem(scene.behaviour, resource, { value: withFields(kept, effect.keeps).value });
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

import type { Call } from "../call.ts";
import { resourceActedOn } from "../effect.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, type GuardRival, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { singular } from "../infer/shown.ts";
import { storeItem } from "../law/item.ts";
import { removerOf } from "../law/remover.ts";
import { type Behaviour, lineage, type Model, resourceNamed } from "../model.ts";
import { isPartUnknown } from "../partition.ts";
import { addressOf, type Scene } from "../scene.ts";
import { identifyKey, type Value } from "../value.ts";

/** The item that the path names is there: the operation's own, or a parent of its resource. */
export interface Exists extends GuardCommon {
	readonly kind: "exists";
	readonly resource: string;
	/** How a key is looked up. */
	readonly compares: "exactly" | "ignoring-case" | "by-prefix";
	/** True in a rival that makes what is missing instead of refusing. */
	readonly makes: boolean;
	/** True in a rival for which what was taken away is still there. */
	readonly keepsGone?: boolean;
	/** True in a rival that does not look at the parent which the path names. */
	readonly anywhere?: boolean;
}

export const exists: GuardLaw<Exists> = {
	kind: "exists",
	isLocal: ({ makes }) => !makes,
	sentence: (guard, model) => `${refusalWords(guard.statuses)} unless ${nameOf(guard, model)} exists`,
	documented: (guard, model) => `${statusWords(guard.statuses)} unless ${nameOf(guard, model)} exists`,
	holds: (guard, scene) => {
		if (!guard.enforced || guard.makes) return "yes";
		const { resource, container, key } = addressOf(scene, guard.resource);
		if (key === undefined) return "unknown";
		if (scene.view.entry(container, key) !== undefined || scene.view.isLent?.(container, key) === true) return "yes";
		if (scene.view.isUnsure?.() === true || isLost(scene, guard.resource)) return "unknown";
		if (guard.keepsGone === true && isGone(scene, container, key)) return "yes";
		if (resource.unlisted === true && !isGone(scene, container, key)) return "unknown";
		if (guard.compares === "exactly") return "no";
		return scene.view.entries(container).some((entry) => isAlike(guard, entry.key, key)) ? "yes" : "no";
	},
	keeps: (guard, scene, passed) => {
		const { resource, container, key } = addressOf(scene, guard.resource);
		if (!guard.makes || !passed || key === undefined || scene.view.entry(container, key) !== undefined) return [];
		const { body: _ofAnother, ...bare } = scene.call;
		return storeItem({ ...scene, call: bare }, { resource, container, key }, "overwrite").changes;
	},
	rivals: (guard, behaviour, model) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "guard" },
		...(guard.compares === "ignoring-case"
			? []
			: [{ name: "case is ignored", guard: { ...guard, compares: "ignoring-case" }, rule: "guard" } as const]),
		...makeRivals(guard, behaviour),
		...goneRivals(guard, behaviour, model),
		...placeRivals(guard, behaviour, model),
		...(lawOf(behaviour.effect).writes ? leakRivals(guard, ["all"]) : []),
	],
	violate: (guard, scene) => violations(guard, scene),
};

/** Nobody knows where to look. */
function isLost(scene: Scene, name: string): boolean {
	const [top] = lineage(scene.model, name);
	return top !== undefined && isPartUnknown(scene, top.name);
}

/** A write into a parent that is not there may make the parent. */
function makeRivals(guard: Exists, { effect }: Behaviour): readonly GuardRival[] {
	const isParent = resourceActedOn(effect) !== guard.resource;
	return lawOf(effect).writes && isParent
		? [{ name: "creates it", guard: { ...guard, makes: true }, rule: "guard" }]
		: [];
}

/** Who looks for an id alone finds it in whatever parent. */
function placeRivals(guard: Exists, behaviour: Behaviour, model: Model): readonly GuardRival[] {
	const { parent, key } = resourceNamed(model, guard.resource);
	const isOwn = resourceActedOn(behaviour.effect) === guard.resource;
	if (!isOwn || key?.made !== "server" || parent === undefined || !behaviour.keys.has(parent)) return [];
	return [{ name: "found in another parent", guard: { ...guard, anywhere: true }, rule: "guard" }];
}

/** A removal that only hides may hide from the list alone. */
function goneRivals(guard: Exists, { effect }: Behaviour, model: Model): readonly GuardRival[] {
	const isOwn = effect.kind === "read" && effect.resource === guard.resource;
	if (!isOwn || removerOf(model, guard.resource) === undefined) return [];
	const name = "what was removed can still be read";
	return [{ name, guard: { ...guard, keepsGone: true }, rule: "use-after-free" }];
}

/** `apps` → "the app". */
function nameOf(guard: Exists, model: Parameters<GuardLaw<Exists>["sentence"]>[1]): string {
	const resource = resourceNamed(model, guard.resource);
	return `the ${singular(resource.name)}`;
}

/** What was taken away is not there, wherever it came from. */
function isGone({ view }: Scene, container: string, key: Value): boolean {
	const wanted = identifyKey(key);
	return view.gone(container).some((gone) => identifyKey(gone) === wanted);
}

function isAlike(guard: Exists, known: Value, asked: Value): boolean {
	// Of what the server makes up nobody knows how it is written.
	if (typeof known !== "string" || typeof asked !== "string") return identifyKey(known) === identifyKey(asked);
	return guard.compares === "by-prefix" ? known.startsWith(asked) : known.toLowerCase() === asked.toLowerCase();
}

/** A key that never was, in place of the one that is there. */
function violations(guard: Exists, scene: Scene): ReturnType<GuardLaw<Exists>["violate"]> {
	const parameter = scene.behaviour.keys.get(guard.resource);
	const absent = parameter === undefined ? undefined : scene.planning?.spare(guard.resource);
	const named = parameter === undefined ? undefined : scene.call.path[parameter];
	if (parameter === undefined || named === undefined) return [];
	const alike = scene.planning?.neighbours(guard.resource, named) ?? [];
	return [...(absent === undefined ? [] : [absent]), ...alike]
		.map((key) => ({ ...scene.call, path: { ...scene.call.path, [parameter]: key } }))
		.concat(inOtherParents(guard, scene))
		.filter((call) => exists.holds(guard, { ...scene, call }) === "no");
}

/** The item that is there, in a parent that is there and does not hold it. */
function inOtherParents({ resource }: Exists, scene: Scene): readonly Call[] {
	const { parent } = resourceNamed(scene.model, resource);
	const parameter = parent === undefined ? undefined : scene.behaviour.keys.get(parent);
	if (parent === undefined || parameter === undefined) return [];
	const { container, key: named } = addressOf(scene, parent);
	const others = scene.view.entries(container).filter(({ key }) => identifyKey(key) !== identifyKey(named ?? ""));
	return others.slice(0, 1).map(({ key }) => ({ ...scene.call, path: { ...scene.call.path, [parameter]: key } }));
}

/** Why a parent cannot be missing alone: what is asked for inside of it is missing with it. */
export function impliedBecause(guard: Exists, { guards, keys }: Behaviour, model: Model): string | undefined {
	const inner = guards.find(
		(one) =>
			one.kind === "exists" &&
			one.resource !== guard.resource &&
			keys.has(one.resource) &&
			lineage(model, one.resource).some(({ name }) => name === guard.resource),
	);
	if (inner?.kind !== "exists") return undefined;
	const [outer, own] = [guard, inner].map((one) => nameOf(one, model));
	return `${own} is missing with ${outer}: the refusal may be about either`;
}

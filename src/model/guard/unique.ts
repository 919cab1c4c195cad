import { resourceActedOn } from "../effect.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, type GuardRival, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { holdsFields, meansFields } from "../law/fields.ts";
import { removerOf } from "../law/remover.ts";
import { type Behaviour, type Model, resourceNamed } from "../model.ts";
import { addressOf, type Scene, sentItem, withSent } from "../scene.ts";
import { identify, identifyKey, isObject, isServerValue, propertyOf, type Value } from "../value.ts";

/** No other item holds the same value in this field. */
export interface Unique extends GuardCommon {
	readonly kind: "unique";
	readonly property: string;
	/** Where the other item is looked for; undefined where nothing says whether it is beyond the parent. */
	readonly within?: "parent" | "everywhere";
	/** Whether values are the same that differ in case only; undefined where nothing says so. */
	readonly ignoresCase?: boolean;
	/** True in a rival for which the key of an item that was taken away stays taken. */
	readonly keepsGone?: boolean;
	/** Of the others only those count that hold these fields. */
	readonly among?: Readonly<Record<string, Value>>;
	/** The resource whose items must not hold the value; the one that is acted on when not given. */
	readonly of?: string;
}

export const unique: GuardLaw<Unique> = {
	kind: "unique",
	sentence: (guard) => `${refusalWords(guard.statuses)} when ${otherWords(guard)} has the same ${guard.property}`,
	documented: (guard) => `${statusWords(guard.statuses)} when ${otherWords(guard)} has the same ${guard.property}`,
	holds: (guard, scene) => {
		const value = propertyOf(sentItem(scene), guard.property);
		const resource = resourceActedOn(scene.behaviour.effect);
		if (!guard.enforced || value === undefined || resource === undefined) return "yes";
		// Nothing is seldom unique, and whether case matters is seldom said.
		if (value === null || value === "") return "unknown";
		const others = valuesOfOthers(guard, scene, resource);
		const doubtful = valuesOfOthers(guard, scene, resource, "unknown");
		const compare = guard.ignoresCase === true ? isAlike : isSame;
		if (others.some((other) => compare(other, value))) return "no";
		if (guard.keepsGone === true && isGone(scene, resource, value)) return "no";
		if (scene.view.isUnsure?.() === true || doubtful.some((other) => compare(other, value))) return "unknown";
		if (guard.ignoresCase === undefined && others.some((other) => isAlike(other, value))) return "unknown";
		return guard.within === undefined && isElsewhere(guard, scene, { resource, value }) ? "unknown" : "yes";
	},
	rivals: (guard, behaviour, model) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "guard" },
		...(guard.ignoresCase === undefined
			? []
			: [
					{
						name: guard.ignoresCase ? "case matters" : "case is ignored",
						guard: { ...guard, ignoresCase: !guard.ignoresCase },
						rule: "guard",
					} as const,
				]),
		...goneRivals(guard, resourceActedOn(behaviour.effect), model),
		...scopeRivals(guard, resourceActedOn(behaviour.effect), model),
		...(lawOf(behaviour.effect).writes
			? leakRivals(guard, changesItem(behaviour) ? ["all", "valid-part"] : ["all"])
			: []),
	],
	against: ({ of, among = {} }) => (of === undefined ? [] : [{ of, fields: among }]),
	partOf: ({ property }, scene) => withSent(scene, property, undefined),
	violate: (guard, scene) => {
		const resource = resourceActedOn(scene.behaviour.effect);
		if (resource === undefined || !isObject(scene.call.body)) return [];
		const others = valuesOfOthers(guard, scene, resource);
		const taken = others.find((value) => isServerValue(value) || (typeof value === "string" && value !== ""));
		// Where it is said whether case matters, the same value in another case is tried as well.
		const swapped =
			taken === undefined || guard.ignoresCase === undefined ? undefined : scene.planning?.inOtherCase?.(taken);
		const otherCase = swapped === undefined ? [] : [swapped];
		const elsewhere = guard.within === undefined ? [] : valuesElsewhere(guard, scene, resource);
		const values = [...(taken === undefined ? [] : [taken, ...otherCase]), ...elsewhere.slice(0, 1)];
		return values.map((value) => withSent(scene, guard.property, value));
	},
};

/** A new item is made whole or not at all; one that is there may be changed in part. */
function changesItem({ effect }: Behaviour): boolean {
	return effect.kind === "merge" || effect.kind === "replace";
}

/** Where an item lives inside another, the one scope is taken for the other. */
function scopeRivals(guard: Unique, name: string | undefined, model: Model): readonly GuardRival[] {
	const isInside = name !== undefined && resourceNamed(model, name).parent !== undefined;
	if (guard.within === undefined || !isInside) return [];
	const rival = guard.within === "parent" ? "looked for everywhere" : "looked for in the same parent only";
	const within = guard.within === "parent" ? "everywhere" : "parent";
	return [{ name: rival, guard: { ...guard, within }, rule: "guard" }];
}

/** What is gone is known by its key alone. */
function goneRivals(guard: Unique, name: string | undefined, model: Model): readonly GuardRival[] {
	const key = name === undefined ? undefined : resourceNamed(model, name).key;
	if (name === undefined || key?.made !== "client" || key.property !== guard.property) return [];
	if (removerOf(model, name) === undefined) return [];
	return [{ name: "stays taken after a removal", guard: { ...guard, keepsGone: true }, rule: "guard" }];
}

function isGone(scene: Scene, resource: string, value: Value): boolean {
	const { container } = addressOf(scene, resource);
	return scene.view.gone(container).some((key) => identifyKey(key) === identifyKey(value));
}

function isElsewhere(guard: Unique, scene: Scene, { resource, value }: { resource: string; value: Value }): boolean {
	return valuesElsewhere(guard, scene, resource).some((other) => isAlike(other, value) || isSame(other, value));
}

/** What items in other parents hold in this field. */
function valuesElsewhere(guard: Unique, scene: Scene, resource: string): readonly Value[] {
	if (resourceNamed(scene.model, resource).parent === undefined) return [];
	const here = new Set(scene.view.entries(addressOf(scene, resource).container));
	return scene.view
		.everywhere(resource)
		.filter((entry) => !here.has(entry))
		.flatMap(({ value }) => propertyOf(value, guard.property) ?? []);
}

function isSame(a: Value, b: Value): boolean {
	return identify(a) === identify(b);
}

/** What the other items that count hold in this field, or those of which nobody knows whether they count. */
function valuesOfOthers(
	guard: Unique,
	scene: Scene,
	resource: string,
	counts: "yes" | "unknown" = "yes",
): readonly Value[] {
	const { container, key } = addressOf(scene, guard.of ?? resource);
	const others = scene.view
		.entries(container)
		.filter((entry) => key === undefined || identifyKey(entry.key) !== identifyKey(key))
		.filter((entry) => holdsFields(entry, guard.among ?? {}) === counts);
	const own = others.flatMap(({ value }) => propertyOf(value, guard.property) ?? []);
	const isEverywhere = guard.within === "everywhere" && counts === "yes";
	return isEverywhere ? [...own, ...valuesElsewhere(guard, scene, resource)] : own;
}

/** @example otherWords({ among: { status: "pending" } }) // 'another item with status "pending"' */
function otherWords({ among, of }: Unique): string {
	const which = among === undefined ? "" : ` with ${meansFields(among)}`;
	return `${of === undefined ? "another item" : `an item of ${of}`}${which}`;
}

function isAlike(a: Value, b: Value): boolean {
	return typeof a === "string" && typeof b === "string" && a.toLowerCase() === b.toLowerCase();
}

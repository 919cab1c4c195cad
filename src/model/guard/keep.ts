import { enumeration } from "../../schema/navigate.ts";
import { resourceActedOn } from "../effect.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { holdsFields, meansFields } from "../law/fields.ts";
import { type Model, resourceNamed } from "../model.ts";
import { addressOf, type Scene, withSent } from "../scene.ts";
import { type Change, type Entry, resourceOf } from "../state.ts";
import { identifyKey, propertyOf, type Value } from "../value.ts";

/** At least so many items with these fields must be left: the last owner can neither go nor become something else. */
export interface Keep extends GuardCommon {
	readonly kind: "keep";
	readonly fields: Readonly<Record<string, Value>>;
	readonly least: number;
	/** Added to the least by a rival. */
	readonly off: number;
	/** A rival looks at how many there are, and not at whom the call takes away. */
	readonly looksAt: "whom" | "how-many";
	/** The resource whose items must be left, wherever some of them go; the one that is acted on when not given. */
	readonly of?: string;
}

export const keep: GuardLaw<Keep> = {
	kind: "keep",
	looksAtItem: true,
	sentence: (guard) => `${refusalWords(guard.statuses)} when fewer than ${words(guard)} would be left`,
	documented: (guard) => `${statusWords(guard.statuses)} when fewer than ${words(guard)} would be left`,
	holds: (guard, scene) => holds(guard, scene),
	rivals: (guard, behaviour) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "guard" },
		{ name: "one more must be left", guard: { ...guard, off: 1 }, rule: "guard" },
		...(guard.least > 1 ? [{ name: "one fewer is enough", guard: { ...guard, off: -1 }, rule: "guard" } as const] : []),
		...(guard.of === undefined
			? [
					{
						name: "holds for every other item as well",
						guard: { ...guard, looksAt: "how-many" },
						rule: "guard",
					} as const,
				]
			: []),
		...(lawOf(behaviour.effect).writes ? leakRivals(guard, ["all"]) : []),
	],
	stage: (guard, behaviour, model) => {
		if (guard.of !== undefined) return [];
		const other = otherFields(guard, model, resourceActedOn(behaviour.effect));
		return [...Array.from({ length: guard.least }, () => guard.fields), ...(other === undefined ? [] : [other, other])];
	},
	violate: (guard, scene) => violations(guard, scene),
};

function words({ least, fields, of }: Keep): string {
	const whose = of === undefined ? "" : ` of ${of}`;
	return `${least === 1 ? "one" : least}${whose} with ${meansFields(fields)}`;
}

function holds(guard: Keep, scene: Scene): ReturnType<GuardLaw["holds"]> {
	const name = resourceActedOn(scene.behaviour.effect);
	if (!guard.enforced || name === undefined) return "yes";
	const { effect } = scene.behaviour;
	const meant = lawOf(effect).meant?.(effect) ?? effect;
	const { changes } = lawOf(meant).perform(meant, scene);
	const { of } = guard;
	const containers = of === undefined ? [addressOf(scene, name).container] : touched(of, changes);
	const held = containers.map((container) => holdsIn(guard, scene, { container, changes }));
	return held.find((one) => one === "no") ?? held.find((one) => one === "unknown") ?? "yes";
}

/** The containers of a resource in which something changes. */
function touched(resource: string, changes: readonly Change[]): readonly string[] {
	const all = changes.flatMap((change) => ("container" in change ? [change.container] : []));
	return [...new Set(all)].filter((container) => resourceOf(container) === resource);
}

function holdsIn(
	guard: Keep,
	scene: Scene,
	{ container, changes }: { container: string; changes: readonly Change[] },
): ReturnType<GuardLaw["holds"]> {
	const before = scene.view.entries(container);
	const after = changed(before, container, changes);
	const least = guard.least + guard.off;
	const [had, left] = [before, after].map((entries) =>
		entries.filter((one) => holdsFields(one, guard.fields) === "yes"),
	);
	if (had === undefined || left === undefined) return "unknown";
	const isLess = left.length < had.length;
	const touches = guard.looksAt === "whom" ? isLess : isLess || after.length < before.length;
	const remain = guard.looksAt === "whom" ? left.length : Math.min(left.length, had.length - 1);
	if (!touches || remain >= least) return "yes";
	const isOpen = !scene.view.isComplete(container) || scene.view.isUnsure?.() === true;
	return isOpen || after.some((one) => holdsFields(one, guard.fields) === "unknown") ? "unknown" : "no";
}

/** What a container holds after these changes. */
function changed(entries: readonly Entry[], container: string, changes: readonly Change[]): readonly Entry[] {
	return changes.reduce((now, change) => {
		if (!("container" in change) || change.container !== container) return now;
		if (change.kind === "fill") return change.entries;
		const key = identifyKey(change.kind === "put" ? change.entry.key : change.key);
		const others = now.filter((entry) => identifyKey(entry.key) !== key);
		return change.kind === "put" ? [...others, change.entry] : others;
	}, entries);
}

/** The same fields with values that tell another kind of item; undefined when nobody knows one. */
function otherFields(
	{ fields }: Keep,
	model: Model,
	name: string | undefined,
): Readonly<Record<string, Value>> | undefined {
	const known = name === undefined ? undefined : resourceNamed(model, name).fields;
	const others = Object.entries(fields).map(([field, value]): [string, Value | undefined] => {
		const schema = known?.get(field)?.schema;
		const words = (schema === undefined ? undefined : enumeration(schema)) as readonly Value[] | undefined;
		return [field, words?.find((word) => word !== value && word !== null)];
	});
	return others.some(([, value]) => value === undefined)
		? undefined
		: (Object.fromEntries(others) as Readonly<Record<string, Value>>);
}

/** The call aimed at each item that must be kept, and with fields that make it another kind. */
function violations(guard: Keep, scene: Scene): ReturnType<GuardLaw["violate"]> {
	const name = resourceActedOn(scene.behaviour.effect);
	const parameter = name === undefined ? undefined : scene.behaviour.keys.get(name);
	if (name === undefined || parameter === undefined) return [];
	if (guard.of !== undefined) return removals(guard, scene, { name, parameter });
	const other = otherFields(guard, scene.model, name) ?? {};
	const { container } = addressOf(scene, name);
	return scene.view.entries(container).flatMap((entry) => {
		if (holdsFields(entry, guard.fields) !== "yes") return [];
		const aimed = { ...scene.call, path: { ...scene.call.path, [parameter]: entry.key } };
		const changing = Object.entries(other).flatMap(([field, value]) =>
			propertyOf(aimed.body, field) === undefined && scene.call.body === undefined
				? []
				: [withSent({ ...scene, call: aimed }, field, value)],
		);
		return [aimed, ...changing].filter((call) => holds(guard, { ...scene, call }) === "no").slice(0, 1);
	});
}

/** The call aimed at each item with which some would go that must be kept. */
function removals(
	guard: Keep,
	scene: Scene,
	{ name, parameter }: { name: string; parameter: string },
): ReturnType<GuardLaw["violate"]> {
	return scene.view
		.entries(addressOf(scene, name).container)
		.map(({ key }) => ({ ...scene.call, path: { ...scene.call.path, [parameter]: key } }))
		.filter((call) => holds(guard, { ...scene, call }) === "no")
		.slice(0, 1);
}

import { resourceActedOn } from "../effect.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, type Holds, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { singular } from "../infer/shown.ts";
import { holdsFields, meansFields } from "../law/fields.ts";
import { addressOf, type Scene, SINGLE, withSent } from "../scene.ts";
import type { Entry } from "../state.ts";
import { propertyOf, type Value } from "../value.ts";

/** The item that the operation acts on is in a certain standing: only what is pending can be accepted. */
export interface When extends GuardCommon {
	readonly kind: "when";
	readonly fields: Readonly<Record<string, Value>>;
	/** The resource whose item is meant; the one that the operation acts on when not given. */
	readonly of?: string;
	/** True: it must not hold them. */
	readonly isNot?: boolean;
	/** It was told by words: its status may mean something else as well. */
	readonly isInferred?: boolean;
}

export const when: GuardLaw<When> = {
	kind: "when",
	looksAtItem: true,
	sentence: (guard) => `${refusalWords(guard.statuses)} ${condition(guard)}`,
	documented: (guard) => `${statusWords(guard.statuses)} ${condition(guard)}`,
	holds: (guard, scene) => holds(guard, scene),
	rivals: (guard, behaviour) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "guard" },
		...(lawOf(behaviour.effect).writes ? leakRivals(guard, ["all"]) : []),
	],
	needs: ({ of }) => of,
	speaks: ({ isInferred }) => isInferred !== true,
	against: ({ of, fields, isNot }) => (isNot !== true || of === undefined ? [] : [{ of, fields }]),
	fits: (guard, entry) => holdsFor(guard, entry),
	satisfy: (guard, scene) => (holds(guard, scene) === "no" ? namedFitly(guard, scene) : undefined),
	violate: (guard, scene) => {
		const name = guard.of ?? resourceActedOn(scene.behaviour.effect);
		const parameter = name === undefined ? undefined : scene.behaviour.keys.get(name);
		if (name === undefined || parameter === undefined) {
			return namings(guard, scene)
				.filter((call) => isRefused(guard, scene, call))
				.slice(0, 1);
		}
		return scene.view
			.entries(addressOf(scene, name).container)
			.map((entry) => ({ ...scene.call, path: { ...scene.call.path, [parameter]: entry.key } }))
			.filter((call) => isRefused(guard, scene, call))
			.slice(0, 1);
	},
};

function condition(guard: When): string {
	return `${guard.isNot === true ? "when" : "unless"} ${whose(guard)} has ${meansFields(guard.fields)}`;
}

/** The body naming an item that fits, for this guard and the others like it. */
function namedFitly(guard: When, scene: Scene): Scene["call"] | undefined {
	const { guards } = scene.behaviour;
	const all = guards.filter((one): one is When => one.kind === "when" && one.of === guard.of);
	return namings(guard, scene).find((call) => all.every((one) => holds(one, { ...scene, call }) !== "no"));
}

/** Where the body names the item: each of its items named in turn. */
function namings(guard: When, scene: Scene): readonly Scene["call"][] {
	const naming = scene.behaviour.guards.find((one) => one.kind === "refers" && one.of === guard.of);
	if (naming?.kind !== "refers") return [];
	const { field } = naming;
	const names = scene.view
		.everywhere(naming.of)
		.flatMap(({ key, value }) => (field === undefined ? [key] : (propertyOf(value, field) ?? [])));
	return names.map((name) => withSent(scene, naming.property, name));
}

function whose({ of }: When): string {
	return `the ${of === undefined ? "item" : singular(of)}`;
}

function isRefused(guard: When, scene: Scene, call: Scene["call"]): boolean {
	return holds(guard, { ...scene, call }) === "no";
}

/** Whether it is there is for another guard to say. */
function holds(guard: When, scene: Scene): ReturnType<GuardLaw["holds"]> {
	const name = guard.of ?? resourceActedOn(scene.behaviour.effect);
	if (!guard.enforced || name === undefined) return "yes";
	const { container, key = SINGLE } = addressOf(scene, name);
	const entry = scene.view.entry(container, key);
	return entry === undefined ? "yes" : holdsFor(guard, entry);
}

function holdsFor({ fields, isNot }: When, entry: Entry): Holds {
	const held = holdsFields(entry, fields);
	if (isNot !== true || held === "unknown") return held;
	return held === "yes" ? "no" : "yes";
}

import { typesOf } from "../../schema/navigate.ts";
import type { Common, EffectLaw, EffectRival, Performance } from "../effect.ts";
import { type PatchWay, patchedBy, touchedBy } from "../json-patch.ts";
import { resourceNamed } from "../model.ts";
import { addressOf, isAbsent, type Scene, SINGLE } from "../scene.ts";
import { propertyOf, type Value } from "../value.ts";
import { hasObjects, storeDocument } from "./item.ts";
import { patchesOn, wholePatch } from "./patch-bodies.ts";
import { answerItem } from "./show-item.ts";

/** The operations of a JSON Patch are applied to the item, one after another (RFC 6902). */
export interface Patch extends Common {
	readonly kind: "patch";
	readonly resource: string;
	readonly does: PatchWay | "ignore";
}

export const patch: EffectLaw<Patch> = {
	kind: "patch",
	writes: true,
	storesUnseen: true,
	isLocal: () => true,
	sentence: ({ resource }, model) => {
		const what = resourceNamed(model, resource).kind === "singleton" ? "value" : "item";
		return `applies the operations of a JSON Patch to the ${what}`;
	},
	documented: () => "JSON Patch",
	perform: (effect, scene) => write(effect, scene, "unset"),
	meant: (effect) => ({ ...effect, does: "apply" }),
	// What is taken away may be absent, or what it is when nobody sets it.
	alternatives: (effect, scene) => (removesDefault(effect, scene) ? [write(effect, scene, "absent")] : []),
	isUnsure: (effect, scene) => isAbsent(scene, effect.resource) || touchesOthers(effect, scene),
	body: (effect, model, { draw, optional }) => wholePatch(resourceNamed(model, effect.resource), draw, optional),
	bodies: (effect, scene, first) =>
		patchesOn(itemIn(effect, scene), resourceNamed(scene.model, effect.resource), { first, scene }),
	rivals: (effect, _behaviour, model) => {
		const resource = resourceNamed(model, effect.resource);
		const lists = [...resource.fields.values()].filter(({ schema }) => typesOf(schema).includes("array"));
		const ways: readonly Way[] = [
			["ignore", "ignore", "changes nothing"],
			["only the first operation", "first-only", "leaves out all operations but the first"],
			["removes nothing", "keep-removed", "leaves what an operation takes away"],
			...(hasObjects(resource) ? [MERGES] : []),
			...(lists.length > 0 ? [ADDS_A_LIST] : []),
			...(lists.some(({ order }) => order === "kept") ? ADDS_AT_A_PLACE : []),
		];
		return ways.map(([name, does, means]): EffectRival => ({ name, means, effect: { ...effect, does } }));
	},
};

type Way = readonly [name: string, does: Patch["does"], means: string];

const MERGES: Way = ["merge", "merge", "merges an object into the one that is there"];
const ADDS_A_LIST: Way = ["add replaces the list", "add-replaces-list", "puts what is added in the place of the list"];
const ADDS_AT_A_PLACE: readonly Way[] = [
	["add replaces the element", "add-replaces-element", "puts what is added in the place of an element"],
	["add appends", "add-appends", "puts what is added at the end of the list"],
];

/** What stands where a call is aimed at; an empty object where nothing does. */
export function itemIn({ resource }: Pick<Patch, "resource">, scene: Scene): Value {
	const { container, key = SINGLE } = addressOf(scene, resource);
	return scene.view.entry(container, key)?.value ?? {};
}

/** Operations that fail, and tests, are for the guard to judge: here they are left out. */
function documentAfter(effect: Patch, scene: Scene): Value {
	const item = itemIn(effect, scene);
	if (effect.does === "ignore") return item;
	const applied = patchedBy(item, scene.call.body, { way: effect.does, skips: true, tests: false });
	return applied.kind === "done" ? applied.document : item;
}

function write(effect: Patch, scene: Scene, removed: "unset" | "absent"): Performance {
	const address = addressOf(scene, effect.resource);
	const document = documentAfter(effect, scene);
	const at = { ...address, key: address.key ?? SINGLE };
	const { entry, changes } = storeDocument(scene, at, { document, removed });
	return { changes, shows: answerItem(scene.behaviour, address.resource, { value: entry.value }) };
}

function removesDefault(effect: Patch, scene: Scene): boolean {
	const [item, document] = [itemIn(effect, scene), documentAfter(effect, scene)];
	return [...resourceNamed(scene.model, effect.resource).fields.values()].some(
		({ name, whenUnset }) =>
			whenUnset.kind === "documented" &&
			propertyOf(item, name) !== undefined &&
			propertyOf(document, name) === undefined,
	);
}

/** Whether it changes what is no field, or what is not a client's to change. */
function touchesOthers(effect: Patch, { model, call }: Scene): boolean {
	const { fields, key } = resourceNamed(model, effect.resource);
	return [...touchedBy(call.body)].some((name) => {
		const field = fields.get(name);
		return field?.owner !== "client" || field.immutable !== undefined || name === key?.property;
	});
}

import { callerOf } from "../credential.ts";
import { type GuardCommon, type GuardLaw, refusalWords, statusWords } from "../guard.ts";
import { resourceNamed } from "../model.ts";
import { addressOf, type Scene } from "../scene.ts";
import { containerOf } from "../state.ts";
import { identifyKey, isObject, propertyOf, type Value } from "../value.ts";

/** A value of the body is a member of a set: the caller's own, or that of the item which the path names. */
export interface MemberOf extends GuardCommon {
	readonly kind: "member";
	/** The property of the body. */
	readonly property: string;
	readonly of: string;
	readonly compares: "exactly" | "by-prefix" | "any-parent";
}

export const memberOf: GuardLaw<MemberOf> = {
	kind: "member",
	sentence: (guard) => `${refusalWords(guard.statuses)} unless ${guard.property} is in ${guard.of}`,
	documented: (guard) => `${statusWords(guard.statuses)} unless ${guard.property} is in ${guard.of}`,
	holds: (guard, scene) => {
		if (!guard.enforced) return "yes";
		const value = askedValue(guard, scene);
		const container = containerFor(guard, scene);
		if (value === undefined || container === undefined) return "unknown";
		if (isMember(guard, scene, { container, value })) return "yes";
		return scene.view.isUnsure?.() === true ? "unknown" : "no";
	},
	rivals: (guard) => [
		{ name: "not enforced", guard: { ...guard, enforced: false }, rule: "guard" },
		{ name: "compares by prefix", guard: { ...guard, compares: "by-prefix" }, rule: "guard" },
		{ name: "looks at every parent", guard: { ...guard, compares: "any-parent" }, rule: "guard" },
	],
	satisfy: (guard, scene) => {
		const container = containerFor(guard, scene);
		const member = container === undefined ? undefined : scene.view.entries(container)[0];
		if (member === undefined || !isObject(scene.call.body)) return undefined;
		return { ...scene.call, body: { ...scene.call.body, [guard.property]: member.key } };
	},
	violate: (guard, scene) =>
		strangers(guard, scene)
			.map((value) => asking(guard, scene, value))
			.filter((call) => memberOf.holds(guard, { ...scene, call }) === "no"),
};

/** A value that is nowhere, values that look alike, and members of other sets. */
function strangers(guard: MemberOf, scene: Scene): readonly Value[] {
	const asked = askedValue(guard, scene);
	const absent = scene.planning?.spare(guard.of);
	const alike = asked === undefined ? [] : (scene.planning?.neighbours(guard.of, asked) ?? []);
	const elsewhere = scene.view.everywhere(guard.of).map(({ key }) => key);
	return [...(absent === undefined ? [] : [absent]), ...alike, ...elsewhere];
}

function asking(guard: MemberOf, scene: Scene, value: Value): Scene["call"] {
	const body = isObject(scene.call.body) ? scene.call.body : {};
	return { ...scene.call, body: { ...body, [guard.property]: value } };
}

function askedValue(guard: MemberOf, scene: Scene): Value | undefined {
	return propertyOf(scene.call.body, guard.property);
}

/** The set inside the caller's item when the path names no parent of it. */
function containerFor(guard: MemberOf, scene: Scene): string | undefined {
	const resource = resourceNamed(scene.model, guard.of);
	if (resource.parent === undefined || scene.behaviour.keys.has(resource.parent))
		return addressOf(scene, guard.of).container;
	const caller = callerOf(scene);
	return caller === undefined
		? undefined
		: containerOf(guard.of, { container: caller.container, key: caller.entry.key });
}

function isMember(guard: MemberOf, scene: Scene, asked: { container: string; value: Value }): boolean {
	const entries =
		guard.compares === "any-parent" ? scene.view.everywhere(guard.of) : scene.view.entries(asked.container);
	const text = identifyKey(asked.value);
	if (guard.compares !== "by-prefix") return entries.some(({ key }) => identifyKey(key) === text);
	const value = typeof asked.value === "string" ? asked.value : text;
	return entries.some(({ key }) => {
		const known = typeof key === "string" ? key : identifyKey(key);
		return known.startsWith(value) || value.startsWith(known);
	});
}

import { resourceActedOn } from "../effect.ts";
import type { GuardCommon, GuardLaw } from "../guard.ts";
import { bodySchema, propertiesOf } from "../infer/shown.ts";
import type { Behaviour, Model } from "../model.ts";
import { addressOf, type Scene, SINGLE, sentItem, withSent } from "../scene.ts";
import { identify, isObject, isServerValue, propertyOf, type Value } from "../value.ts";

/** A field that is written once: an update that sends another value leaves it, or is refused. */
export interface Frozen extends GuardCommon {
	readonly kind: "frozen";
	readonly property: string;
}

export const frozen: GuardLaw<Frozen> = {
	kind: "frozen",
	looksAtItem: true,
	isLocal: () => true,
	sentence: ({ property }) => `leaves ${property} as it was written first`,
	documented: ({ property }) => `${property} is written once`,
	// To refuse another value and to leave it out are both ways to keep the one that is there.
	holds: (guard, scene) => {
		const sent = propertyOf(sentItem(scene), guard.property);
		const held = heldIn(guard, scene);
		if (!guard.enforced || sent === undefined || held === undefined) return "yes";
		return identify(sent) === identify(held) ? "yes" : "unknown";
	},
	rivals: (guard) => [{ name: `${guard.property} is changed`, guard: { ...guard, enforced: false }, rule: "effect" }],
	satisfy: (guard, scene) => {
		const held = heldIn(guard, scene);
		const sent = propertyOf(sentItem(scene), guard.property);
		if (held === undefined || isServerValue(held) || sent === undefined || !isObject(scene.call.body)) return undefined;
		return withSent(scene, guard.property, held);
	},
	violate: (guard, scene) => {
		const name = resourceActedOn(scene.behaviour.effect);
		const held = heldIn(guard, scene);
		if (name === undefined || held === undefined || !isObject(scene.call.body)) return [];
		const others = scene.view.everywhere(name).flatMap(({ value }) => propertyOf(value, guard.property) ?? []);
		const other = others.find((one) => !isServerValue(one) && identify(one) !== identify(held));
		return other === undefined ? [] : [withSent(scene, guard.property, other)];
	},
};

/** What the item holds that the call is aimed at. */
function heldIn({ property }: Frozen, scene: Scene): Value | undefined {
	const name = resourceActedOn(scene.behaviour.effect);
	if (name === undefined) return undefined;
	const { container, key = SINGLE } = addressOf(scene, name);
	return propertyOf(scene.view.entry(container, key)?.value, property);
}

/** The fields that an update can carry and must leave. */
export function frozenGuards(resources: Model["resources"], { operation, effect, keys }: Behaviour): readonly Frozen[] {
	const resource = resources.get(resourceActedOn(effect) ?? "");
	const schema = bodySchema(operation);
	if (resource === undefined || schema === undefined) return [];
	if (!keys.has(resource.name) && resource.kind !== "singleton") return [];
	const carried = new Set(propertiesOf(schema).map(({ name }) => name));
	return [...resource.fields.values()].flatMap(({ name, immutable }): readonly Frozen[] =>
		immutable === undefined || !carried.has(name) || name === resource.key?.property
			? []
			: [{ kind: "frozen", property: name, statuses: [], enforced: true, leaks: "no", evidence: immutable }],
	);
}

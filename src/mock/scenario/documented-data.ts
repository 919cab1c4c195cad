import type { Json } from "../../http/exchange.ts";
import { resourceActedOn } from "../../model/effect.ts";
import type { Behaviour, Model } from "../../model/model.ts";
import type { Resource } from "../../model/resource.ts";
import { isObject } from "../../model/value.ts";
import { parsePointer } from "../../schema/reference.ts";
import type { MediaPlan } from "../answer/media-plan.ts";

type PlanOf = (media: Behaviour["operation"]["responses"][number]["content"][number]) => MediaPlan;

/**
 * The items that the document's own examples show of a resource, each once: those of its list, then those of single
 * reads. What only one item may hold (a key that opens something, a unique value) is left to clients.
 */
export function documentedItems(model: Model, resource: Resource, planOf: PlanOf): readonly Json[] {
	const items = new Map<string, Json>();
	const property = resource.key?.property;
	for (const item of shownItems(model, resource, planOf)) {
		if (resource.kind === "set" || resource.kind === "list") items.set(JSON.stringify(item), item);
		else if (isObject(item) && resource.kind === "singleton")
			items.set("", items.get("") ?? withoutOwned(model, resource, item));
		else if (isObject(item) && property !== undefined && item[property] !== undefined) {
			const key = JSON.stringify(item[property]);
			items.set(key, items.get(key) ?? withoutOwned(model, resource, item));
		}
	}
	return [...items.values()];
}

function shownItems(model: Model, resource: Resource, planOf: PlanOf): readonly Json[] {
	const readers = (behavioursOn(model).get(resource.name) ?? []).filter(
		({ effect }) => effect.kind === "list" || effect.kind === "read",
	);
	const lists = readers.filter(({ effect }) => effect.kind === "list");
	return [...lists, ...readers.filter(({ effect }) => effect.kind === "read")].flatMap((behaviour) => {
		const { shows } = behaviour.answer;
		const shown = shows === "nothing" || shows === "other" ? undefined : exampleAt(behaviour, planOf);
		if (shown === undefined) return [];
		return Array.isArray(shown) ? (shown as readonly Json[]) : [shown];
	});
}

type ByResource = ReadonlyMap<string | undefined, readonly Behaviour[]>;

/** A model does not change, and each resource of an item that is made asks for its own. */
const byResource = new WeakMap<Model, ByResource>();

function behavioursOn(model: Model): ByResource {
	const known =
		byResource.get(model) ?? Map.groupBy(model.behaviours.values(), ({ effect }) => resourceActedOn(effect));
	byResource.set(model, known);
	return known;
}

function exampleAt({ operation, answer }: Behaviour, planOf: PlanOf): Json | undefined {
	for (const response of operation.responses) {
		if (!response.status.startsWith("2")) continue;
		for (const media of response.content) {
			let value = planOf(media).example()?.value;
			for (const name of parsePointer(answer.at))
				value = isObject(value) ? (value[name] as Json | undefined) : undefined;
			if (value !== undefined) return value;
		}
	}
	return undefined;
}

function withoutOwned(model: Model, resource: Resource, item: object): Json {
	const owned = new Set(
		[...resource.fields.values()].filter((field) => field.credential !== undefined).map(({ name }) => name),
	);
	for (const { guards } of behavioursOn(model).get(resource.name) ?? []) {
		for (const guard of guards) if (guard.kind === "unique") owned.add(guard.property);
	}
	const known = Object.entries(item as { readonly [name: string]: Json }).filter(([name]) => resource.fields.has(name));
	return Object.fromEntries(known.filter(([name]) => !owned.has(name)));
}

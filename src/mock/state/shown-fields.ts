import { resourceActedOn } from "../../model/effect.ts";
import { successSchema } from "../../model/infer/shown.ts";
import type { Behaviour, Model } from "../../model/model.ts";
import { items, properties } from "../../schema/navigate.ts";
import { parsePointer } from "../../schema/reference.ts";
import type { Schema } from "../../schema/schema.ts";

/**
 * The fields of each resource that some answer must show: what nobody set in them needs a value all the same.
 *
 * @example requiredFields(model).get("apps")?.has("webhook_url") // true
 */
export function requiredFields(model: Model): ReadonlyMap<string, ReadonlySet<string>> {
	const required = new Map<string, Set<string>>();
	for (const behaviour of model.behaviours.values()) {
		const resource = resourceActedOn(behaviour.effect);
		const schema = resource === undefined ? undefined : shownSchema(behaviour);
		if (resource === undefined || schema === undefined) continue;
		const known = required.get(resource) ?? new Set<string>();
		for (const property of properties(schema)) if (property.required) known.add(property.name);
		required.set(resource, known);
	}
	return required;
}

/** The schema of the item, or of the members, that a success shows. */
function shownSchema({ operation, answer }: Behaviour): Schema | undefined {
	if (answer.shows !== "item" && answer.shows !== "list") return undefined;
	let schema = successSchema(operation);
	for (const name of parsePointer(answer.at)) {
		if (schema === undefined) return undefined;
		schema = properties(schema).find((property) => property.name === name)?.schema;
	}
	return schema === undefined || answer.shows === "item" ? schema : items(schema);
}

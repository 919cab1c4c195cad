import { resourceActedOn } from "../../model/effect.ts";
import type { Model } from "../../model/model.ts";
import { shownSchema } from "../../model/shown-schema.ts";
import { properties } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";

/**
 * The fields of a resource that some answer must show, each with the schema that it has there: what nobody set in them
 * needs a value all the same.
 *
 * @example createRequiredFields(model)("apps").has("webhook_url") // true
 */
export function createRequiredFields(model: Model): (resource: string) => ReadonlyMap<string, Schema> {
	const known = new Map<string, ReadonlyMap<string, Schema>>();
	return (resource) => {
		const required = known.get(resource) ?? requiredFields(model, resource);
		known.set(resource, required);
		return required;
	};
}

function requiredFields(model: Model, resource: string): ReadonlyMap<string, Schema> {
	const required = new Map<string, Schema>();
	for (const behaviour of model.behaviours.values()) {
		const schema = resourceActedOn(behaviour.effect) === resource ? shownSchema(behaviour) : undefined;
		for (const property of schema === undefined ? [] : properties(schema)) {
			if (property.required && !required.has(property.name)) required.set(property.name, property.schema);
		}
	}
	return required;
}

import { items, properties } from "../schema/navigate.ts";
import { parsePointer } from "../schema/reference.ts";
import type { Schema } from "../schema/schema.ts";
import { successSchema } from "./infer/shown.ts";
import type { Behaviour } from "./model.ts";

/** The schema of the item, or of the members, that a success shows. */
export function shownSchema({ operation, answer }: Behaviour): Schema | undefined {
	if (answer.shows !== "item" && answer.shows !== "list") return undefined;
	let schema = successSchema(operation);
	for (const name of parsePointer(answer.at)) {
		if (schema === undefined) return undefined;
		schema = properties(schema).find((property) => property.name === name)?.schema;
	}
	return schema === undefined || answer.shows === "item" ? schema : items(schema);
}

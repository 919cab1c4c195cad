import type { Contract, MediaType } from "../contract/contract.ts";
import { isJson } from "../http/media-type.ts";
import { items, properties } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";

const DEPTH_MAX = 10;
const NAMES_MAX = 50_000;

/**
 * Everything that a document gives a name to: parameters, headers, fields. It tells where a name ends in text that has
 * lost the lines of its tables.
 */
export function namesOf(contract: Contract): ReadonlySet<string> {
	const names = new Set<string>();
	for (const { parameters, body, responses } of contract.operations) {
		for (const { name } of [...parameters, ...responses.flatMap(({ headers }) => headers)]) names.add(name);
		const content = [...(body?.content ?? []), ...responses.flatMap((response) => response.content)];
		for (const media of content) addFields(media, names);
	}
	for (const scheme of contract.securitySchemes.values()) if (scheme.kind === "api-key") names.add(scheme.parameter);
	return names;
}

function addFields({ name, schema }: MediaType, names: Set<string>): void {
	if (schema !== undefined && isJson(name)) walk(schema, names, { depth: 0, seen: new Set() });
}

function walk(schema: Schema, names: Set<string>, at: { readonly depth: number; readonly seen: Set<Schema> }): void {
	if (at.depth > DEPTH_MAX || at.seen.has(schema) || names.size > NAMES_MAX) return;
	at.seen.add(schema);
	const below = { depth: at.depth + 1, seen: at.seen };
	for (const property of properties(schema)) {
		names.add(property.name);
		walk(property.schema, names, below);
	}
	const element = items(schema);
	if (element !== undefined) walk(element, names, below);
}

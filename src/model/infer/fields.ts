import { annotation, type Property, properties, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Field } from "../resource.ts";
import type { Place } from "./path-shape.ts";
import type { Spot } from "./resources.ts";
import { bodySchema, listIn, oneIn, successSchema } from "./shown.ts";

const WRITERS = ["POST", "PUT", "PATCH"];

/** The fields of an item, from all that reads and writes it. */
export function fieldsOf(spot: Spot): ReadonlyMap<string, Field> {
	const read = [...spot.items, ...spot.own].flatMap((place) => readProperties(place, spot.name));
	const written = [...spot.items, ...spot.own].flatMap((place) => writtenProperties(place));
	const fields = new Map<string, Field>();
	for (const property of [...written, ...read]) {
		if (fields.has(property.name)) continue;
		fields.set(property.name, fieldOf(property, { read, written }));
	}
	return fields;
}

function readProperties({ operation, onItem }: Place, resource: string): readonly Property[] {
	const schema = successSchema(operation);
	if (schema === undefined || operation.method === "DELETE") return [];
	const list = onItem ? undefined : listIn(schema, resource);
	const shown = list ?? oneIn(schema, resource);
	return shown === undefined ? [] : properties(shown.schema);
}

function writtenProperties({ operation }: Place): readonly Property[] {
	const schema = WRITERS.includes(operation.method) ? bodySchema(operation) : undefined;
	return schema === undefined || typesOf(schema).includes("array") ? [] : properties(schema);
}

function fieldOf(property: Property, all: { read: readonly Property[]; written: readonly Property[] }): Field {
	const writes = all.written.filter(({ name }) => name === property.name);
	const reads = all.read.filter(({ name }) => name === property.name);
	const isReadOnly = [...writes, ...reads].some(({ readOnly }) => readOnly);
	const written = writes.length > 0 && !isReadOnly;
	const standard = writes.map(({ schema }) => annotation(schema, "default")).find((value) => value !== undefined);
	return {
		name: property.name,
		schema: (writes[0] ?? property).schema,
		owner: written ? "client" : ownerByName(property),
		required: writes.some(({ required }) => required),
		written,
		writeOnly: [...writes, ...reads].some(({ writeOnly }) => writeOnly) || reads.length === 0,
		whenUnset: standard === undefined ? { kind: "unknown" } : { kind: "documented", value: standard },
		order: isUniqueArray(property.schema) ? "free" : "kept",
		compared: true,
		...declared([...writes, ...reads]),
	};
}

/** `x-holdfast` may stand at the property in any of the schemas that name it. */
function declared(properties: readonly Property[]): Pick<Field, "extension"> {
	for (const { schema } of properties) {
		const value = annotation(schema, "x-holdfast");
		if (value !== undefined) return { extension: { value, source: schema.source } };
	}
	return {};
}

/** What nobody writes is the server's: keys and creation times stay, the rest may change at any time. */
function ownerByName({ name, schema }: Property): Field["owner"] {
	if (/^(_?id|uuid)$/i.test(name)) return "unique";
	return /^(created|created_?at|date_?created|created_?date|creation_?time)$/i.test(name) &&
		annotation(schema, "format") === "date-time"
		? "stable"
		: "volatile";
}

function isUniqueArray(schema: Schema): boolean {
	return typesOf(schema).includes("array") && annotation(schema, "uniqueItems") === true;
}

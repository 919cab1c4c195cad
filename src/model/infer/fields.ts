import { annotation, items, type Property, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Field, Resource } from "../resource.ts";
import { isServersOwn, serverOwner } from "./field-owner.ts";
import type { Place } from "./path-shape.ts";
import { bodySchema, listIn, oneIn, plainTypes, propertiesOf, successSchema } from "./shown.ts";
import { isShownOtherwise } from "./shown-otherwise.ts";
import type { Spot } from "./spots.ts";

const WRITERS: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/**
 * The fields of an item, from all that reads and writes it.
 *
 * @param guesses whether a field of which the document leaves open how it is shown is shown as it was sent
 */
export function fieldsOf(spot: Spot, kind: Resource["kind"], guesses = false): ReadonlyMap<string, Field> {
	const { declared = [] } = spot;
	const places = [...spot.items, ...spot.own];
	const read = byName([...places, ...declared].flatMap((place) => readProperties(place, spot.name, kind)));
	// A body that is sent elsewhere carries more than the item: a token, a reason.
	const elsewhere = declared.flatMap((place) => writtenProperties(place, spot.name));
	const written = byName([
		...places.flatMap((place) => writtenProperties(place, spot.name)),
		...elsewhere.filter(({ name }) => read.has(name)),
	]);
	const names = new Set([...written.keys(), ...read.keys()]);
	const given = guesses ? givenBy(places, spot.name) : undefined;
	return new Map(
		[...names].map((name) => {
			const isGiven = given?.has(name) === true;
			return [name, fieldOf(written.get(name) ?? [], read.get(name) ?? [], { guesses, isGiven })];
		}),
	);
}

/**
 * What a body that makes an item must carry. The server hardly makes it up, though an answer or an update may call it
 * read-only: from then on it stays as it was.
 */
function givenBy(places: readonly Place[], resource: string): ReadonlySet<string> {
	const makers = places.filter(({ operation: { method } }) => method === "POST" || method === "PUT");
	const carried = makers.flatMap((place) => writtenProperties(place, resource));
	return new Set(carried.filter(({ required, readOnly }) => required && !readOnly).map(({ name }) => name));
}

/** Those fields that some reader shows. */
export function readFields({ items, own, name }: Spot, fields: ReadonlyMap<string, Field>): ReadonlyMap<string, Field> {
	const readers = [...items, ...own].filter(({ operation }) => operation.method === "GET");
	const names = new Set(
		readers.flatMap((place) => readProperties(place, name, "collection")).map((property) => property.name),
	);
	return new Map([...fields].filter(([field]) => names.has(field)));
}

function byName(properties: readonly Property[]): ReadonlyMap<string, readonly Property[]> {
	return Map.groupBy(properties, ({ name }) => name);
}

function readProperties({ operation, onItem }: Place, resource: string, kind: Resource["kind"]): readonly Property[] {
	const schema = successSchema(operation);
	if (schema === undefined || operation.method === "DELETE") return [];
	const list = onItem || kind === "singleton" ? undefined : listIn(schema, resource);
	const shown = list ?? oneIn(schema, resource);
	return shown === undefined ? [] : propertiesOf(shown.schema);
}

function writtenProperties({ operation }: Place, resource: string): readonly Property[] {
	const schema = WRITERS.has(operation.method) ? bodySchema(operation) : undefined;
	if (schema === undefined || typesOf(schema).includes("array")) return [];
	return propertiesOf(oneIn(schema, resource)?.schema ?? schema);
}

interface Guessing {
	readonly guesses: boolean;
	/** It is given when an item is made. */
	readonly isGiven: boolean;
}

function fieldOf(writes: readonly Property[], reads: readonly Property[], { guesses, isGiven }: Guessing): Field {
	const property = (writes[0] ?? reads[0]) as Property;
	const all = [...writes, ...reads];
	const isOwn =
		(!isGiven && all.some(({ readOnly }) => readOnly)) || isServersOwn(property) || isOtherwise(writes, reads);
	const isWritten = writes.length > 0 && !isOwn;
	const standard = writes.map(({ schema }) => defaultOf(schema)).find((value) => value !== undefined);
	return {
		name: property.name,
		schema: property.schema,
		owner: isWritten ? "client" : serverOwner(property),
		required: writes.some(({ required }) => required),
		written: isWritten,
		writeOnly:
			all.some(({ writeOnly, schema }) => writeOnly || isPassword(schema) || isSaidToBeHidden(schema)) ||
			reads.length === 0,
		whenUnset: standard === undefined ? { kind: "unknown" } : { kind: "documented", value: standard },
		order: isUniqueArray(property.schema) ? "free" : "kept",
		compared: guesses || !writes.some((sent) => reads.some((read) => isShownOtherwise(sent.schema, read.schema))),
		...declared(all),
	};
}

/** The documented default, of an object that of each of its members. */
function defaultOf(schema: Schema): unknown {
	const own = annotation(schema, "default");
	if (own !== undefined) return own;
	const members = typesOf(schema).includes("object") ? propertiesOf(schema) : [];
	const held = members.map((member) => [member.name, annotation(member.schema, "default")] as const);
	const isWhole = held.length > 0 && held.every(([, value]) => value !== undefined);
	return isWhole ? Object.fromEntries(held) : undefined;
}

/** A field that is shown as another type than it is written as (an id in, an object out) is made by the server. */
function isOtherwise(writes: readonly Property[], reads: readonly Property[]): boolean {
	const [written] = writes;
	return written !== undefined && reads.length > 0 && reads.every((read) => areApart(written.schema, read.schema));
}

function areApart(a: Schema, b: Schema): boolean {
	const [one, other] = [plainTypes(a), plainTypes(b)];
	if (one.length === 0 || other.length === 0) return false;
	if (!one.some((type) => other.includes(type))) return true;
	const [inA, inB] = [items(a), items(b)];
	const areArrays = one.every((type) => type === "array") && other.every((type) => type === "array");
	if (!areArrays || inA === undefined || inB === undefined) return false;
	const [first, second] = [plainTypes(inA), plainTypes(inB)];
	return first.length > 0 && second.length > 0 && !first.some((type) => second.includes(type));
}

/** `format: password` asks for a field that is not shown (OpenAPI 3.1, Data Type Format). */
function isPassword(schema: Schema): boolean {
	return annotation(schema, "format") === "password";
}

const HIDDEN =
	/\b(?:must not|will not|is not|is never|never) be(?:en)? (?:sent|returned|included|shown) (?:back )?(?:by|in|to)\b|\bnever returned\b|\bwrite[- ]only\b/i;

/** `MUST NOT be sent by the server` */
function isSaidToBeHidden(schema: Schema): boolean {
	const description = annotation(schema, "description");
	return typeof description === "string" && HIDDEN.test(description);
}

/** `x-holdfast` may stand at the property in any of the schemas that name it. */
function declared(properties: readonly Property[]): Pick<Field, "extension"> {
	for (const { schema } of properties) {
		const value = annotation(schema, "x-holdfast");
		if (value !== undefined) return { extension: { value, source: schema.source } };
	}
	return {};
}

function isUniqueArray(schema: Schema): boolean {
	return typesOf(schema).includes("array") && annotation(schema, "uniqueItems") === true;
}

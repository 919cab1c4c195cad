import type { Json } from "../../http/exchange.ts";
import type { Pattern } from "../../model/pattern.ts";
import { type Bindings, isObject, isServerValue, type Value } from "../../model/value.ts";
import { typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Inventor } from "../state/invent.ts";
import { writtenAs } from "../state/settle-changes.ts";
import { envelopeValue } from "./envelope.ts";
import type { KeptAnswers } from "./kept-answers.ts";
import { nextValue, nothingFor } from "./next-page.ts";
import { asNamed, elementOf, objectShapeOf, type ShapeProperty } from "./object-shape.ts";

export interface Filling {
	readonly inventor: Inventor;
	/** What the server's symbols became. */
	readonly bindings: Bindings;
	/** Query parameters: an envelope says again what was asked for. */
	readonly query: Readonly<Record<string, Value>>;
	readonly kept: KeptAnswers;
	/** The URL of the request, without its query. */
	readonly self: string;
}

/**
 * Fills in what an answer leaves open: what is known stays, the rest is made up by the schema. Undefined when the value
 * is known to be absent.
 *
 * @example fillPattern({ kind: "object", members: { id: 7 } }, schema, filling) // { success: true, id: 7 }
 */
export function fillPattern(pattern: Pattern, schema: Schema | undefined, filling: Filling): Json | undefined {
	switch (pattern.kind) {
		case "any":
			return schema === undefined ? undefined : filling.inventor.invent(schema, { optional: "all" });
		case "not":
			return undefined;
		case "value":
			return showValue(pattern.value, filling.bindings);
		case "list":
			return fillItems(pattern.shown ?? pattern.items.slice(0, pattern.items.length - pattern.lacks), schema, filling);
		case "log":
			return fillPattern(pattern.served, schema, filling);
		case "page":
			return fillItems(pattern.shown, schema, filling);
		case "next":
			return nextValue(pattern, schema, filling.self);
		case "hint":
			return pattern.value === null ? nothingFor(schema) : showValue(pattern.value, filling.bindings);
		case "object":
			return fillKept(pattern, schema, filling);
	}
}

function fillItems(items: readonly Pattern[], schema: Schema | undefined, filling: Filling): Json {
	const element = schema === undefined ? undefined : elementOf(schema);
	return items.flatMap((item) => {
		const filled = fillPattern(item, element, filling);
		return filled === undefined ? [] : [filled];
	});
}

/** An item that is as it was stored is filled in once; an envelope says other things each time. */
function fillKept(pattern: Extract<Pattern, { kind: "object" }>, schema: Schema | undefined, filling: Filling): Json {
	const make = (): Json => fillObject(pattern.members, schema, filling);
	if (schema === undefined || filling.bindings.size > 0 || carriesList(pattern.members)) return make();
	return filling.kept.find(pattern, schema, make);
}

function carriesList(members: Members): boolean {
	for (const name in members) {
		const kind = members[name]?.kind;
		if (kind === "list" || kind === "page" || kind === "log") return true;
	}
	return false;
}

/** A symbol that nothing is known of stands for what nobody set: it is not shown. */
export function showValue(value: Value, bindings: Bindings): Json | undefined {
	if (isServerValue(value)) return bindings.get(value.name);
	if (Array.isArray(value)) return value.map((item: Value) => showValue(item, bindings) ?? null);
	if (!isObject(value)) return value as Json;
	const members: [string, Json][] = [];
	for (const [name, member] of Object.entries(value)) {
		const shown = showValue(member, bindings);
		if (shown !== undefined) members.push([name, shown]);
	}
	return Object.fromEntries(members);
}

type Members = Readonly<Record<string, Pattern>>;

function fillObject(members: Members, schema: Schema | undefined, filling: Filling): Json {
	const properties = schema === undefined ? [] : objectShapeOf(schema).properties;
	const filled: [string, Json][] = [];
	const open: ShapeProperty[] = [];
	for (const property of properties) {
		const { name, constant } = property;
		const pattern = Object.hasOwn(members, name) ? members[name] : undefined;
		// What tells alternatives apart is a constant of each of them, and the item is of the one that it was made as.
		const isTold = pattern?.kind === "value" && typeof pattern.value === "string";
		if (constant !== undefined && !isTold) filled.push([name, constant.value as Json]);
		else if (pattern === undefined) open.push(property);
		else addKnown(filled, { name, value: fillPattern(pattern, property.schema, filling), property, filling });
	}
	const known = Object.fromEntries([...filled, ...fillUndocumented(members, schema, filling)]);
	const added = open.flatMap((property) =>
		fillOpen(property, known, { schema, filling, isEnvelope: carriesList(members) }),
	);
	return added.length === 0 ? known : inOrder(properties, { ...known, ...Object.fromEntries(added) });
}

/** Members that the model knows and the schema does not name; whether it admits them is judged with the whole. */
function fillUndocumented(members: Members, schema: Schema | undefined, filling: Filling): readonly [string, Json][] {
	const names = schema === undefined ? undefined : objectShapeOf(schema).byName;
	const filled: [string, Json][] = [];
	for (const [name, pattern] of Object.entries(members)) {
		const value = names?.has(name) === true ? undefined : fillPattern(pattern, undefined, filling);
		if (value !== undefined) filled.push([name, value]);
	}
	return filled;
}

interface Known {
	readonly name: string;
	readonly value: Json | undefined;
	readonly property: ShapeProperty;
	readonly filling: Filling;
}

/** What is known to be absent is made up only where the document requires it; null is a value where the schema admits it. */
function addKnown(filled: [string, Json][], { name, value, property, filling }: Known): void {
	const isKnown = value !== undefined && (value !== null || typesOf(property.schema).includes("null"));
	const made = isKnown || !property.required ? undefined : filling.inventor.invent(property.schema, { name });
	const shown = isKnown ? value : (made ?? value);
	if (shown === undefined) return;
	// A path carries every key as text, and the answer shows it as its type.
	const isScalar = typeof shown === "string" || typeof shown === "number";
	filled.push([name, isScalar ? (writtenAs(shown, property.schema) as Json) : asNamed(shown, property.schema)]);
}

/** What the model says nothing of: what an envelope says about its list, else only what is required. */
function fillOpen(
	{ name, schema: own, required }: ShapeProperty,
	known: { readonly [name: string]: Json },
	{ schema, filling, isEnvelope }: { schema: Schema | undefined; filling: Filling; isEnvelope: boolean },
): readonly (readonly [string, Json])[] {
	const said = isEnvelope ? envelopeValue({ name, schema: own }, known, filling.query) : undefined;
	if (said !== undefined) return [[name, said]];
	if (!required) return [];
	// The object as a whole comes first: its members may depend on each other.
	const whole = schema === undefined ? undefined : filling.inventor.invent(schema);
	const value =
		isObject(whole) && Object.hasOwn(whole, name) ? (whole[name] as Json) : filling.inventor.invent(own, { name });
	return value === undefined ? [] : [[name, value]];
}

/** Members stand as the document lists them. */
function inOrder(properties: readonly ShapeProperty[], members: { readonly [name: string]: Json }): Json {
	const listed = properties.filter(({ name }) => Object.hasOwn(members, name)).map(({ name }) => name);
	const names = new Set([...listed, ...Object.keys(members)]);
	return Object.fromEntries([...names].map((name) => [name, members[name] as Json]));
}

import { resourceActedOn } from "../../model/effect.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { identify, isObject, type Value } from "../../model/value.ts";
import { annotation, enumeration, properties, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { type Making, makersOf, type Story } from "./story.ts";

/** A text that may be longer is made this long and no longer: what is cut is cut before. */
const LENGTH_MAX = 4_000;
/** Texts that may not be much longer than usual ones say nothing new. */
const LENGTH_MIN = 24;
const FILLER = " and so on";

interface Sent {
	readonly schema: Schema;
	readonly body: Value | undefined;
	/** Null takes a field away: an experiment of its own is about it. */
	readonly takesNull: boolean;
}

/**
 * A body in its valid extremes: its lists emptied, its texts as long as they may be, null where null may be. Each is left
 * out where the body holds nothing of the kind.
 */
export function extremesOf({ source }: Story, { schema, body, takesNull }: Sent): readonly Value[] {
	if (!isObject(body)) return [];
	const emptied = Object.entries(body).flatMap(([name, value]): [string, Value][] =>
		Array.isArray(value) && value.length > 0 ? [[name, []]] : [],
	);
	const stretched = Object.entries(stretchedFields(schema, body));
	const nulled = takesNull
		? []
		: properties(schema).flatMap(({ name, required, schema: field }): [string, null][] =>
				!required && Object.hasOwn(body, name) && typesOf(field).includes("null") ? [[name, null]] : [],
			);
	// A list that is not the point is sent empty: one that is only added to would grow with every writing.
	return [[], stretched, nulled]
		.filter((changed) => changed.length + emptied.length > 0)
		.map((changed) => ({ ...body, ...Object.fromEntries([...emptied, ...changed]) }))
		.filter((other, index, all) => all.findIndex((one) => identify(one) === identify(other)) === index)
		.filter((other) => source.admits(schema, other));
}

/** How to make an item whose texts are as long as they may be; none where no text of it has a documented length. */
export function stretchedMakings(story: Story, resource: string): readonly Making[] {
	const [maker] = makersOf(story.model, resource);
	const schema = maker === undefined ? undefined : bodySchema(maker.operation);
	if (maker === undefined || schema === undefined || resourceActedOn(maker.effect) !== resource) return [];
	const at = (maker.takes ?? "").split("/").slice(1);
	const inner = at.reduce<Schema | undefined>(
		(outer, name) => (outer === undefined ? undefined : properties(outer).find((one) => one.name === name)?.schema),
		schema,
	);
	const body = story.source.body(maker.operation.id, "all");
	const item = at.reduce<Value | undefined>((outer, name) => (isObject(outer) ? outer[name] : undefined), body);
	if (inner === undefined || !isObject(item)) return [];
	const fields = stretchedFields(inner, item);
	return Object.keys(fields).length > 0 && story.source.admits(inner, { ...item, ...fields }) ? [{ fields }] : [];
}

/** Plain texts with a documented length go on behind what they hold, so that they stay whose they are. */
function stretchedFields(schema: Schema, item: { readonly [name: string]: Value }): Readonly<Record<string, Value>> {
	const stretched = properties(schema).flatMap(({ name, schema: field }): [string, Value][] => {
		const held = item[name];
		const most = annotation(field, "maxLength");
		if (typeof held !== "string" || typeof most !== "number" || most < LENGTH_MIN || !isPlain(field)) return [];
		const length = Math.min(most, LENGTH_MAX);
		if ([...held].length + 2 > length) return [];
		const filled = held + FILLER.repeat(Math.ceil((length - held.length) / FILLER.length));
		// A text that ends in a blank may come back without it.
		return [[name, [...filled].slice(0, length).join("").replace(/ $/, ".")]];
	});
	return Object.fromEntries(stretched);
}

function isPlain(field: Schema): boolean {
	const isOther = ["format", "pattern", "contentEncoding"].some((name) => annotation(field, name) !== undefined);
	return !isOther && enumeration(field) === undefined && typesOf(field).includes("string");
}

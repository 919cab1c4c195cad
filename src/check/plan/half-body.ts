import { isTelling } from "../../model/law/item.ts";
import { isObject, type Value } from "../../model/value.ts";
import { annotation, properties, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { ValueSource } from "./value-source.ts";

/**
 * Every second optional field, and every object without its most telling member: what is left out here and was there
 * before tells merging from overwriting, at the top and below.
 */
export function halfOf(schema: Schema, whole: Value | undefined, wanted: ReadonlySet<string>): Value | undefined {
	if (!isObject(whole)) return whole;
	const known = new Map(properties(schema).map((property) => [property.name, property]));
	const kept = Object.entries(whole).filter(
		([name, value], index) =>
			known.get(name)?.required === true || wanted.has(name) || isObject(value) || index % 2 === 0,
	);
	return Object.fromEntries(
		kept.map(([name, value]) => {
			const inner = known.get(name)?.schema;
			return [name, inner === undefined ? value : withoutOne(inner, value)];
		}),
	);
}

function withoutOne(schema: Schema, value: Value): Value {
	if (!isObject(value)) return value;
	const known = new Map(properties(schema).map((property) => [property.name, property]));
	const weight = ([name, held]: readonly [string, Value]): number =>
		(isTelling(held, known.get(name)?.schema) ? WORD_LENGTH_MAX : 0) + String(held).length;
	const [out] = Object.entries(value)
		.filter(([name]) => known.get(name)?.required !== true)
		.toSorted((a, b) => weight(b) - weight(a));
	return Object.fromEntries(Object.entries(value).filter(([name]) => name !== out?.[0]));
}

/** No word of an enumeration is so long that it outweighs what tells. */
const WORD_LENGTH_MAX = 10_000;

/**
 * The body with a number that is not met by chance in each object of it that nothing else tells from its defaults: small
 * numbers, booleans and words of an enumeration may be what stands there when nothing was written.
 */
export function telling(schema: Schema, body: Value | undefined, source: ValueSource): Value | undefined {
	if (!isObject(body)) return body;
	const known = new Map(properties(schema).map((property) => [property.name, property.schema]));
	const members = Object.entries(body).map(([name, value]): [string, Value] => {
		const inner = known.get(name);
		return [name, inner === undefined ? value : withTellingNumber(inner, value, source)];
	});
	const told = Object.fromEntries(members);
	return source.admits(schema, told) ? told : body;
}

function withTellingNumber(schema: Schema, value: Value, source: ValueSource): Value {
	if (!isObject(value) || isTelling(value, schema)) return value;
	const number = properties(schema).find(
		(one) => typeof value[one.name] === "number" && typesOf(one.schema).includes("integer"),
	);
	const held = number === undefined ? undefined : value[number.name];
	if (number === undefined || typeof held !== "number") return value;
	const told = held + TELLING_MIN;
	const most = annotation(number.schema, "maximum");
	if ((typeof most === "number" && told > most) || !source.admits(number.schema, told)) return value;
	return { ...value, [number.name]: told };
}

/** Numbers of so many digits are taken for what was written. */
const TELLING_MIN = 1_000;

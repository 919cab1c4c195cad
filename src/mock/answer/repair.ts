import type { Json } from "../../http/exchange.ts";
import { isObject } from "../../model/value.ts";
import { members, resolve } from "../../schema/navigate.ts";
import { parsePointer } from "../../schema/reference.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Violation } from "../../schema/validate.ts";
import type { Inventor } from "../state/invent.ts";
import { elementOf, objectShapeOf, type ShapeProperty } from "./object-shape.ts";

export interface Repairing {
	readonly schema: Schema;
	readonly check: (value: unknown) => readonly Violation[];
	readonly inventor: Inventor;
}

const ROUNDS_MAX = 6;
/** So often what is wrong is mended where it stands. */
const FINE_ROUNDS = 3;

/**
 * Changes as little of a value as it takes for its schema to admit it: what is wrong and may be left out is left out,
 * what must be there is made up. Undefined when that does not help.
 *
 * @example repair({ id: 7, extra: 1 }, { schema, check, inventor }) // { id: 7 }
 */
export function repair(value: Json, repairing: Repairing): Json | undefined {
	let current = value;
	for (let round = 0; round < ROUNDS_MAX; round++) {
		const violations = repairing.check(current);
		if (violations.length === 0) return current;
		for (const violation of violations)
			current =
				round < FINE_ROUNDS
					? mend(current, violation, repairing)
					: replaceAround(current, violation, { ...repairing, depth: ROUNDS_MAX - round });
	}
	const whole = repairing.inventor.invent(repairing.schema);
	if (whole === undefined) return undefined;
	const merged =
		isObject(whole) && isObject(current)
			? // What is known goes before what is made up.
				[
					{ ...(whole as object), ...(current as object) },
					{ ...(current as object), ...(whole as object) },
				]
			: [];
	return [...(merged as Json[]), whole].find((candidate) => repairing.check(candidate).length === 0);
}

/** What stands around something that cannot be mended by itself: the nearer first, in the end a member of the whole. */
function replaceAround(
	value: Json,
	{ pointer }: Violation,
	{ schema, inventor, depth }: Repairing & { readonly depth: number },
): Json {
	const at = parsePointer(pointer).slice(0, depth);
	return at.length === 0 ? value : replaced(value, at, { schema, inventor });
}

/** What may be left out is left out, what must be there is made up. */
function replaced(value: Json, at: readonly string[], { schema, inventor }: Omit<Repairing, "check">): Json {
	const found = findInside(schema, value, at);
	const isLeftOut = at.length > 0 && (found === undefined || found.property?.required === false);
	return setAt(value, at, isLeftOut ? undefined : inventFor(schema, value, { at, inventor }));
}

function mend(value: Json, { pointer, keyword, params }: Violation, { schema, inventor }: Repairing): Json {
	const at = parsePointer(pointer);
	const extra = params.additionalProperty ?? params.unevaluatedProperty;
	if (typeof extra === "string") return setAt(value, [...at, extra], undefined);
	if (keyword === "required" || keyword === "dependentRequired") {
		const name = String(params.missingProperty);
		return setAt(value, [...at, name], inventFor(schema, value, { at: [...at, name], inventor }));
	}
	return replaced(value, at, { schema, inventor });
}

function inventFor(
	schema: Schema,
	value: Json,
	{ at, inventor }: { readonly at: readonly string[]; readonly inventor: Inventor },
): Json | undefined {
	const own = at.length === 0 ? schema : findInside(schema, value, at)?.schema;
	const name = at.at(-1);
	return own === undefined ? undefined : inventor.invent(own, name === undefined ? {} : { name });
}

interface Inside {
	readonly schema: Schema;
	/** Undefined for an item of a list. */
	readonly property: ShapeProperty | undefined;
}

/** What a schema says of a place inside a value; of alternatives the one speaks that the value is of. */
function findInside(schema: Schema, value: Json, at: readonly string[]): Inside | undefined {
	let found: Inside | undefined;
	let [current, held]: [Schema, Json | undefined] = [schema, value];
	for (const token of at) {
		const property: ShapeProperty | undefined =
			objectShapeOf(alternativeOf(current, held)).byName.get(token) ?? objectShapeOf(current).byName.get(token);
		const inner: Schema | undefined = property?.schema ?? (/^\d+$/.test(token) ? elementOf(current) : undefined);
		if (inner === undefined) return undefined;
		found = { schema: inner, property };
		[current, held] = [inner, (held as { readonly [name: string]: Json } | undefined)?.[token]];
	}
	return found;
}

/** The one alternative whose constants the value has; the schema itself where none stands out. */
function alternativeOf(schema: Schema, value: Json | undefined): Schema {
	if (!isObject(value)) return schema;
	const whole = resolve(schema);
	const fitting = ["oneOf", "anyOf"]
		.flatMap((keyword) => members(whole, keyword))
		.filter((one) => {
			const told = objectShapeOf(one).properties.filter(
				({ name, constant }) => constant !== undefined && Object.hasOwn(value, name),
			);
			return told.length > 0 && told.every(({ name, constant }) => constant?.value === value[name]);
		});
	const [only] = fitting;
	return fitting.length === 1 && only !== undefined ? alternativeOf(only, value) : schema;
}

/** The value with another one at a place; `undefined` takes the place away. A place that is not there stays so. */
function setAt(value: Json, [token, ...rest]: readonly string[], next: Json | undefined): Json {
	if (token === undefined) return next ?? value;
	if (Array.isArray(value)) {
		const items = value as readonly Json[];
		const index = Number(token);
		if (!(index < items.length)) return value;
		if (rest.length === 0 && next === undefined) return items.toSpliced(index, 1);
		return items.with(index, setAt(items[index] as Json, rest, next));
	}
	if (!isObject(value)) return value;
	const members = value as { readonly [name: string]: Json };
	const known = Object.hasOwn(members, token) ? members[token] : undefined;
	const changed = rest.length === 0 ? next : known === undefined ? undefined : setAt(known, rest, next);
	const others = Object.entries(members).filter(([name]) => name !== token);
	if (changed === undefined) return Object.fromEntries(others);
	const entries = Object.entries(members).map(([name, member]): [string, Json] => [
		name,
		name === token ? changed : member,
	]);
	return Object.fromEntries(known === undefined ? [...others, [token, changed]] : entries);
}

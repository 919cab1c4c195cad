import type { Json } from "../../http/exchange.ts";
import { isObject } from "../../model/value.ts";
import { parsePointer } from "../../schema/reference.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Violation } from "../../schema/validate.ts";
import type { Inventor } from "../state/invent.ts";
import { objectShapeOf, schemaInside } from "./object-shape.ts";

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
	const name = at.at(-1);
	const parent = schemaInside(schema, at.slice(0, -1));
	const isRequired = name === undefined || (parent !== undefined && objectShapeOf(parent).byName.get(name)?.required);
	return setAt(value, at, isRequired === false ? undefined : inventFor(schema, at, inventor));
}

function mend(value: Json, { pointer, keyword, params }: Violation, { schema, inventor }: Repairing): Json {
	const at = parsePointer(pointer);
	const extra = params.additionalProperty ?? params.unevaluatedProperty;
	if (typeof extra === "string") return setAt(value, [...at, extra], undefined);
	if (keyword === "required" || keyword === "dependentRequired") {
		const name = String(params.missingProperty);
		return setAt(value, [...at, name], inventFor(schema, [...at, name], inventor));
	}
	return replaced(value, at, { schema, inventor });
}

function inventFor(schema: Schema, at: readonly string[], inventor: Inventor): Json | undefined {
	const own = schemaInside(schema, at);
	const name = at.at(-1);
	return own === undefined ? undefined : inventor.invent(own, name === undefined ? {} : { name });
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

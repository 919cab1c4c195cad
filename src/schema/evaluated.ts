import { child, members, nodeOf, referenced } from "./navigate.ts";
import { isObject } from "./normalize-node.ts";
import { createPattern } from "./pattern.ts";
import type { Schema } from "./schema.ts";

/** What of a value a schema has looked at: `unevaluated…` applies to the rest (2020-12 Core, section 11). */
export interface Evaluated {
	readonly properties: ReadonlySet<string>;
	readonly items: ReadonlySet<number>;
}

/** Whether a value is admitted by a schema. */
export type IsValid = (schema: Schema, value: unknown) => boolean;

interface Walk {
	readonly value: unknown;
	readonly isValid: IsValid;
	readonly properties: Set<string>;
	readonly items: Set<number>;
	readonly seen: Set<Schema>;
}

/**
 * Collects what a schema has looked at in a value, over everything that applies to it; `isValid` tells which branches
 * the value took. The schema's own `unevaluated…` keywords are not counted, those of inner schemas are.
 */
export function evaluatedBy(schema: Schema, value: unknown, isValid: IsValid): Evaluated {
	const walk: Walk = { value, isValid, properties: new Set(), items: new Set(), seen: new Set() };
	lookAt(schema, walk, true);
	return walk;
}

function lookAt(schema: Schema, walk: Walk, isOuter: boolean): void {
	if (walk.seen.has(schema)) return;
	walk.seen.add(schema);
	if (isObject(walk.value)) lookAtProperties(schema, walk.value, { walk, isOuter });
	if (Array.isArray(walk.value)) lookAtItems(schema, walk.value, { walk, isOuter });
	for (const part of applied(schema, walk)) lookAt(part, walk, false);
}

/** The schemas that were applied to the same value, and held. */
function applied(schema: Schema, { value, isValid }: Walk): readonly Schema[] {
	const target = referenced(schema);
	const branches = [...members(schema, "anyOf"), ...members(schema, "oneOf")].filter((one) => isValid(one, value));
	const condition = child(schema, "if");
	const isMet = condition !== undefined && isValid(condition, value);
	const chosen = isMet ? [condition, child(schema, "then")] : [condition && child(schema, "else")];
	const names = Object.keys((nodeOf(schema).dependentSchemas as object | undefined) ?? {});
	const dependent = names.filter((name) => isObject(value) && Object.hasOwn(value, name));
	return [
		...(target === undefined ? [] : [target]),
		...members(schema, "allOf"),
		...branches,
		...chosen.filter((one) => one !== undefined),
		...dependent.flatMap((name) => child(schema, "dependentSchemas", name) ?? []),
	];
}

interface Look {
	readonly walk: Walk;
	readonly isOuter: boolean;
}

function lookAtProperties(schema: Schema, value: Readonly<Record<string, unknown>>, { walk, isOuter }: Look): void {
	const node = nodeOf(schema);
	const named = (node.properties as object | undefined) ?? {};
	const patterns = Object.keys((node.patternProperties as object | undefined) ?? {}).map(createPattern);
	const takesAll = "additionalProperties" in node || (!isOuter && "unevaluatedProperties" in node);
	for (const name of Object.keys(value)) {
		const isKnown = takesAll || Object.hasOwn(named, name) || patterns.some((pattern) => pattern.test(name));
		if (isKnown) walk.properties.add(name);
	}
}

function lookAtItems(schema: Schema, value: readonly unknown[], { walk, isOuter }: Look): void {
	const node = nodeOf(schema);
	const takesAll = "items" in node || (!isOuter && "unevaluatedItems" in node);
	const first = takesAll ? value.length : members(schema, "prefixItems").length;
	const wanted = child(schema, "contains");
	for (const [index, item] of value.entries()) {
		if (index < first || (wanted !== undefined && walk.isValid(wanted, item))) walk.items.add(index);
	}
}

import { child, members, nodeOf, referenced } from "../navigate.ts";
import { isNullMeant } from "../normalize-node.ts";
import { createPattern } from "../pattern.ts";
import type { Schema } from "../schema.ts";
import {
	atLeast,
	atMost,
	type Kind,
	onKinds,
	onList,
	onlyValues,
	onNumber,
	onRecord,
	onText,
	type Patch,
	type RecordRule,
} from "./demand.ts";
import { discriminated } from "./discriminator.ts";
import { type Alternative, choice, fails, holds, type Literal, lazyWay, patch, way } from "./literal.ts";

type Node = Readonly<Record<string, unknown>>;

/**
 * What follows when a schema holds: its own keywords as patches, what applies to the same instance as further
 * literals, and its alternatives as choices. `scope` is a fresh number for what `unevaluated…` sees.
 */
export function requireSchema(schema: Schema, scopes: readonly number[], scope: number): readonly Literal[] {
	const node = nodeOf(schema);
	const isScoped = scopes.length > 0 || "unevaluatedProperties" in node || "unevaluatedItems" in node;
	const known = isScoped ? undefined : unscoped.get(schema);
	const literals = known ?? literalsOf(schema, scopes, scope);
	if (!isScoped) unscoped.set(schema, literals);
	return literals;
}

/** What follows from a schema does not change, unless it is seen by `unevaluated…`. */
const unscoped = new WeakMap<Schema, readonly Literal[]>();

function literalsOf(schema: Schema, scopes: readonly number[], scope: number): readonly Literal[] {
	if (schema.node === false) {
		const { file, pointer } = schema.source;
		return patch((demand) => ({ ...demand, forbiddenBy: demand.forbiddenBy ?? `${file}#${pointer}` }));
	}
	const node = nodeOf(schema);
	const inner = "unevaluatedProperties" in node || "unevaluatedItems" in node ? [...scopes, scope] : scopes;
	return [
		...("title" in node || "examples" in node || "default" in node ? patch(addSource(schema)) : []),
		...patch(...scalarPatches(node), ...listPatches(schema, inner), ...recordPatches(schema, inner)),
		...patch(...unevaluatedPatches(schema, scope)),
		...applied(schema, inner),
		...dependentSchemas(schema, inner),
	];
}

const addSource =
	(schema: Schema): Patch =>
	(demand) => ({ ...demand, sources: [...demand.sources, schema] });

const SCALARS: Readonly<Record<string, (value: never) => Patch>> = {
	type: (type: string | readonly string[]) => typePatch([type].flat()),
	const: (value: unknown) => onlyValues([value]),
	enum: (values: readonly unknown[]) => onlyValues(values),
	minimum: (value: number) => atLeast(value, false),
	exclusiveMinimum: (value: number) => atLeast(value, true),
	maximum: (value: number) => atMost(value, false),
	exclusiveMaximum: (value: number) => atMost(value, true),
	multipleOf: (value: number) => onNumber(({ multiples }) => ({ multiples: [...multiples, value] })),
	minLength: (value: number) => onText(({ minLength }) => ({ minLength: Math.max(minLength, value) })),
	maxLength: (value: number) => onText(({ maxLength }) => ({ maxLength: Math.min(maxLength, value) })),
	pattern: (source: string) => onText(({ patterns }) => ({ patterns: [...patterns, createPattern(source)] })),
	format: (format: string) => formatPatch(format),
	minItems: (value: number) => onList(({ min }) => ({ min: Math.max(min, value) })),
	maxItems: (value: number) => onList(({ max }) => ({ max: Math.min(max, value) })),
	uniqueItems: (isUnique: boolean) => onList((list) => ({ isUnique: list.isUnique || isUnique })),
	minProperties: (value: number) => onRecord(({ min }) => ({ min: Math.max(min, value) })),
	maxProperties: (value: number) => onRecord(({ max }) => ({ max: Math.min(max, value) })),
	required: (names: readonly string[]) => onRecord(({ required }) => ({ required: new Set([...required, ...names]) })),
	dependentRequired: (map: Readonly<Record<string, readonly string[]>>) =>
		onRecord(({ dependent }) => ({
			dependent: [...dependent, ...Object.entries(map).map(([name, needs]) => ({ name, needs }))],
		})),
};

function scalarPatches(node: Node): readonly Patch[] {
	const stated = Object.entries(SCALARS).flatMap(([keyword, make]) =>
		Object.hasOwn(node, keyword) ? [make(node[keyword] as never)] : [],
	);
	return isNullMeant(node) ? [...stated, onKinds(...NOT_NULL)] : stated;
}

const NOT_NULL: readonly Kind[] = ["boolean", "object", "array", "string", "number"];

/** `integer` is the kind number, but whole, unless any number will do. */
export function typePatch(types: readonly string[]): Patch {
	const kinds = types.map((type) => (type === "integer" ? "number" : type)) as readonly Kind[];
	const isWhole = types.includes("integer") && !types.includes("number");
	return (demand) => {
		const narrowed = onKinds(...kinds)(demand);
		if (!isWhole) return narrowed;
		return narrowed.whole === false
			? onKinds(...kinds.filter((kind) => kind !== "number"))(narrowed)
			: { ...narrowed, whole: true };
	};
}

const INTEGER_BITS: ReadonlyMap<string, readonly [number, number]> = new Map([
	["int8", [-128, 127]],
	["uint8", [0, 255]],
	["int16", [-32_768, 32_767]],
	["uint16", [0, 65_535]],
	["int32", [-(2 ** 31), 2 ** 31 - 1]],
	["uint32", [0, 2 ** 32 - 1]],
	["int64", [-(2 ** 63), 2 ** 63]],
	["uint64", [0, 2 ** 64]],
]);

function formatPatch(format: string): Patch {
	const bits = INTEGER_BITS.get(format);
	const asText = onText(({ formats }) => ({ formats: [...formats, format] }));
	if (bits === undefined) return asText;
	return (demand) => {
		const bounded = atMost(bits[1], false)(atLeast(bits[0], false)(asText(demand)));
		return bounded.whole === false
			? onKinds(...[...bounded.kinds].filter((kind) => kind !== "number"))(bounded)
			: { ...bounded, whole: true };
	};
}

function listPatches(schema: Schema, scopes: readonly number[]): readonly Patch[] {
	const node = nodeOf(schema);
	const prefix = members(schema, "prefixItems");
	const rest = child(schema, "items");
	const patches: Patch[] = [];
	if (prefix.length > 0 || rest !== undefined) {
		const rule = { prefix, scopes, ...(rest === undefined ? {} : { rest }) };
		patches.push(onList(({ rules }) => ({ rules: [...rules, rule] })));
	}
	const wanted = child(schema, "contains");
	if (wanted !== undefined) {
		const min = (node.minContains as number | undefined) ?? 1;
		const max = (node.maxContains as number | undefined) ?? Number.POSITIVE_INFINITY;
		const one = { goal: { all: [wanted], none: [] }, min, max, scopes };
		if (min > max) patches.push(onList(() => ({ max: -1 })));
		patches.push(onList((list) => ({ contains: [...list.contains, one], min: Math.max(list.min, min) })));
	}
	return patches;
}

function recordPatches(schema: Schema, scopes: readonly number[]): readonly Patch[] {
	const rule = recordRuleOf(schema, scopes);
	const names = child(schema, "propertyNames");
	const patches: Patch[] = [];
	if (rule !== undefined) patches.push(onRecord(({ rules }) => ({ rules: [...rules, rule] })));
	if (names !== undefined) {
		patches.push(onRecord((record) => ({ names: { ...record.names, all: [...record.names.all, names] } })));
	}
	return patches;
}

/** What a schema says about properties, or undefined when it says nothing. */
export function recordRuleOf(schema: Schema, scopes: readonly number[]): RecordRule | undefined {
	const node = nodeOf(schema);
	const additional = child(schema, "additionalProperties");
	if (!node.properties && !node.patternProperties && additional === undefined) return undefined;
	const entries = Object.keys((node.properties as object | undefined) ?? {}).flatMap((name) => {
		const property = child(schema, "properties", name);
		return property === undefined ? [] : [[name, property] as const];
	});
	const patterns = Object.keys((node.patternProperties as object | undefined) ?? {}).flatMap((source) => {
		const property = child(schema, "patternProperties", source);
		return property === undefined ? [] : [{ pattern: createPattern(source), schema: property }];
	});
	return { properties: new Map(entries), patterns, scopes, ...(additional === undefined ? {} : { additional }) };
}

function unevaluatedPatches(schema: Schema, scope: number): readonly Patch[] {
	const items = child(schema, "unevaluatedItems");
	const properties = child(schema, "unevaluatedProperties");
	const patches: Patch[] = [];
	if (items !== undefined) {
		patches.push(onList((list) => ({ unevaluated: [...list.unevaluated, { scope, schema: items }] })));
	}
	if (properties !== undefined) {
		patches.push(onRecord((record) => ({ unevaluated: [...record.unevaluated, { scope, schema: properties }] })));
	}
	return patches;
}

/** What applies to the same instance. */
function applied(schema: Schema, scopes: readonly number[]): readonly Literal[] {
	const condition = child(schema, "if");
	return [
		...holds(referenced(schema), scopes),
		...members(schema, "allOf").flatMap((one) => holds(one, scopes)),
		...fails(child(schema, "not")),
		...["anyOf", "oneOf"].flatMap((keyword) => alternativesOf(schema, keyword, scopes)),
		...(condition === undefined ? [] : conditional(schema, condition, scopes)),
	];
}

function conditional(schema: Schema, condition: Schema, scopes: readonly number[]): readonly Literal[] {
	const hasThen = child(schema, "then") !== undefined;
	const hasElse = child(schema, "else") !== undefined;
	if (!hasThen && !hasElse) return [];
	return [
		choice([
			way([...holds(condition, scopes), ...holds(child(schema, "then"), scopes)]),
			way([...fails(condition), ...holds(child(schema, "else"), scopes)]),
		]),
	];
}

/** One branch holds; of `oneOf`, every other must fail, which is only worked for when it does not come by itself. */
function alternativesOf(schema: Schema, keyword: string, scopes: readonly number[]): readonly Literal[] {
	const branches = members(schema, keyword);
	if (branches.length === 0) return [];
	const alternatives = branches.flatMap((branch, index): readonly Alternative[] => {
		const chosen = [...holds(branch, scopes), ...discriminated(schema, branch)];
		const plain = way(chosen, rankOf(branch));
		if (keyword === "anyOf" || branches.length === 1) return [plain];
		const others = () => branches.filter((_, other) => other !== index).flatMap((other) => fails(other));
		return [plain, lazyWay(() => [...chosen, ...others()], EXCLUSIVE)];
	});
	return [choice(alternatives)];
}

/** The rank of the ways that work for exclusiveness: last, but first when a value had more than one meaning. */
export const EXCLUSIVE = 100;

/** Null says nothing, and deprecated alternatives should not be used. */
function rankOf(branch: Schema): number {
	const node = nodeOf(branch);
	return (node.type === "null" ? 20 : 0) + (node.deprecated === true ? 10 : 0);
}

function dependentSchemas(schema: Schema, scopes: readonly number[]): readonly Literal[] {
	const map = (nodeOf(schema).dependentSchemas as object | undefined) ?? {};
	return Object.keys(map).map((name) => {
		const present = onRecord(({ required }) => ({ required: new Set([...required, name]) }));
		const absent = onRecord((record) => ({ absent: new Set([...record.absent, name]) }));
		return choice([
			way([...patch(present), ...holds(child(schema, "dependentSchemas", name), scopes)]),
			way(patch(absent)),
		]);
	});
}

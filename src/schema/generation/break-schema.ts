import { FORMATS } from "../format.ts";
import { child, enumeration, members, nodeOf, referenced } from "../navigate.ts";
import { createPattern } from "../pattern.ts";
import type { Schema } from "../schema.ts";
import {
	atLeast,
	atMost,
	bothGoals,
	type Extra,
	exclude,
	type Goal,
	type Kind,
	NO_GOAL,
	onKinds,
	onList,
	onlyWhole,
	onNumber,
	onRecord,
	onText,
	type Patch,
} from "./demand.ts";
import { type Alternative, fails, holds, patch, way } from "./literal.ts";
import { recordRuleOf } from "./require-schema.ts";

type Node = Readonly<Record<string, unknown>>;

/** The formats that are checked so strictly that breaking them is beyond doubt. */
export const STRICT_FORMATS: ReadonlySet<string> = new Set(["date", "date-time", "time", "uuid", "ipv4", "ipv6"]);

/**
 * The ways in which a schema can fail: one keyword of it is broken in each. No way at all when it cannot fail.
 * The ways are not exact opposites of the keyword; what was reached is checked on the finished value.
 */
export function breakSchema(schema: Schema): readonly Alternative[] {
	if (typeof schema.node === "boolean") return schema.node ? [] : [way([])];
	const node = nodeOf(schema);
	return [
		...breakValue(node),
		...Object.entries(SCALARS).flatMap(([keyword, make]) =>
			Object.hasOwn(node, keyword) ? make(node[keyword] as never).map((patches) => way(patch(...patches))) : [],
		),
		...breakList(schema),
		...breakRecord(schema),
		...breakApplied(schema),
	];
}

function breakValue(node: Node): readonly Alternative[] {
	const ways: Alternative[] = [];
	if (Object.hasOwn(node, "const")) ways.push(way(patch(exclude([node.const]))));
	if (Array.isArray(node.enum)) ways.push(way(patch(exclude(node.enum))));
	if (node.type === undefined) return ways;
	const types = [node.type].flat() as unknown as readonly string[];
	const isWholeOnly = types.includes("integer") && !types.includes("number");
	const kinds = new Set(types.map((type) => (type === "integer" ? "number" : type)));
	const others: Patch = (demand) => onKinds(...[...demand.kinds].filter((kind) => !kinds.has(kind)))(demand);
	ways.push(way(patch(others)));
	if (isWholeOnly) ways.push(way(patch(onKinds("number"), onlyWhole(false))));
	return ways;
}

const only = (kind: Kind, ...patches: readonly Patch[]): readonly Patch[] => [onKinds(kind), ...patches];

/** The rank of ways that give odd values. */
const UNUSUAL = 3;

/** For each keyword, the ways to break it; each way is a list of patches. */
const SCALARS: Readonly<Record<string, (value: never) => readonly (readonly Patch[])[]>> = {
	minimum: (value: number) => [only("number", atMost(value, true))],
	exclusiveMinimum: (value: number) => [only("number", atMost(value, false))],
	maximum: (value: number) => [only("number", atLeast(value, true))],
	exclusiveMaximum: (value: number) => [only("number", atLeast(value, false))],
	multipleOf: (value: number) => [
		only(
			"number",
			onNumber(({ notMultiples }) => ({ notMultiples: [...notMultiples, value] })),
		),
	],
	minLength: (value: number) => (value === 0 ? [] : [only("string", longest(value - 1))]),
	maxLength: (value: number) => [only("string", shortest(value + 1))],
	pattern: (source: string) => [
		only(
			"string",
			onText(({ notPatterns }) => ({ notPatterns: [...notPatterns, createPattern(source)] })),
		),
	],
	format: (format: string) => breakFormat(format),
	minItems: (value: number) =>
		value === 0
			? []
			: [
					only(
						"array",
						onList(({ max }) => ({ max: Math.min(max, value - 1) })),
					),
				],
	maxItems: (value: number) => [
		only(
			"array",
			onList(({ min }) => ({ min: Math.max(min, value + 1) })),
		),
	],
	uniqueItems: (isUnique: boolean) =>
		isUnique
			? [
					only(
						"array",
						onList(({ min }) => ({ repeats: true, min: Math.max(min, 2) })),
					),
				]
			: [],
	minProperties: (value: number) =>
		value === 0
			? []
			: [
					only(
						"object",
						onRecord(({ max }) => ({ max: Math.min(max, value - 1) })),
					),
				],
	maxProperties: (value: number) => [
		only(
			"object",
			onRecord(({ min }) => ({ min: Math.max(min, value + 1) })),
		),
	],
	required: (names: readonly string[]) => names.map((name) => only("object", missing(name))),
	dependentRequired: (map: Readonly<Record<string, readonly string[]>>) =>
		Object.entries(map).flatMap(([name, needs]) => needs.map((need) => only("object", present(name), missing(need)))),
};

const shortest = (length: number): Patch => onText(({ minLength }) => ({ minLength: Math.max(minLength, length) }));
const longest = (length: number): Patch => onText(({ maxLength }) => ({ maxLength: Math.min(maxLength, length) }));
const missing = (name: string): Patch => onRecord(({ absent }) => ({ absent: new Set([...absent, name]) }));
const present = (name: string): Patch => onRecord(({ required }) => ({ required: new Set([...required, name]) }));
const broken = (schema: Schema): Goal => ({ all: [], none: [schema] });

function breakFormat(format: string): readonly (readonly Patch[])[] {
	const check = FORMATS.get(format);
	if (check === undefined) return [];
	if (check.type === "number") return check.test(0.5) ? [] : [only("number", onlyWhole(false))];
	return [
		only(
			"string",
			onText(({ notFormats }) => ({ notFormats: [...notFormats, format] })),
		),
	];
}

function breakList(schema: Schema): readonly Alternative[] {
	const prefix = members(schema, "prefixItems");
	const rest = child(schema, "items");
	const wanted = child(schema, "contains");
	const ways = prefix.map((one, index) => withItem(index, broken(one)));
	if (rest !== undefined) ways.push(withItem(prefix.length, broken(rest)));
	const unevaluated = child(schema, "unevaluatedItems");
	if (unevaluated !== undefined) ways.push(withItem(prefix.length, broken(unevaluated)));
	if (wanted === undefined) return ways;
	const { minContains = 1, maxContains } = nodeOf(schema) as { minContains?: number; maxContains?: number };
	if (minContains > 0) ways.push(withMatches(wanted, 0, minContains - 1));
	if (maxContains !== undefined) ways.push(withMatches(wanted, maxContains + 1, Number.POSITIVE_INFINITY));
	return ways;
}

function withItem(index: number, goal: Goal): Alternative {
	const change = onList(({ min, at }) => ({
		min: Math.max(min, index + 1),
		at: new Map(at).set(index, bothGoals(goal, at.get(index))),
	}));
	return way(patch(...only("array", change)));
}

function withMatches(schema: Schema, min: number, max: number): Alternative {
	const one = { goal: { all: [schema], none: [] }, min, max, scopes: [] };
	return way(
		patch(
			...only(
				"array",
				onList((list) => ({ contains: [...list.contains, one], min: Math.max(list.min, min) })),
			),
		),
	);
}

function breakRecord(schema: Schema): readonly Alternative[] {
	const rule = recordRuleOf(schema, []);
	const names = child(schema, "propertyNames");
	const ways: Alternative[] = [];
	for (const [name, property] of rule?.properties ?? []) ways.push(withProperty(name, property));
	for (const { pattern, schema: property } of rule?.patterns ?? []) {
		ways.push(withExtra({ matching: pattern, names: NO_GOAL, goal: broken(property) }));
	}
	if (rule?.additional !== undefined) {
		ways.push(withExtra({ outside: rule, names: NO_GOAL, goal: broken(rule.additional) }));
	}
	if (names !== undefined) ways.push(withExtra({ names: broken(names), goal: NO_GOAL }));
	const unevaluated = child(schema, "unevaluatedProperties");
	if (unevaluated !== undefined) ways.push(withExtra({ names: NO_GOAL, goal: broken(unevaluated) }));
	return ways;
}

/** What tells alternatives apart is a listed value nearly always, and hardly ever a text where a number should be. */
function withProperty(name: string, property: Schema): Alternative {
	const goal = broken(property);
	const change = onRecord(({ at }) => ({ at: new Map(at).set(name, bothGoals(goal, at.get(name))) }));
	const rank = enumeration(property) === undefined ? UNUSUAL : 0;
	return way(patch(...only("object", present(name), change)), rank);
}

function withExtra(extra: Extra): Alternative {
	return way(
		patch(
			...only(
				"object",
				onRecord(({ extras }) => ({ extras: [...extras, extra] })),
			),
		),
	);
}

function breakApplied(schema: Schema): readonly Alternative[] {
	const condition = child(schema, "if");
	const target = referenced(schema);
	const ways = [...(target === undefined ? [] : [target]), ...members(schema, "allOf")].map((one) => way(fails(one)));
	const excluded = child(schema, "not");
	if (excluded !== undefined) ways.push(way(holds(excluded)));
	const any = members(schema, "anyOf");
	if (any.length > 0) ways.push(way(any.flatMap((one) => fails(one))));
	const one = members(schema, "oneOf");
	if (one.length > 0) ways.push(way(one.flatMap((branch) => fails(branch))));
	if (one.length > 1)
		ways.push(
			way(
				one.slice(0, 2).flatMap((branch) => holds(branch)),
				5,
			),
		);
	if (condition !== undefined) ways.push(...breakCondition(schema, condition));
	return [...ways, ...breakDependentSchemas(schema)];
}

function breakCondition(schema: Schema, condition: Schema): readonly Alternative[] {
	const then = child(schema, "then");
	const otherwise = child(schema, "else");
	return [
		...(then === undefined ? [] : [way([...holds(condition), ...fails(then)])]),
		...(otherwise === undefined ? [] : [way([...fails(condition), ...fails(otherwise)])]),
	];
}

function breakDependentSchemas(schema: Schema): readonly Alternative[] {
	return Object.keys((nodeOf(schema).dependentSchemas as object | undefined) ?? {}).map((name) =>
		way([...patch(...only("object", present(name))), ...fails(child(schema, "dependentSchemas", name))]),
	);
}

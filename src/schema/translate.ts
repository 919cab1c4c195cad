import { FORMATS } from "./format.ts";
import { child, nodeOf, parts, properties, referenced } from "./navigate.ts";
import { isNullMeant, set } from "./normalize-node.ts";
import { createPattern } from "./pattern.ts";
import type { Direction, Schema } from "./schema.ts";

/** What Ajv compiles: plain 2020-12, in which every reference is the private keyword `part`. */
export type Translation = boolean | Readonly<Record<string, unknown>>;

/** The private keyword: a schema that is compiled on its own, when a value first reaches it. */
export const PART = "x-holdfast-part";

/** The private keyword: what `unevaluated…` says, judged when the rest has been. */
export const UNEVALUATED = "x-holdfast-unevaluated";

/** The private keyword: alternatives that are looked at one by one. */
export const ALTERNATIVES = "x-holdfast-alternatives";

/** Names the schema that has the alternatives, and the keyword that holds them. */
export interface AlternativesReference {
	readonly part: number;
	readonly keyword: "anyOf" | "oneOf";
	/** Whether a discriminator tells which one is meant, so that they may overlap. */
	readonly isDiscriminated: boolean;
	readonly excused: readonly string[];
}

/** Names a part, and the properties that need not be there because of what stands around the reference. */
export interface PartReference {
	readonly part: number;
	readonly excused: readonly string[];
}

/** Whether null is admitted where its author means it, or only where it is written by the letter. */
export type Nulls = "meant" | "written";

export interface Translator {
	readonly direction: Direction;
	readonly nulls: Nulls;
	/** The number under which a schema is compiled on its own. */
	partOf(schema: Schema): number;
	/** Something that cannot be enforced, as a sentence. */
	note(text: string): void;
}

/** A part that would be larger is cut, so that shared or deep documents cannot blow up what is compiled. */
const NODES_MAX = 400;
/** Small schemas still go into a full part: to compile each on its own would cost more. */
const NODES_EVER = 20_000;
const SMALL_MAX = 30;
const DEPTH_MAX = 24;

const COPIED = [
	"type",
	"enum",
	"const",
	"multipleOf",
	"minimum",
	"maximum",
	"exclusiveMinimum",
	"exclusiveMaximum",
	"minLength",
	"maxLength",
	"minItems",
	"maxItems",
	"uniqueItems",
	"minContains",
	"maxContains",
	"minProperties",
	"maxProperties",
	"dependentRequired",
];
const IN_PLACE = ["not", "if", "then", "else"];
/** From how many on alternatives are looked at one by one: when they are schemas of their own, and when not. */
const REFERRED_MIN = 3;
const INLINE_MAX = 12;
const CHILDREN = ["items", "contains", "propertyNames", "additionalProperties"];

interface Walk {
	readonly translator: Translator;
	readonly budget: { nodes: number };
	readonly depth: number;
	/** Properties of the instance that need not be there in this direction. */
	readonly excused: ReadonlySet<string>;
}

/**
 * Writes a normalized schema for Ajv: what is only remarked is left out, read-only properties are not required in
 * requests nor write-only ones in responses (OpenAPI 3.1, section 4.8.24), and references become parts.
 */
export function translate(schema: Schema, translator: Translator): Translation {
	const walk = { translator, budget: { nodes: NODES_MAX }, depth: 0, excused: new Set<string>() };
	return write(schema, enter(schema, walk));
}

/** The walk for a schema that another instance begins with. */
function enter(schema: Schema, walk: Walk): Walk {
	return { ...walk, excused: excusedBy(schema, walk.translator.direction) };
}

function excusedBy(schema: Schema, direction: Direction): ReadonlySet<string> {
	if (parts(schema).every((part) => nodeOf(part.schema).required === undefined)) return new Set();
	const flag = direction === "request" ? "readOnly" : "writeOnly";
	return new Set(properties(schema).flatMap((property) => (property[flag] ? [property.name] : [])));
}

function write(schema: Schema, walk: Walk): Translation {
	if (typeof schema.node === "boolean") return schema.node;
	const node = nodeOf(schema);
	const out: Record<string, unknown> = {};
	for (const keyword of COPIED) if (Object.hasOwn(node, keyword)) out[keyword] = node[keyword];
	if (walk.translator.nulls === "written" && isNullMeant(node)) withoutNull(out);
	writeText(node, out, walk.translator);
	writeReference(schema, out, walk);
	writeInPlace(schema, out, walk);
	writeChildren(schema, out, walk);
	if ("unevaluatedProperties" in node || "unevaluatedItems" in node) out[UNEVALUATED] = walk.translator.partOf(schema);
	const required = (node.required as readonly string[] | undefined)?.filter((name) => !walk.excused.has(name));
	if (required !== undefined && required.length > 0) out.required = required;
	if (out.then === undefined && out.else === undefined) delete out.if;
	return out;
}

function withoutNull(out: Record<string, unknown>): void {
	if (Array.isArray(out.type)) out.type = out.type.filter((type) => type !== "null");
	else out.not = { type: "null" };
}

function writeText(
	node: Readonly<Record<string, unknown>>,
	out: Record<string, unknown>,
	translator: Translator,
): void {
	if (typeof node.format === "string") {
		if (FORMATS.has(node.format)) out.format = node.format;
		else translator.note(`the format ${JSON.stringify(node.format)} is not known and not checked`);
	}
	if (typeof node.pattern !== "string") return;
	const { problem, remark } = createPattern(node.pattern);
	if (remark !== undefined) translator.note(remark);
	if (problem === undefined) out.pattern = node.pattern;
	else translator.note(problem);
}

function writeReference(schema: Schema, out: Record<string, unknown>, walk: Walk): void {
	const { $ref } = nodeOf(schema);
	if ($ref === undefined) return;
	const target = referenced(schema);
	if (target === undefined)
		walk.translator.note(`the reference ${JSON.stringify($ref)} leads nowhere and is not checked`);
	else Object.assign(out, referTo(target, walk));
}

function referTo(target: Schema, { translator, excused }: Walk): Readonly<Record<string, unknown>> {
	const reference: PartReference = { part: translator.partOf(target), excused: [...excused] };
	return { [PART]: reference };
}

function writeInPlace(schema: Schema, out: Record<string, unknown>, walk: Walk): void {
	const node = nodeOf(schema);
	for (const keyword of IN_PLACE) {
		const inner = child(schema, keyword);
		if (inner !== undefined) out[keyword] = descend(inner, walk);
	}
	if (Array.isArray(node.allOf)) out.allOf = writeList(schema, "allOf", walk);
	const alternatives = (["anyOf", "oneOf"] as const).flatMap((keyword) =>
		writeAlternatives(schema, out, { keyword, walk }),
	);
	if (alternatives.length > 0) out[ALTERNATIVES] = alternatives;
	if (node.dependentSchemas !== undefined) out.dependentSchemas = writeMap(schema, "dependentSchemas", walk);
}

function writeList(schema: Schema, keyword: string, walk: Walk): readonly Translation[] {
	return (nodeOf(schema)[keyword] as readonly unknown[]).map((_, index) =>
		descend(child(schema, keyword, index), walk),
	);
}

/** Few alternatives go to Ajv; many, schemas of their own, and discriminated ones are better looked at one by one. */
function writeAlternatives(
	schema: Schema,
	out: Record<string, unknown>,
	{ keyword, walk }: { readonly keyword: "anyOf" | "oneOf"; readonly walk: Walk },
): readonly AlternativesReference[] {
	const node = nodeOf(schema);
	const list = node[keyword];
	if (!Array.isArray(list)) return [];
	const isDiscriminated = keyword === "oneOf" && node.discriminator !== undefined && node.anyOf === undefined;
	const isReferred = list.some((one) => typeof one === "object" && one !== null && "$ref" in one);
	if (isDiscriminated || list.length > INLINE_MAX || (isReferred && list.length >= REFERRED_MIN)) {
		return [{ part: walk.translator.partOf(schema), keyword, isDiscriminated, excused: [...walk.excused] }];
	}
	out[keyword] = writeList(schema, keyword, walk);
	return [];
}

function writeChildren(schema: Schema, out: Record<string, unknown>, walk: Walk): void {
	const node = nodeOf(schema);
	const below = (inner: Schema | undefined) => (inner === undefined ? true : descend(inner, enter(inner, walk)));
	for (const keyword of CHILDREN) {
		const inner = child(schema, keyword);
		if (inner !== undefined) out[keyword] = below(inner);
	}
	if (Array.isArray(node.prefixItems)) {
		out.prefixItems = node.prefixItems.map((_, index) => below(child(schema, "prefixItems", index)));
	}
	if (node.patternProperties !== undefined) writePatternProperties(schema, out, walk);
	if (node.properties !== undefined) {
		out.properties = writeMap(schema, "properties", walk, enter);
		const patterns = asPattern(
			"__proto__",
			out.properties as object,
			(out.patternProperties as object | undefined) ?? {},
		);
		if (Object.keys(patterns).length > 0) out.patternProperties = patterns;
	}
}

function writeMap(schema: Schema, keyword: string, walk: Walk, begin = (_: Schema, same: Walk) => same): object {
	const out: Record<string, unknown> = {};
	for (const name of Object.keys(nodeOf(schema)[keyword] as object)) {
		const inner = child(schema, keyword, name);
		if (inner !== undefined) set(out, name, descend(inner, begin(inner, walk)));
	}
	return out;
}

/** Ajv passes over a property of this name, but not over a pattern that only this name matches. */
function asPattern(name: string, map: object, patterns: object): object {
	return Object.hasOwn(map, name)
		? { ...patterns, [`^${name}$`]: Object.getOwnPropertyDescriptor(map, name)?.value }
		: patterns;
}

/** Names that an invalid pattern may allow cannot be told from those that nothing allows. */
function writePatternProperties(schema: Schema, out: Record<string, unknown>, walk: Walk): void {
	const map = writeMap(schema, "patternProperties", walk, enter) as Record<string, unknown>;
	for (const pattern of Object.keys(map)) {
		const { problem } = createPattern(pattern);
		if (problem === undefined) continue;
		walk.translator.note(problem);
		delete map[pattern];
		delete out.additionalProperties;
	}
	out.patternProperties = map;
}

function descend(schema: Schema | undefined, walk: Walk): Translation {
	if (schema === undefined) return true;
	if (typeof schema.node === "boolean") return schema.node;
	walk.budget.nodes--;
	const isFull = walk.budget.nodes < 0 && (walk.budget.nodes < -NODES_EVER || !isSmall(schema.node));
	if (isFull || walk.depth >= DEPTH_MAX) return referTo(schema, walk);
	return write(schema, { ...walk, depth: walk.depth + 1 });
}

/** Whether a node holds but a few others. */
function isSmall(node: object): boolean {
	let count = 0;
	const stack: unknown[] = [node];
	for (let one = stack.pop(); one !== undefined && count <= SMALL_MAX; one = stack.pop()) {
		count++;
		if (typeof one === "object" && one !== null) {
			for (const inner of Object.values(one)) if (typeof inner === "object" && inner !== null) stack.push(inner);
		}
	}
	return count <= SMALL_MAX;
}

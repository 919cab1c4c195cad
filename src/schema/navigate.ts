import { isNullMeant } from "./normalize-node.ts";
import type { JsonSchema, Schema } from "./schema.ts";

/** A type that an instance can have; `integer` is a number without a fraction. */
export type JsonType = "null" | "boolean" | "object" | "array" | "number" | "integer" | "string";

/** A property as an instance of the whole schema has it. */
export interface Property {
	readonly name: string;
	readonly schema: Schema;
	/** True when every instance must have it; a property of only some branches never is. */
	readonly required: boolean;
	readonly readOnly: boolean;
	readonly writeOnly: boolean;
}

/** A schema that applies to the same instance as the one it was reached from. */
export interface Part {
	readonly schema: Schema;
	/** True when it applies only to some instances: a branch of `oneOf`, `anyOf`, `then`, `else`, `dependentSchemas`. */
	readonly conditional: boolean;
}

type Node = Readonly<Record<string, unknown>>;

/** No schema of 2,639 real documents is composed of more; a document that is stays unmerged beyond it. */
const PARTS_MAX = 600;
const REFERENCES_MAX = 100;

const ANNOTATIONS: ReadonlySet<string> = new Set([
	"$ref",
	"$id",
	"$anchor",
	"$schema",
	"$comment",
	"$defs",
	"title",
	"description",
	"summary",
	"default",
	"examples",
	"deprecated",
	"readOnly",
	"writeOnly",
	"externalDocs",
	"xml",
]);

/** The keywords of a schema; a boolean has none. */
export function nodeOf(schema: Schema): Node {
	return typeof schema.node === "object" ? schema.node : {};
}

/**
 * Follows `$ref`s as long as nothing but remarks stands beside them. A reference that leads nowhere, or in a circle,
 * gives the schema where that was noticed.
 *
 * @example resolve(at(pet, ["properties", "owner"])).source.pointer // "/components/schemas/Owner"
 */
export function resolve(schema: Schema): Schema {
	let current = schema;
	for (let hops = 0; hops < REFERENCES_MAX; hops++) {
		const node = nodeOf(current);
		const target = typeof node.$ref === "string" && isBareReference(node) ? referenced(current) : undefined;
		if (target === undefined) return current;
		current = target;
	}
	return schema;
}

/** What the `$ref` of a schema names, or undefined when it has none or it leads nowhere. */
export function referenced(schema: Schema): Schema | undefined {
	const { $ref } = nodeOf(schema);
	return typeof $ref === "string" ? schema.registry.resolve($ref) : undefined;
}

function isBareReference(node: Node): boolean {
	return Object.keys(node).every((keyword) => ANNOTATIONS.has(keyword) || keyword.startsWith("x-"));
}

/** The schema at a place inside another; undefined when nothing stands there. */
export function child(schema: Schema, ...path: readonly (string | number)[]): Schema | undefined {
	return schema.registry.at(schema, path);
}

/** The members of a keyword that holds a list of schemas. */
export function members(schema: Schema, keyword: string): readonly Schema[] {
	const list = nodeOf(schema)[keyword];
	return Array.isArray(list) ? list.flatMap((_, index) => child(schema, keyword, index) ?? []) : [];
}

/**
 * Everything that applies to the same instance: the schema, what it refers to, its `allOf`, and, marked as
 * conditional, its branches. "This or null" is no condition: its one branch counts as the schema itself.
 * Each part comes once, however often and in whatever circle it is reached.
 */
export function parts(schema: Schema): readonly Part[] {
	const known = partsBySchema.get(schema) ?? collectParts(schema);
	partsBySchema.set(schema, known);
	return known;
}

/** Schemas never change, and everything that reads them asks for their parts. */
const partsBySchema = new WeakMap<Schema, readonly Part[]>();

function collectParts(schema: Schema): readonly Part[] {
	if (!isComposed(schema.node)) return [{ schema, conditional: false }];
	const found = new Map<Schema, Part>();
	const queue: Part[] = [{ schema, conditional: false }];
	while (queue.length > 0 && found.size < PARTS_MAX) {
		const part = queue.shift() as Part;
		const known = found.get(part.schema);
		if (known !== undefined && (part.conditional || !known.conditional)) continue;
		found.set(part.schema, part);
		queue.unshift(...inPlace(part));
	}
	return [...found.values()];
}

const COMPOSING = ["$ref", "allOf", "anyOf", "oneOf", "then", "else", "dependentSchemas"] as const;

/** Most schemas are made of nothing but themselves. */
function isComposed(node: JsonSchema): boolean {
	return typeof node === "object" && COMPOSING.some((keyword) => node[keyword] !== undefined);
}

function inPlace({ schema, conditional }: Part): readonly Part[] {
	const target = referenced(schema);
	const always = [...(target === undefined ? [] : [target]), ...members(schema, "allOf")];
	const branches = ["anyOf", "oneOf"].flatMap((keyword) => branchesOf(schema, keyword));
	const others = ["then", "else"].flatMap((keyword) => child(schema, keyword) ?? []);
	const dependent = Object.keys((nodeOf(schema).dependentSchemas as object | undefined) ?? {});
	return [
		...always.map((one) => ({ schema: one, conditional })),
		...branches.map((one) => ({ schema: one.schema, conditional: conditional || one.conditional })),
		...others.map((one) => ({ schema: one, conditional: true })),
		...dependent.flatMap((name) => {
			const one = child(schema, "dependentSchemas", name);
			return one === undefined ? [] : [{ schema: one, conditional: true }];
		}),
	];
}

function branchesOf(schema: Schema, keyword: string): readonly Part[] {
	const branches = members(schema, keyword).filter((branch) => !isNull(branch.node));
	return branches.map((branch) => ({ schema: branch, conditional: branches.length > 1 }));
}

function isNull(node: JsonSchema): boolean {
	if (typeof node === "boolean") return !node;
	const { type } = node;
	return type === "null" || (Array.isArray(type) && type.length === 1 && type[0] === "null") || node.const === null;
}

/**
 * The named properties of an object schema, merged over `$ref`, `allOf` and all branches, in document order.
 *
 * @example properties(pet).find(({ name }) => name === "id")?.readOnly // true
 */
export function properties(schema: Schema): readonly Property[] {
	const found = new Map<string, Schema[]>();
	const required = new Set<string>();
	for (const part of parts(schema)) {
		const node = nodeOf(part.schema);
		for (const name of Object.keys((node.properties as object | undefined) ?? {})) {
			const property = child(part.schema, "properties", name);
			if (property !== undefined) found.set(name, [...(found.get(name) ?? []), property]);
		}
		if (part.conditional || !Array.isArray(node.required)) continue;
		for (const name of node.required) required.add(String(name));
	}
	return [...found].map(([name, schemas]) => propertyOf(name, schemas, required.has(name)));
}

/**
 * Whether it is read-only or write-only is found when asked: it leads into schemas that most readers never look at. Of
 * several schemas of one property the first that tells a type is shown: a base often only describes it.
 */
function propertyOf(name: string, schemas: readonly Schema[], required: boolean): Property {
	const says = (keyword: string): boolean => schemas.some((one) => annotation(one, keyword) === true);
	const [first] = schemas as readonly [Schema];
	return {
		name,
		get schema() {
			return schemas.length === 1 ? first : (schemas.find((one) => typesOf(one).length > 0) ?? first);
		},
		required,
		get readOnly() {
			return says("readOnly");
		},
		get writeOnly() {
			return says("writeOnly");
		},
	};
}

/** The schema of an array's items, beyond those that `prefixItems` names. */
export function items(schema: Schema): Schema | undefined {
	for (const part of parts(schema)) {
		const found = child(part.schema, "items");
		if (found !== undefined) return found;
	}
	return undefined;
}

/**
 * The first value of an annotation over everything that always applies: `title`, `description`, `format`, `default`,
 * `deprecated`, `readOnly`, `x-holdfast` …
 *
 * @example annotation(property, "x-holdfast") // { reveal: "once" }
 */
export function annotation(schema: Schema, keyword: string): unknown {
	const own = nodeOf(schema);
	if (Object.hasOwn(own, keyword)) return own[keyword];
	for (const part of parts(schema)) {
		const node = nodeOf(part.schema);
		if (!part.conditional && Object.hasOwn(node, keyword)) return node[keyword];
	}
	return undefined;
}

/** The examples that the document gives for a schema: `examples`, `example`, then `default`. */
export function examples(schema: Schema): readonly unknown[] {
	const listed = annotation(schema, "examples");
	const standard = annotation(schema, "default");
	return [...(Array.isArray(listed) ? listed : []), ...(standard === undefined ? [] : [standard])];
}

/** The one value that a schema admits: `const`, or an enum of one. */
export function constant(schema: Schema): { readonly value: unknown } | undefined {
	const values = enumeration(schema);
	return values?.length === 1 ? { value: values[0] } : undefined;
}

/** The values that `enum` or `const` names, or undefined when the schema names none. */
export function enumeration(schema: Schema): readonly unknown[] | undefined {
	for (const part of parts(schema)) {
		const node = nodeOf(part.schema);
		if (part.conditional) continue;
		if (Object.hasOwn(node, "const")) return [node.const];
		if (Array.isArray(node.enum)) return node.enum;
	}
	return undefined;
}

/** Which type a keyword speaks about, for schemas that do not say their type. */
const TYPE_OF_KEYWORD: Readonly<Record<string, JsonType>> = {
	properties: "object",
	required: "object",
	additionalProperties: "object",
	patternProperties: "object",
	minProperties: "object",
	maxProperties: "object",
	items: "array",
	prefixItems: "array",
	minItems: "array",
	maxItems: "array",
	uniqueItems: "array",
	pattern: "string",
	minLength: "string",
	maxLength: "string",
	minimum: "number",
	maximum: "number",
	multipleOf: "number",
};

/**
 * The types that an instance may have. What no `type` says is read from enum values and from the keywords used
 * (`properties` speaks of an object); empty when nothing tells. Null is among them only by the letter.
 *
 * @example typesOf(schemaFrom({ type: ["string", "null"] })) // ["string", "null"]
 */
export function typesOf(schema: Schema): readonly JsonType[] {
	const known = typesBySchema.get(schema) ?? readTypes(schema);
	typesBySchema.set(schema, known);
	return known;
}

const typesBySchema = new WeakMap<Schema, readonly JsonType[]>();

function readTypes(schema: Schema): readonly JsonType[] {
	const all = parts(schema);
	const always = all.filter((part) => !part.conditional).flatMap((part) => declaredTypes(part.schema));
	if (always.length > 0) return withNull(schema, unique(always));
	const declared = all.flatMap((part) => declaredTypes(part.schema));
	if (declared.length > 0) return withNull(schema, unique(declared));
	const implied = all.flatMap(({ schema: one }) =>
		Object.keys(nodeOf(one)).flatMap((keyword) => TYPE_OF_KEYWORD[keyword] ?? []),
	);
	return unique(implied);
}

function declaredTypes(schema: Schema): readonly JsonType[] {
	const node = nodeOf(schema);
	if (node.type !== undefined) {
		const types = [node.type].flat() as JsonType[];
		return isNullMeant(node) ? types.filter((type) => type !== "null") : types;
	}
	if (Object.hasOwn(node, "const")) return [typeOfValue(node.const)];
	return Array.isArray(node.enum) ? unique(node.enum.map(typeOfValue)) : [];
}

/** "This or null" loses its null when branches are read as the schema itself; it is added again here. */
function withNull(schema: Schema, types: readonly JsonType[]): readonly JsonType[] {
	const nodes = [nodeOf(schema), nodeOf(resolve(schema))];
	const orNull = nodes.some((node) =>
		[node.anyOf, node.oneOf].some(
			(list) => !isNullMeant(node) && Array.isArray(list) && list.some((one) => typeof one === "object" && isNull(one)),
		),
	);
	return orNull ? unique([...types, "null"]) : types;
}

/** The type of a JSON value; whole numbers are integers. */
export function typeOfValue(value: unknown): JsonType {
	if (value === null) return "null";
	if (Array.isArray(value)) return "array";
	if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
	return typeof value as "boolean" | "object" | "string";
}

function unique<T>(values: readonly T[]): readonly T[] {
	return [...new Set(values)];
}

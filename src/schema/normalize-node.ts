import { type Dialect, FORMS, type Form, ignoresRefSiblings, isOpenApi, UNKNOWN_KEYWORDS } from "./dialect.ts";

/** A keyword of the result whose value is one or more schemas that are still to be normalized. */
export interface Slot {
	/** Where the child goes in the normalized node. */
	readonly target: readonly (string | number)[];
	/** Where the child stands in the node as written. */
	readonly source: readonly (string | number)[];
	readonly value: unknown;
}

/** One node in the spelling of 2020-12: own keywords done, children and references still to come. */
export interface Draft {
	readonly node: Record<string, unknown>;
	readonly slots: readonly Slot[];
	/** References as written, by the keyword that holds them. */
	readonly references: ReadonlyMap<"$ref" | "$dynamicRef" | "$recursiveRef", string>;
}

type Raw = Readonly<Record<string, unknown>>;

const TYPES: ReadonlySet<unknown> = new Set(["null", "boolean", "object", "array", "number", "integer", "string"]);
const REFERENCES = ["$ref", "$dynamicRef", "$recursiveRef"] as const;
/** What may stand beside a `$ref` even where its siblings are ignored: it says something and demands nothing. */
const REMARKS: ReadonlySet<string> = new Set(["title", "description", "summary", "deprecated"]);

/**
 * Translates one schema object, without its children, from any dialect to 2020-12. A keyword whose value has a
 * form that no dialect gives it is left out: it cannot be enforced, and must not break what can.
 *
 * @example normalizeNode({ type: "string", nullable: true }, "openapi-3.0").node // { type: ["string", "null"] }
 */
export function normalizeNode(raw: Raw, dialect: Dialect): Draft {
	const node: Record<string, unknown> = {};
	const slots: Slot[] = [];
	const references = new Map<"$ref" | "$dynamicRef" | "$recursiveRef", string>();
	const unknown = UNKNOWN_KEYWORDS[dialect];
	for (const keyword of REFERENCES) {
		const value = raw[keyword];
		if (typeof value === "string" && !unknown.has(keyword)) references.set(keyword, value);
	}
	const alone = references.has("$ref") && ignoresRefSiblings(dialect);
	for (const [keyword, value] of Object.entries(raw)) {
		if ((REFERENCES as readonly string[]).includes(keyword) || unknown.has(keyword)) continue;
		if (alone && !REMARKS.has(keyword) && !keyword.startsWith("x-")) continue;
		copyKeyword({ node, slots, raw, dialect }, keyword, value);
	}
	if (isOpenApi(dialect)) readOpenApi(node, raw, { isAlone: alone, dialect });
	return { node, slots, references };
}

interface Copy {
	readonly node: Record<string, unknown>;
	readonly slots: Slot[];
	readonly raw: Raw;
	readonly dialect: Dialect;
}

function copyKeyword(copy: Copy, keyword: string, value: unknown): void {
	const form = FORMS.get(keyword);
	if (keyword === "id" && copy.dialect === "draft-04") set(copy.node, "$id", value);
	else if (form === undefined) set(copy.node, keyword, value);
	else if (form === "items") copyItems(copy, value);
	else if (form === "dependencies") copyDependencies(copy, value);
	else if (form === "bound") copyBound(copy, keyword as "exclusiveMinimum" | "exclusiveMaximum", value);
	else if (form === "type") copyType(copy, value);
	else if (form.startsWith("schema")) copySchemas(copy, keyword, value);
	else if (hasForm(form, value) && !isReplacedBound(copy, keyword)) set(copy.node, keyword, value);
}

/** `minimum` with `exclusiveMinimum: true` beside it (draft-04) becomes the exclusive bound and goes itself. */
function isReplacedBound(copy: Copy, keyword: string): boolean {
	if (keyword === "minimum") return copy.raw.exclusiveMinimum === true;
	return keyword === "maximum" && copy.raw.exclusiveMaximum === true;
}

function copyBound(copy: Copy, keyword: "exclusiveMinimum" | "exclusiveMaximum", value: unknown): void {
	const bound = value === true ? copy.raw[keyword === "exclusiveMinimum" ? "minimum" : "maximum"] : value;
	if (typeof bound === "number" && Number.isFinite(bound)) copy.node[keyword] = bound;
}

function copyType(copy: Copy, value: unknown): void {
	if (value === "file") {
		copy.node.type = "string";
		copy.node.format = "binary";
		return;
	}
	const known = (Array.isArray(value) ? value : [value]).filter((type) => TYPES.has(type));
	if (known.length === 0) return;
	copy.node.type = known.length === 1 ? known[0] : [...new Set(known)];
}

function copySchemas(copy: Copy, keyword: string, value: unknown): void {
	if (keyword === "additionalItems") return;
	const form = FORMS.get(keyword);
	const target = keyword === "definitions" ? "$defs" : keyword;
	if (form === "schema" && isSchema(value)) addSlot(copy, [target], [keyword], value);
	if (form === "schemas" && Array.isArray(value) && value.length > 0) {
		copy.node[target] = [];
		value.forEach((item, index) => {
			addSlot(copy, [target, index], [keyword, index], item);
		});
	}
	if (form === "schema-map" && isObject(value)) {
		copy.node[target] ??= {};
		for (const [name, item] of Object.entries(value)) addSlot(copy, [target, name], [keyword, name], item);
	}
}

/** A list under `items` was what `prefixItems` is now, and `additionalItems` what `items` is (2020-12, section 10.3.1). */
function copyItems(copy: Copy, value: unknown): void {
	if (isSchema(value)) {
		addSlot(copy, ["items"], ["items"], value);
		return;
	}
	// In OpenAPI `items` is one schema: a list there is meant as alternatives by some, and as a tuple by none.
	if (!Array.isArray(value) || isOpenApi(copy.dialect)) return;
	if (value.length > 0) copy.node.prefixItems = [];
	value.forEach((item, index) => {
		addSlot(copy, ["prefixItems", index], ["items", index], item);
	});
	const rest = copy.raw.additionalItems;
	if (isSchema(rest)) addSlot(copy, ["items"], ["additionalItems"], rest);
}

function copyDependencies(copy: Copy, value: unknown): void {
	if (!isObject(value)) return;
	const required: Record<string, unknown> = {};
	for (const [name, dependency] of Object.entries(value)) {
		if (hasForm("strings", dependency)) set(required, name, dependency);
		else if (typeof dependency === "string") set(required, name, [dependency]);
		else if (isSchema(dependency)) {
			copy.node.dependentSchemas ??= {};
			addSlot(copy, ["dependentSchemas", name], ["dependencies", name], dependency);
		}
	}
	if (Object.keys(required).length > 0) copy.node.dependentRequired ??= required;
}

function addSlot(
	copy: Copy,
	target: readonly (string | number)[],
	source: readonly (string | number)[],
	value: unknown,
) {
	copy.slots.push({ target, source, value });
}

/** `nullable`, `example` and the discriminator of OpenAPI, in the words of 2020-12. */
function readOpenApi(
	node: Record<string, unknown>,
	raw: Raw,
	{ isAlone, dialect }: { readonly isAlone: boolean; readonly dialect: Dialect },
): void {
	if (isAlone) return;
	if ("example" in node) {
		if (!Array.isArray(node.examples)) node.examples = [node.example];
		delete node.example;
	}
	if (typeof node.discriminator === "string") node.discriminator = { propertyName: node.discriminator };
	const isNullable = raw.nullable === true || raw["x-nullable"] === true;
	delete node.nullable;
	if (!isNullable) return;
	if (node.type !== undefined) {
		if (!knowsNullable(dialect) && ![node.type].flat().includes("null")) node.nullable = true;
		node.type = [...new Set([node.type, "null"].flat())];
	}
	// By the letter of 3.0.3 an enum must list null itself; nearly no author does, and nobody means the opposite.
	if (node.type !== undefined && Array.isArray(node.enum) && !node.enum.includes(null))
		node.enum = [...node.enum, null];
}

/** OpenAPI 3.1 took the word away for `type: […, "null"]`; who still writes it there means it (3.1.0, release notes). */
export function knowsNullable(dialect: Dialect): boolean {
	return dialect !== "openapi-3.1";
}

/**
 * Whether null is admitted only because the author means it and not by the letter: a normalized node keeps `nullable` just
 * there. Null is taken where it is meant, and given only where the letter admits it too.
 */
export function isNullMeant(node: Raw): boolean {
	return node.nullable === true;
}

/**
 * Whether `nullable: true` stands beside `allOf`, `oneOf` or `anyOf` and no `type`. The letter of 3.0.3 gives it no effect;
 * it is the common way to say "this or null", and is read so.
 */
export function isNullableCombination(raw: Raw, dialect: Dialect): boolean {
	const isNullable = raw.nullable === true || raw["x-nullable"] === true;
	if (!isNullable || !isOpenApi(dialect) || raw.type !== undefined) return false;
	if (typeof raw.$ref === "string") return !ignoresRefSiblings(dialect);
	return ["allOf", "oneOf", "anyOf"].some((keyword) => Array.isArray(raw[keyword]));
}

const CHECKS: Readonly<Partial<Record<Form, (value: unknown) => boolean>>> = {
	number: (value) => typeof value === "number" && Number.isFinite(value),
	positive: (value) => typeof value === "number" && Number.isFinite(value) && value > 0,
	count: (value) => typeof value === "number" && Number.isInteger(value) && value >= 0,
	string: (value) => typeof value === "string",
	strings: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
	"string-lists": (value) => isObject(value) && Object.values(value).every((list) => hasForm("strings", list)),
	values: (value) => Array.isArray(value) && value.length > 0,
	boolean: (value) => typeof value === "boolean",
};

function hasForm(form: Form, value: unknown): boolean {
	return CHECKS[form]?.(value) ?? true;
}

function isSchema(value: unknown): value is boolean | Raw {
	return typeof value === "boolean" || isObject(value);
}

/** An object that is no list. */
export function isObject(value: unknown): value is Raw {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Sets an own property whatever its name: plain assignment of `__proto__` would change the prototype. */
export function set(target: Record<string, unknown>, key: string, value: unknown): void {
	if (key !== "__proto__") target[key] = value;
	else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

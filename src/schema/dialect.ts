/** The JSON Schema dialects that documents are written in; every one is normalized to 2020-12. */
export type Dialect =
	| "openapi-2.0"
	| "openapi-3.0"
	| "openapi-3.1"
	| "draft-04"
	| "draft-06"
	| "draft-07"
	| "2019-09"
	| "2020-12";

/** What a keyword's value must look like; a value of another form is not enforceable and is left out. */
export type Form =
	| "schema"
	| "schemas"
	| "schema-map"
	| "items"
	| "dependencies"
	| "type"
	| "number"
	| "positive"
	| "count"
	| "bound"
	| "string"
	| "strings"
	| "string-lists"
	| "values"
	| "boolean";

/** The form of every keyword that means something to us. All else is an annotation and is copied as it stands. */
export const FORMS: ReadonlyMap<string, Form> = new Map<string, Form>([
	["$defs", "schema-map"],
	["definitions", "schema-map"],
	["properties", "schema-map"],
	["patternProperties", "schema-map"],
	["dependentSchemas", "schema-map"],
	["additionalProperties", "schema"],
	["unevaluatedProperties", "schema"],
	["propertyNames", "schema"],
	["additionalItems", "schema"],
	["unevaluatedItems", "schema"],
	["contains", "schema"],
	["contentSchema", "schema"],
	["not", "schema"],
	["if", "schema"],
	["then", "schema"],
	["else", "schema"],
	["allOf", "schemas"],
	["anyOf", "schemas"],
	["oneOf", "schemas"],
	["prefixItems", "schemas"],
	["items", "items"],
	["dependencies", "dependencies"],
	["dependentRequired", "string-lists"],
	["type", "type"],
	["enum", "values"],
	["examples", "values"],
	["multipleOf", "positive"],
	["minimum", "number"],
	["maximum", "number"],
	["exclusiveMinimum", "bound"],
	["exclusiveMaximum", "bound"],
	["minLength", "count"],
	["maxLength", "count"],
	["minItems", "count"],
	["maxItems", "count"],
	["minContains", "count"],
	["maxContains", "count"],
	["minProperties", "count"],
	["maxProperties", "count"],
	["required", "strings"],
	["pattern", "string"],
	["format", "string"],
	["title", "string"],
	["description", "string"],
	["contentEncoding", "string"],
	["contentMediaType", "string"],
	["uniqueItems", "boolean"],
	["readOnly", "boolean"],
	["writeOnly", "boolean"],
	["deprecated", "boolean"],
	["nullable", "boolean"],
]);

const SINCE_2020 = ["prefixItems", "$dynamicRef", "$dynamicAnchor"];
const SINCE_2019 = [
	"dependentRequired",
	"dependentSchemas",
	"unevaluatedProperties",
	"unevaluatedItems",
	"minContains",
	"maxContains",
	"$anchor",
	"$recursiveRef",
	"$recursiveAnchor",
	"$defs",
	"contentSchema",
];
const SINCE_07 = ["if", "then", "else"];
const SINCE_06 = ["const", "contains", "propertyNames", "$id"];

/**
 * Keywords that a dialect does not know and that must therefore not be enforced. OpenAPI documents are read
 * generously: who writes `const` or `patternProperties` in a 3.0 document means it.
 */
export const UNKNOWN_KEYWORDS: Readonly<Record<Dialect, ReadonlySet<string>>> = {
	"openapi-2.0": new Set(),
	"openapi-3.0": new Set(),
	"openapi-3.1": new Set(),
	"draft-04": new Set([...SINCE_2020, ...SINCE_2019, ...SINCE_07, ...SINCE_06, "examples"]),
	"draft-06": new Set([...SINCE_2020, ...SINCE_2019, ...SINCE_07]),
	"draft-07": new Set([...SINCE_2020, ...SINCE_2019]),
	"2019-09": new Set(SINCE_2020),
	"2020-12": new Set(["$recursiveRef", "$recursiveAnchor"]),
};

const REF_ALONE: ReadonlySet<Dialect> = new Set(["openapi-2.0", "openapi-3.0", "draft-04", "draft-06", "draft-07"]);

/** Before 2019-09 a `$ref` replaces the whole object: keywords beside it are ignored. */
export function ignoresRefSiblings(dialect: Dialect): boolean {
	return REF_ALONE.has(dialect);
}

/** The keyword by which a schema names itself, or undefined where the dialect has none (OpenAPI 2.0 and 3.0). */
export function idKeyword(dialect: Dialect): "id" | "$id" | undefined {
	if (dialect === "openapi-2.0" || dialect === "openapi-3.0") return undefined;
	return dialect === "draft-04" ? "id" : "$id";
}

/** Whether the words `nullable`, `example`, `discriminator` and `xml` mean what OpenAPI says they mean. */
export function isOpenApi(dialect: Dialect): boolean {
	return dialect.startsWith("openapi-");
}

const BY_URI: ReadonlyMap<string, Dialect> = new Map<string, Dialect>([
	["json-schema.org/draft-04/schema", "draft-04"],
	["json-schema.org/draft-06/schema", "draft-06"],
	["json-schema.org/draft-07/schema", "draft-07"],
	["json-schema.org/draft/2019-09/schema", "2019-09"],
	["json-schema.org/draft/2020-12/schema", "2020-12"],
	["spec.openapis.org/oas/3.1/dialect/base", "openapi-3.1"],
	["spec.openapis.org/oas/3.1/schema-base", "openapi-3.1"],
]);

/**
 * The dialect that a `$schema` (or `jsonSchemaDialect`) names, or undefined when we do not know it.
 *
 * @example dialectOf("http://json-schema.org/draft-07/schema#") // "draft-07"
 */
export function dialectOf(uri: unknown): Dialect | undefined {
	if (typeof uri !== "string") return undefined;
	const bare = uri.replace(/^https?:\/\//, "").replace(/#$/, "");
	return BY_URI.get(bare) ?? (bare.startsWith("spec.openapis.org/oas/3.") ? "openapi-3.1" : undefined);
}

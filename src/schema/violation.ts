/** One keyword that a value breaks. */
export interface Violation {
	/** JSON Pointer into the value; empty for the value itself. */
	readonly pointer: string;
	/** The keyword of 2020-12 that is broken; `false` for a value that may not be there at all. */
	readonly keyword: string;
	/** A sentence without subject: `must be at least 16 characters long`. */
	readonly message: string;
	/** `file#pointer` of the broken keyword. */
	readonly schemaPointer: string;
	/** What the keyword demands, under the names that Ajv gives it (`limit`, `missingProperty` …). */
	readonly params: Readonly<Record<string, unknown>>;
}

type Params = Readonly<Record<string, unknown>>;

/** Values longer than this are cut in messages. */
const SHOWN_MAX = 60;
const LISTED_MAX = 8;

const count = (limit: unknown, one: string, many: string): string => `${limit} ${limit === 1 ? one : many}`;
const quote = (name: unknown): string => JSON.stringify(name);

const MESSAGES: Readonly<Record<string, (params: Params) => string>> = {
	type: ({ type }) => `must be ${[type].flat().map(describeType).join(" or ")}`,
	required: ({ missingProperty }) => `must have the property ${quote(missingProperty)}`,
	dependentRequired: ({ missingProperty, property }) =>
		`must have the property ${quote(missingProperty)} when it has ${quote(property)}`,
	additionalProperties: ({ additionalProperty }) => `must not have the property ${quote(additionalProperty)}`,
	unevaluatedProperties: ({ unevaluatedProperty }) => `must not have the property ${quote(unevaluatedProperty)}`,
	propertyNames: ({ propertyName }) => `must not have a property named ${quote(propertyName)}`,
	minProperties: ({ limit }) => `must have at least ${count(limit, "property", "properties")}`,
	maxProperties: ({ limit }) => `must have at most ${count(limit, "property", "properties")}`,
	minLength: ({ limit }) => `must be at least ${count(limit, "character", "characters")} long`,
	maxLength: ({ limit }) => `must be at most ${count(limit, "character", "characters")} long`,
	minItems: ({ limit }) => `must have at least ${count(limit, "item", "items")}`,
	maxItems: ({ limit }) => `must have at most ${count(limit, "item", "items")}`,
	items: ({ limit }) => `must have at most ${count(limit, "item", "items")}`,
	unevaluatedItems: ({ limit }) => `must have at most ${count(limit, "item", "items")}`,
	uniqueItems: ({ i, j }) => `must not hold the same item twice (items ${i} and ${j})`,
	contains: ({ minContains, maxContains }) =>
		maxContains === undefined
			? `must hold at least ${count(minContains, "item", "items")} of the required kind`
			: `must hold ${minContains} to ${maxContains} items of the required kind`,
	minimum: ({ limit }) => `must be at least ${limit}`,
	maximum: ({ limit }) => `must be at most ${limit}`,
	exclusiveMinimum: ({ limit }) => `must be greater than ${limit}`,
	exclusiveMaximum: ({ limit }) => `must be less than ${limit}`,
	multipleOf: ({ multipleOf }) => `must be a multiple of ${multipleOf}`,
	pattern: ({ pattern }) => `must match the pattern ${cut(String(pattern))}`,
	format: ({ format }) => `must be a valid ${format}`,
	const: ({ allowedValue }) => `must be ${show(allowedValue)}`,
	enum: ({ allowedValues }) => `must be one of ${list(allowedValues)}`,
	not: () => "must not match the schema that is excluded",
	oneOf: ({ passingSchemas }) =>
		Array.isArray(passingSchemas)
			? `must match exactly one alternative and matches ${passingSchemas.map((index) => Number(index) + 1).join(" and ")}`
			: "must match exactly one alternative and matches none",
	anyOf: () => "must match one of the alternatives and matches none",
	false: () => "must not be there",
};

/** Says what a keyword demands, naming its limits. */
export function describeViolation(keyword: string, params: Params): string {
	return MESSAGES[keyword]?.(params) ?? `must keep ${quote(keyword)}`;
}

function describeType(type: unknown): string {
	if (type === "null") return "null";
	return `${type === "object" || type === "array" || type === "integer" ? "an" : "a"} ${type}`;
}

function list(values: unknown): string {
	if (!Array.isArray(values)) return "the listed values";
	const shown = values.slice(0, LISTED_MAX).map(show).join(", ");
	return values.length > LISTED_MAX ? `${shown} and ${values.length - LISTED_MAX} more` : shown;
}

function show(value: unknown): string {
	return cut(JSON.stringify(value) ?? String(value));
}

function cut(text: string): string {
	return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

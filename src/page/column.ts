/** What a column of a table is about. */
export type Role =
	| "name"
	| "type"
	| "required"
	| "description"
	| "constraints"
	| "default"
	| "values"
	| "status"
	| "method"
	| "path"
	| "place"
	| "example";

/** Heads of columns as pages write them, in lower case. */
const HEADS: Readonly<Record<Role, readonly string[]>> = {
	name: [
		"name",
		"field",
		"field name",
		"property",
		"attribute",
		"key",
		"parameter",
		"parameter name",
		"param",
		"argument",
		"header",
		"header name",
		"query parameter",
		"path parameter",
		"body parameter",
	],
	type: ["type", "data type", "datatype"],
	required: ["required", "required?", "req", "req.", "mandatory", "optional", "presence"],
	description: [
		"description",
		"meaning",
		"details",
		"notes",
		"note",
		"purpose",
		"explanation",
		"condition",
		"when",
		"reason",
		"cause",
		"summary",
	],
	constraints: [
		"validations",
		"validation",
		"constraints",
		"constraint",
		"limits",
		"limit",
		"rules",
		"rule",
		"restrictions",
		"range",
		"format",
		"pattern",
	],
	default: ["default", "default value", "defaults"],
	values: ["values", "allowed values", "possible values", "accepted values", "valid values", "options", "enum"],
	status: ["status", "status code", "http status", "http status code", "http code", "response code", "code"],
	method: ["method", "http method", "verb", "http verb"],
	path: ["path", "endpoint", "route", "url", "uri"],
	place: ["in", "location", "where", "sent in"],
	example: ["example", "sample", "example value"],
};

const ROLES: ReadonlyMap<string, Role> = new Map(
	Object.entries(HEADS).flatMap(([role, heads]) => heads.map((head): [string, Role] => [head, role as Role])),
);

/**
 * What the head of a column says it holds; undefined when it is none that we know.
 *
 * @example roleOf("Validations") // "constraints"
 */
export function roleOf(head: string): Role | undefined {
	return ROLES.get(
		head
			.trim()
			.toLowerCase()
			.replaceAll(/\s+/g, " ")
			.replace(/[*:]+$/, ""),
	);
}

const HEAD_LENGTH_MAX = 20;
const COLUMNS_MAX = 12;

/**
 * Takes a line apart into heads of columns that stand side by side without anything between them, as text copied from
 * a page has them; undefined when it is no such line.
 *
 * @example splitHeads("FieldTypeRequired") // ["Field", "Type", "Required"]
 */
export function splitHeads(line: string): readonly string[] | undefined {
	const text = line.trim();
	if (text.length > HEAD_LENGTH_MAX * COLUMNS_MAX || !/^[A-Z]/.test(text)) return undefined;
	const heads = takeHeads(text, 0);
	return heads === undefined || heads.length < 2 ? undefined : heads;
}

function takeHeads(text: string, count: number): readonly string[] | undefined {
	if (text === "") return [];
	if (count >= COLUMNS_MAX) return undefined;
	for (let length = Math.min(HEAD_LENGTH_MAX, text.length); length > 1; length--) {
		const head = text.slice(0, length);
		const isHead =
			ROLES.has(head.trim().toLowerCase()) && (length === text.length || /^[A-Z]/.test(text.slice(length)));
		const rest = isHead ? takeHeads(text.slice(length), count + 1) : undefined;
		if (rest !== undefined) return [head.trim(), ...rest];
	}
	return undefined;
}

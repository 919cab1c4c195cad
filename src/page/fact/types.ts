import type { JsonType } from "../../schema/navigate.ts";

/** What a page calls a type, and the format that the word implies. */
const TYPES: Readonly<Record<string, { readonly types: readonly JsonType[]; readonly format?: string }>> = {
	string: { types: ["string"] },
	strings: { types: ["string"] },
	str: { types: ["string"] },
	text: { types: ["string"] },
	integer: { types: ["integer"] },
	integers: { types: ["integer"] },
	int: { types: ["integer"] },
	int32: { types: ["integer"] },
	int64: { types: ["integer"] },
	long: { types: ["integer"] },
	number: { types: ["number"] },
	numbers: { types: ["number"] },
	float: { types: ["number"] },
	double: { types: ["number"] },
	decimal: { types: ["number", "string"] },
	boolean: { types: ["boolean"] },
	booleans: { types: ["boolean"] },
	bool: { types: ["boolean"] },
	object: { types: ["object"] },
	objects: { types: ["object"] },
	map: { types: ["object"] },
	dict: { types: ["object"] },
	array: { types: ["array"] },
	list: { types: ["array"] },
	null: { types: ["null"] },
	uuid: { types: ["string"], format: "uuid" },
	email: { types: ["string"], format: "email" },
	url: { types: ["string"], format: "uri" },
	uri: { types: ["string"], format: "uri" },
	date: { types: ["string"], format: "date" },
	datetime: { types: ["string"], format: "date-time" },
	"date-time": { types: ["string"], format: "date-time" },
};

export interface ParsedTypes {
	readonly types?: readonly JsonType[];
	readonly itemTypes?: readonly JsonType[];
	readonly format?: string;
}

/**
 * The JSON types that a cell names; nothing when a word of it is no type that we know.
 *
 * @example parseTypes("string[]") // { types: ["array"], itemTypes: ["string"] }
 */
export function parseTypes(cell: string): ParsedTypes {
	const text = cell
		.toLowerCase()
		.replaceAll("`", "")
		.replace(/[,;(]\s*(?:required|optional|nullable|read[- ]only|write[- ]only|unique)\)?.*$/, "")
		.trim();
	if (text === "" || text.length > 60) return {};
	const list =
		/^(?:array|list)\s*(?:of\s+|<\s*|\[\s*|\(\s*)([a-z0-9-]+)\s*[>\])]?$/.exec(text)?.[1] ??
		/^([a-z0-9-]+)\s*(?:\[\]|\s+(?:array|list))$/.exec(text)?.[1];
	if (list !== undefined) {
		const inner = TYPES[list];
		return { types: ["array"], ...(inner === undefined ? {} : { itemTypes: inner.types }) };
	}
	const words = text.split(/\s*(?:\||\/|\bor\b|,)\s*/).map((word) => word.replace(/\?$/, "").replace(/\s*\(.*\)$/, ""));
	const known = words.map((word) => TYPES[word]);
	if (known.length === 0 || known.some((one) => one === undefined)) return {};
	const types = [...new Set(known.flatMap((one) => one?.types ?? []))];
	const [first] = known;
	return { types, ...(words.length === 1 && first?.format !== undefined ? { format: first.format } : {}) };
}

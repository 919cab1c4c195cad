import type { Parameter } from "../../contract/contract.ts";
import { annotation, enumeration, items, typesOf } from "../../schema/navigate.ts";
import type { Evidence } from "../evidence.ts";
import type { Filter } from "../query/filter.ts";
import type { Field, Resource } from "../resource.ts";
import type { Value } from "../value.ts";
import { CREATED, plain } from "./query-names.ts";
import { isSameWord } from "./shown.ts";

/**
 * The filter that a parameter is: `status`, or `filter[status]`, when an item has such a field; `created_after`,
 * `min_price`, `price[lte]` when the rest of the name is one, or nothing and the parameter is a time.
 */
export function filterOf(parameter: Parameter, resource: Resource | undefined): readonly Filter[] {
	if (resource === undefined) return [];
	const inner = /^filters?\[([^\]]+)\]$/.exec(parameter.name)?.[1] ?? parameter.name;
	const same = fieldNamed(resource, inner);
	if (same !== undefined)
		return [buildFilter(parameter, same, { compares: "equal", text: "bears the name of a field" })];
	const bound = boundOf(parameter, resource);
	return bound === undefined ? [] : [buildFilter(parameter, bound.field, bound)];
}

function fieldNamed({ fields }: Resource, name: string): Field | undefined {
	return fields.get(name) ?? [...fields.values()].find((field) => isSameWord(field.name, name));
}

interface Comparing {
	readonly compares: Filter["compares"];
	/** Why it is taken for this. */
	readonly text: string;
	readonly bound?: Filter["bound"];
}

const SCALAR: ReadonlySet<string> = new Set(["string", "integer", "number", "boolean"]);

/** The filter that a parameter is on a field. */
export function buildFilter(parameter: Parameter, field: Field, { compares, text, bound }: Comparing): Filter {
	const { name, description = "", schema, source } = parameter;
	const types = typesOf(field.schema).filter((type) => type !== "null");
	const format = annotation(field.schema, "format");
	const among = amongOf(field, types);
	const isText = types.includes("string") && format === undefined && among === undefined;
	const isTime = format === "date-time" || format === "date";
	const asked = schema === undefined ? [] : typesOf(schema);
	const element = schema === undefined ? undefined : items(schema);
	const day = annotation(element ?? schema ?? field.schema, "format") === "date";
	const evidence: Evidence = said(description)
		? { kind: "words", text: description.split(/(?<=[.!?])\s/)[0] ?? description, source }
		: { kind: "schema", text: `${name} ${text}`, source };
	return {
		kind: "filter",
		parameter: name,
		field: field.name,
		compares,
		...(among === undefined ? {} : { among }),
		texts: types.every((type) => SCALAR.has(type)) ? textsOf(field, description, isText) : "unknown",
		bound: bound ?? boundIn(description),
		isText,
		isList: asked.includes("array"),
		isDay: day,
		...(day && /\bUTC\b/.test(description) ? { isUtc: true } : {}),
		isNow: isTime && field.owner !== "client",
		does: "as-documented",
		evidence: [evidence],
	};
}

function said(description: string): boolean {
	return /\b(?:filters?|only|with|whose|matching|by|limit|restrict|after|before|since|until|least|most)\b/i.test(
		description,
	);
}

function amongOf(field: Field, types: readonly string[]): readonly Value[] | undefined {
	const values = enumeration(field.schema);
	if (values !== undefined) return values as readonly Value[];
	return types.length === 1 && types[0] === "boolean" ? [true, false] : undefined;
}

/** Names of fields that nobody asks for a part of. */
const IDENTIFYING =
	/(?:^|_|-)(?:ids?|uuid|code|key|sku|slug|status|state|type|kind|currency|country|locale|language)$|[a-z]I[dD]s?$/i;
const EXACT = /\bexact(?:ly)?\b|\bequals?\b|\bequal to\b|\bidentical\b|\bis exactly\b/i;
const LOOSE =
	/\b(?:contain\w*|partial\w*|substring|like|prefix\w*|starts? with|begin\w* with|search\w*|fuzzy|wildcards?|pattern|regex\w*)\b/i;

/** Asking for a name is often asking for a part of it; what identifies is asked for whole, if in any case. */
function textsOf({ name }: Field, description: string, isText: boolean): Filter["texts"] {
	if (LOOSE.test(description)) return "unknown";
	if (!isText || EXACT.test(description)) return "exact";
	return IDENTIFYING.test(name) ? "whole" : "unknown";
}

const LEAST = "(?:min|minimum|from|since|after|start|gte|gt|ge|greaterthan|newerthan|begin)";
const MOST = "(?:max|maximum|to|until|before|end|lte|lt|le|lessthan|olderthan|till)";
const TIME = "(?:date|time|at|on|timestamp|datetime|day)?";

function boundOf(parameter: Parameter, resource: Resource): (Comparing & { readonly field: Field }) | undefined {
	const name = plain(parameter.name.replace(/^filters?\[/, "["));
	for (const [compares, words] of [
		["least", LEAST],
		["most", MOST],
	] as const) {
		const rest = [
			new RegExp(`^(.+?)${words}$`).exec(name)?.[1],
			new RegExp(`^${words}(.+)$`).exec(name)?.[1],
			new RegExp(`^${words}${TIME}$`).test(name) && isTimed(parameter) ? "" : undefined,
		];
		const field = rest.flatMap((one) => (one === undefined ? [] : (comparable(resource, one) ?? [])))[0];
		if (field !== undefined)
			return { field, compares, text: `bounds ${field.name} by its name`, ...strictness(name, parameter.description) };
	}
	return undefined;
}

/** A field with an order whose name is this, or this and a word for time; the time of creation where there is no name. */
function comparable({ fields }: Resource, rest: string): Field | undefined {
	const ordered = [...fields.values()].filter(({ schema }) => {
		const format = annotation(schema, "format");
		return (
			typesOf(schema).some((type) => type === "integer" || type === "number") ||
			format === "date" ||
			format === "date-time"
		);
	});
	if (rest === "" || /^(?:date|time)$/.test(rest)) return ordered.find(({ name }) => CREATED.test(plain(name)));
	return ordered.find(({ name }) =>
		new RegExp(`^${plain(name).replace(/(?:at|on|date|time)$/, "")}(?:at|on|date|time)?$`).test(rest),
	);
}

function isTimed({ schema, description = "" }: Parameter): boolean {
	const format = schema === undefined ? undefined : annotation(schema, "format");
	return format === "date" || format === "date-time" || /\b(?:ISO ?8601|RFC ?3339|timestamp|date)\b/i.test(description);
}

function strictness(name: string, description = ""): { readonly bound?: Filter["bound"] } {
	if (/(?:gte|lte|ge|le)$/.test(name)) return { bound: "included" };
	if (/(?:gt|lt)$/.test(name)) return { bound: "excluded" };
	return { bound: boundIn(description) };
}

function boundIn(description: string): Filter["bound"] {
	if (
		/\binclusive(?:ly)?\b|\bor (?:later|after|earlier|before|equal|more|less|on)\b|\bon or\b|\bat or\b|\bat (?:least|most)\b|[<>]=|[≤≥]|\b(?:whole|entire|full) day\b|\b(?:first|last) day (?:of|in) (?:the )?(?:range|period)\b/i.test(
			description,
		)
	)
		return "included";
	// The first and the last day of a range are days of it.
	if (/\b(?:first|last) day of\b|\bwhole day\b/i.test(description)) return "included";
	if (/\bexclusive(?:ly)?\b|\bstrictly\b|\bnot including\b/i.test(description)) return "excluded";
	return "unknown";
}

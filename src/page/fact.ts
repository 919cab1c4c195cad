import type { JsonType } from "../schema/navigate.ts";
import type { TableRow } from "./block.ts";
import { type Role, roleOf } from "./column.ts";
import { parseLimits } from "./fact/limits.ts";
import { parseDefault, parsePattern, parseValues, type Values } from "./fact/phrases.ts";
import { parseTypes } from "./fact/types.ts";

/** What a row of a table says of one field, parameter or header. */
export interface Facts {
	readonly name: string;
	readonly line: number;
	/** The cells of the row, for quoting. */
	readonly quote: string;
	readonly types?: readonly JsonType[];
	/** Of the items of a list, when its type tells. */
	readonly itemTypes?: readonly JsonType[];
	readonly format?: string;
	readonly required?: boolean;
	readonly limits: Limits;
	readonly pattern?: string;
	readonly default?: string;
	readonly values?: Values;
	/** `path`, `query`, `header`, `body`: a column of its own says it. */
	readonly place?: string;
}

/** Bounds that a page names; which keyword of a schema they mean depends on the type. */
export interface Limits {
	readonly minimum?: number;
	readonly maximum?: number;
	readonly exclusiveMinimum?: number;
	readonly exclusiveMaximum?: number;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly minItems?: number;
	readonly maxItems?: number;
}

/**
 * What a table says, row by row. Rows whose first cell is no name are left out: a note, a group's title.
 *
 * @example factsOf({ columns: ["Field", "Type"], rows: [{ cells: ["limit", "integer"], line: 4 }], … })[0]?.types // ["integer"]
 */
export function factsOf(columns: readonly string[], rows: readonly TableRow[]): readonly Facts[] {
	const roles = columns.map(roleOf);
	const nameAt = roles.indexOf("name");
	if (nameAt === -1) return [];
	return rows.flatMap((row) => rowFacts(row, { roles, nameAt, columns }) ?? []);
}

interface Shape {
	readonly roles: readonly (Role | undefined)[];
	readonly nameAt: number;
	readonly columns: readonly string[];
}

function rowFacts({ cells, line }: TableRow, { roles, nameAt, columns }: Shape): Facts | undefined {
	const named = readName(cells[nameAt] ?? "");
	if (named === undefined) return undefined;
	const cell = (role: Role): string => cells[roles.indexOf(role)] ?? "";
	const words = withoutAdvice(cells.filter((_, index) => isProse(roles[index]) && index !== nameAt).join(" "));
	const type = parseTypes(cell("type"));
	const required =
		requiredIn(cell("required"), columns[roles.indexOf("required")] ?? "") ??
		named.required ??
		requiredInWords(`${cell("type")}. ${words}`);
	const constraints = `${cell("constraints")} ${words}`.trim();
	const pattern = parsePattern(constraints);
	const values = parseValues(cell("values"), true) ?? parseValues(cell("type"), false) ?? parseValues(words, false);
	const standard = cell("default") === "" ? parseDefault(words) : cleanValue(cell("default"));
	const place = /^(path|query|header|cookie|body)\b/i.exec(cell("place").trim())?.[1]?.toLowerCase();
	return {
		name: named.name,
		line,
		quote: cells.filter((text) => text !== "").join(" · "),
		...type,
		...(required === undefined ? {} : { required }),
		limits: parseLimits(constraints),
		...(pattern === undefined ? {} : { pattern }),
		...(standard === undefined ? {} : { default: standard }),
		...(values === undefined ? {} : { values }),
		...(place === undefined ? {} : { place }),
	};
}

/** What is recommended, usual or an example bounds nothing. */
const ADVICE =
	/recommend|suggest|\btypical|\busual|\bideal|\be\.g\.|\bfor example\b|\bsuch as\b|\bprefer|\bcommonly\b|\bgenerally\b|\boften\b|\bmostly\b/i;

function withoutAdvice(text: string): string {
	return text
		.split(/(?<=[.!?;])\s+(?=[\p{Lu}0-9≥≤<>])/u)
		.filter((sentence) => !ADVICE.test(sentence))
		.join(" ");
}

function isProse(role: Role | undefined): boolean {
	return role === "description" || role === "constraints" || role === undefined;
}

const NAME = /^[A-Za-z_$@][\w.$@[\]-]*$/;

/** `name`, `name*`, `name (required)`, `settings.mfa`, `items[].id`. */
function readName(cell: string): { readonly name: string; readonly required?: boolean } | undefined {
	const text = cell.trim().replaceAll("`", "");
	const [, bare = "", mark = ""] = /^([^\s*?(]+)\s*(\*|\?|\(?(?:required|optional)\)?)?$/i.exec(text) ?? [];
	if (!NAME.test(bare)) return undefined;
	if (mark === "") return { name: bare };
	return { name: bare, required: mark === "*" || /required/i.test(mark) };
}

/** A column `Optional` turns its answers around. */
function requiredIn(cell: string, head: string): boolean | undefined {
	const text = cell.trim().toLowerCase().replaceAll(/[`.*]/g, "");
	if (/^(?:required|mandatory)$/.test(text)) return true;
	if (text === "optional") return false;
	const isTurned = /optional/i.test(head);
	if (/^(?:yes|y|true|✓|✔|✅|✔️|☑|x)$/.test(text)) return !isTurned;
	if (/^(?:no|n|false|✗|✘|❌|✖)$/.test(text)) return isTurned;
	return undefined;
}

const CONDITIONAL = /\b(?:if|when|unless|for|only|except|depending|either|one of|in case)\b/i;

/** A sentence that says nothing but `Required.` or `Optional.`. */
function requiredInWords(words: string): boolean | undefined {
	const sentences = words.split(/[.;](?:\s+|$)|(?<=[a-z])[.;](?=[A-Z])/).map((sentence) => sentence.trim());
	for (const sentence of sentences) {
		if (CONDITIONAL.test(sentence)) continue;
		if (
			/^\(?(?:required|mandatory)\)?$|\((?:required|mandatory)\)|^(?:this (?:field|parameter) is )?required$/i.test(
				sentence,
			)
		)
			return true;
		if (/^\(?optional\)?$|\(optional\)|^(?:this (?:field|parameter) is )?optional$/i.test(sentence)) return false;
	}
	return undefined;
}

/** The value of a cell; undefined where it says that there is none. */
function cleanValue(cell: string): string | undefined {
	const text = cell.trim().replaceAll(/^[`"']|[`"']$/g, "");
	return /^(?:—|–|-|none|n\/a|null|no default|)$/i.test(text) || /\s/.test(text) ? undefined : text;
}

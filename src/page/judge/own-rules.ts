import type { JsonType } from "../../schema/navigate.ts";
import { typeOfValue } from "../../schema/navigate.ts";
import { createPattern } from "../../schema/pattern.ts";
import { type Hearing, operationOf } from "../docket.ts";
import type { Example } from "../example.ts";
import { type Facts, factsOf, type Limits } from "../fact.ts";
import { isPlaceholder } from "../placeholder.ts";
import type { Held } from "./judge-value.ts";
import { boundsFor, boundWords } from "./schema-words.ts";

/** A rule of the page's own tables that an example of the same page breaks. */
export interface OwnRule {
	readonly pointer: string;
	/** `at least 16 characters`. */
	readonly words: string;
	/** Of the table's row. */
	readonly line: number;
}

/** What the page's tables of the same endpoint say of the members of a value, and the value does not keep. */
export function brokenRules(hearing: Hearing, example: Example, held: Held): readonly OwnRule[] {
	const { value } = example;
	if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
	return rowsFor(hearing, held).flatMap((facts): readonly OwnRule[] => {
		const own = Object.hasOwn(value, facts.name) ? (value as Readonly<Record<string, unknown>>)[facts.name] : undefined;
		if (own === undefined || own === null || isPlaceholder(own)) return [];
		const words = brokenBy(facts, own);
		return words === undefined ? [] : [{ pointer: `/${facts.name}`, words, line: facts.line }];
	});
}

/** Rows of the tables of this endpoint that speak of the same side of the exchange. */
function rowsFor(hearing: Hearing, { operation, direction }: Held): readonly Facts[] {
	return hearing.reading.tables.flatMap(({ table, scope }) => {
		const { label } = scope;
		if (label.place !== undefined && label.place !== "body") return [];
		if (label.direction !== undefined && label.direction !== direction) return [];
		return operationOf(hearing, scope.endpoint)?.id === operation.id ? factsOf(table.columns, table.rows) : [];
	});
}

function brokenBy(facts: Facts, value: unknown): string | undefined {
	const type = typeOfValue(value);
	const types = facts.types ?? [];
	if (types.length > 0 && !types.some((one) => isOf(type, one))) return types.join(" or ");
	const limits = Object.entries(boundsFor(facts.limits, types.length > 0 ? types : [type])) as readonly [
		keyof Limits,
		number,
	][];
	const broken = limits.find(([keyword, limit]) => !keeps(value, keyword, limit));
	if (broken !== undefined) return boundWords(...broken);
	if (facts.pattern !== undefined && typeof value === "string" && !createPattern(facts.pattern).test(value))
		return `matching ${facts.pattern}`;
	const { values } = facts;
	const isListed =
		values === undefined || !values.complete || typeof value === "object" || values.values.includes(String(value));
	return isListed ? undefined : `one of ${values.values.join(", ")}`;
}

function isOf(type: JsonType, named: JsonType): boolean {
	return type === named || (type === "integer" && named === "number") || (type === "number" && named === "integer");
}

function keeps(value: unknown, keyword: keyof Limits, limit: number): boolean {
	const size = sizeOf(value, keyword);
	if (size === undefined) return true;
	if (keyword === "exclusiveMinimum") return size > limit;
	if (keyword === "exclusiveMaximum") return size < limit;
	return keyword.startsWith("min") ? size >= limit : size <= limit;
}

function sizeOf(value: unknown, keyword: keyof Limits): number | undefined {
	if (keyword.endsWith("Length")) return typeof value === "string" ? [...value].length : undefined;
	if (keyword.endsWith("Items")) return Array.isArray(value) ? value.length : undefined;
	return typeof value === "number" ? value : undefined;
}

import type { Operation } from "../../contract/contract.ts";
import { undocumentedFields } from "../../contract/undocumented.ts";
import type { Rule } from "../../finding/rule.ts";
import type { Json } from "../../http/exchange.ts";
import { properties, typeOfValue, typesOf } from "../../schema/navigate.ts";
import { parsePointer, valueAt } from "../../schema/reference.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Violation } from "../../schema/violation.ts";
import { agrees, disagrees, type Hearing, type Said } from "../docket.ts";
import { operationName, type Ruling } from "../draft.ts";
import { type Example, escapePointer } from "../example.ts";
import { isPlaceholder } from "../placeholder.ts";
import { brokenRules, type OwnRule } from "./own-rules.ts";

/** What a value of a page is an example of. */
export interface Held {
	readonly rule: Rule;
	readonly operation: Operation;
	readonly schema: Schema;
	readonly direction: "request" | "response";
	/** `request`, `200 answer`. */
	readonly what: string;
}

/** More faults of one example tell nothing new. */
const FAULTS_MAX = 12;

/** Holds a value against a schema and against what the page itself says of its fields. */
export function judgeValue(hearing: Hearing, example: Example, held: Held): readonly Ruling[] {
	const own = brokenRules(hearing, example, held);
	const faults = faultsOf(hearing, example, held).slice(0, FAULTS_MAX);
	const told = faults.map((fault) => faultRuling(hearing, example, { held, fault, own }));
	const others = own
		.filter(({ pointer }) => !faults.some((fault) => fault.pointer === pointer))
		.map((broken) => ownRuling(hearing, example, { held, broken }));
	const unknown = faults.length > 0 ? [] : unknownFields(hearing, example, held);
	const all = [...told, ...others, ...unknown];
	return all.length > 0 ? all : [agrees(hearing, saidOf(held, example.lineOf(""), `shows a valid ${held.what}`))];
}

function saidOf({ rule, operation }: Held, line: number, says: string, subject?: string): Said {
	return { rule, operation: operationName(operation), says, line, ...(subject === undefined ? {} : { subject }) };
}

/** What of a value is certainly wrong: placeholders and what is left out are nobody's mistake. */
export function faultsOf({ validation }: Hearing, example: Example, { schema, direction }: Held): readonly Violation[] {
	const missed = missedKind(schema, example.value);
	if (missed !== undefined) return [missed];
	const seen = new Set<string>();
	return validation.validate(schema, example.value, direction).filter((violation) => {
		const { pointer, keyword, params } = violation;
		if (isExcused(example, violation)) return false;
		const key = `${pointer.replaceAll(/\/\d+/g, "/*")} ${keyword} ${String(params.missingProperty ?? params.additionalProperty ?? "")}`;
		const isNew = !seen.has(key);
		seen.add(key);
		return isNew;
	});
}

/** A schema that names properties and forgets to say `type: object` admits a list by the letter, and means none. */
function missedKind(schema: Schema, value: Json): Violation | undefined {
	const types = typesOf(schema);
	const isMissed = Array.isArray(value) && types.length === 1 && types[0] === "object";
	return isMissed
		? { pointer: "", keyword: "type", message: "must be an object", schemaPointer: "", params: {} }
		: undefined;
}

/** What is broken by leaving something out. */
const COUNTS: ReadonlySet<string> = new Set(["required", "minItems", "minProperties", "contains", "dependentRequired"]);
const ALTERNATIVES: ReadonlySet<string> = new Set(["anyOf", "oneOf"]);

function isExcused(example: Example, { pointer, keyword }: Violation): boolean {
	const value = partOf(example, pointer);
	if (isPlaceholder(value)) return true;
	const isOpen = example.isElided(pointer) || isSketch(value);
	if (COUNTS.has(keyword) && isOpen) return true;
	if (ALTERNATIVES.has(keyword) && (isOpen || holdsHole(example, pointer))) return true;
	// Lists of placeholders are placeholders: each may be the same.
	return Array.isArray(value) && keyword === "uniqueItems" && value.every(isPlaceholder);
}

/** An object with nothing but placeholders shows a shape and is not meant to be whole. */
function isSketch(value: unknown): boolean {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
	const members = Object.values(value);
	return members.length > 0 && members.every(isPlaceholder);
}

/** Alternatives may fail for what is left out somewhere inside. */
function holdsHole(example: Example, pointer: string): boolean {
	const value = partOf(example, pointer);
	if (isPlaceholder(value)) return true;
	if (typeof value !== "object" || value === null) return false;
	const names = Array.isArray(value) ? value.map((_, index) => String(index)) : Object.keys(value);
	return names.some((name) => {
		const below = `${pointer}/${escapePointer(name)}`;
		return example.isElided(below) || isPlaceholder(partOf(example, below));
	});
}

function partOf({ value }: Example, pointer: string): unknown {
	return valueAt(value, parsePointer(pointer));
}

interface Fault {
	readonly held: Held;
	readonly fault: Violation;
	readonly own: readonly OwnRule[];
}

function faultRuling(hearing: Hearing, example: Example, { held, fault, own }: Fault): Ruling {
	const { pointer, message, keyword, params } = fault;
	const name = nameOf(pointer);
	const missing =
		keyword === "required" && typeof params.missingProperty === "string" ? params.missingProperty : undefined;
	const subject = missing === undefined ? name : nameOf(`${pointer}/${missing}`);
	const broken = own.find((one) => one.pointer === pointer);
	const also = broken === undefined ? "" : `; so says the page itself in line ${broken.line}`;
	const where = name === "" ? "" : ` at ${name}`;
	const said = saidOf(
		held,
		example.lineOf(pointer),
		`shows a valid ${held.what}`,
		subject === "" ? undefined : subject,
	);
	return disagrees(hearing, withQuote(said, example, pointer), {
		level: "drift",
		documented: `an example of the ${held.what}`,
		observed: name === "" ? message : `${name} ${message}`,
		message: `The example of the ${held.what}${where} ${message}${also}.`,
		repair:
			missing === undefined
				? `Give ${name === "" ? "an example" : name} a value that keeps this.`
				: `Add ${missing} to the example.`,
	});
}

function withQuote(said: Said, example: Example, pointer: string): Said {
	const value = partOf(example, pointer);
	if (pointer === "" || value === undefined || typeof value === "object") return said;
	// What may be a key of somebody is not repeated in reports.
	return { ...said, quote: looksSecret(pointer) ? nameOf(pointer) : `${nameOf(pointer)}: ${JSON.stringify(value)}` };
}

function looksSecret(pointer: string): boolean {
	return /(?:key|secret|token|password|authorization|credential)/i.test(pointer);
}

function ownRuling(
	hearing: Hearing,
	example: Example,
	{ held, broken }: { readonly held: Held; readonly broken: OwnRule },
): Ruling {
	const name = nameOf(broken.pointer);
	const said = saidOf(held, example.lineOf(broken.pointer), `shows a valid ${held.what}`, name);
	return disagrees(hearing, withQuote(said, example, broken.pointer), {
		level: "drift",
		documented: `an example of the ${held.what}`,
		observed: `${name} must be ${broken.words}`,
		message: `The example of the ${held.what} breaks the page's own rule in line ${broken.line}: ${name} is ${broken.words}.`,
		repair: `Give ${name} a value that keeps this, or correct the rule.`,
	});
}

/** A field that the document names anywhere may be there by a way that was not seen. */
function unknownFields(hearing: Hearing, example: Example, held: Held): readonly Ruling[] {
	const unknown = undocumentedFields(held.schema, example.value).filter(
		(pattern) => !hearing.names.has(parsePointer(pattern).at(-1) ?? ""),
	);
	return unknown.map((pattern) => {
		const pointer = pattern.replaceAll("/*", "/0");
		const name = nameOf(pattern);
		return disagrees(hearing, saidOf(held, example.lineOf(pointer), `shows a valid ${held.what}`, name), {
			level: "surprise",
			documented: `the field ${name}`,
			observed: "no such field",
			message: `The example of the ${held.what} has the field ${name}, which the document does not name.`,
			repair: `Take ${name} out, or document it.`,
		});
	});
}

/** `/items/0/id` is `items[].id` to a reader. */
function nameOf(pointer: string): string {
	return pointer
		.replaceAll(/\/(?:\d+|\*)(?=\/|$)/g, "[]")
		.replace(/^\//, "")
		.replaceAll("/", ".")
		.replaceAll("~1", "/")
		.replaceAll("~0", "~");
}

/** How much of a value's own names a schema knows; a list is asked by its first item. */
export function keysShared(value: Json, schema: Schema): number {
	const types = typesOf(schema);
	const kind = typeOfValue(value);
	if (types.length > 0 && !types.includes(kind)) return 0;
	if (Array.isArray(value)) return types.includes("array") ? 1 : 0;
	if (typeof value !== "object" || value === null) return 0;
	const known = new Set(properties(schema).map(({ name }) => name));
	const names = Object.keys(value);
	return names.length === 0 ? 0 : names.filter((name) => known.has(name)).length / names.length;
}

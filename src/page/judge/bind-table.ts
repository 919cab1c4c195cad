import type { Operation, Response } from "../../contract/contract.ts";
import type { Rule } from "../../finding/rule.ts";
import { isJson } from "../../http/media-type.ts";
import { items, properties, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { roleOf } from "../column.ts";
import type { Facts } from "../fact.ts";
import type { NamedTable } from "../reading.ts";
import { responseNamed, successOf } from "./response-named.ts";

/** What the rows of a table are, in the document. */
export interface Binding {
	readonly rule: Rule;
	/** `field`, `query parameter`, `header`. */
	readonly noun: string;
	readonly members: ReadonlyMap<string, Member>;
	/** Names that are not listed may be there all the same. */
	readonly isOpen: boolean;
	/** A table that leaves out what must be sent misleads. */
	readonly isInput: boolean;
	/** The table says itself what it lists. */
	readonly isLabelled: boolean;
}

export interface Member {
	readonly schema?: Schema;
	readonly required?: boolean;
}

/**
 * Finds out what a table of an operation lists: what its titles say, else where most of its names are. Undefined when
 * too few of them are anywhere.
 */
export function bindTable(
	{ table, scope }: NamedTable,
	facts: readonly Facts[],
	operation: Operation,
): Binding | undefined {
	const { label } = scope;
	const head = table.columns.find((column) => roleOf(column) === "name") ?? "";
	const place = label.place ?? placeInHead(head);
	const candidates = candidatesFor(operation, place, label);
	const ranked = candidates
		.map((binding) => ({ binding, share: shareOf(facts, binding) }))
		.toSorted((left, right) => right.share - left.share);
	const [best] = ranked;
	if (best === undefined) return undefined;
	const isLabelled = place !== undefined && (place !== "body" || label.direction !== undefined);
	const share = isLabelled && facts.length <= FEW ? SHARE_FEW : SHARE_MIN;
	return best.share >= share ? { ...best.binding, isLabelled } : undefined;
}

/** So much of a table must be in the document before the rest of it is a mistake. */
const SHARE_MIN = 0.5;
/** A labelled table of few rows may be wrong as a whole. */
const FEW = 2;
const SHARE_FEW = 0;

function shareOf(facts: readonly Facts[], { members }: Binding): number {
	const known = facts.filter(({ name }) => memberNamed(members, name) !== undefined).length;
	return facts.length === 0 ? 0 : known / facts.length;
}

function placeInHead(head: string): NamedTable["scope"]["label"]["place"] {
	if (/header/i.test(head)) return "header";
	if (/query/i.test(head)) return "query";
	if (/path/i.test(head)) return "path";
	return /body/i.test(head) ? "body" : undefined;
}

function candidatesFor(
	operation: Operation,
	place: NamedTable["scope"]["label"]["place"],
	label: NamedTable["scope"]["label"],
): readonly Binding[] {
	const { direction, status } = label;
	if (place === "header")
		return direction === "response" ? responseHeaders(operation, status) : requestHeaders(operation);
	if (place === "path" || place === "query") return [parameters(operation, [place])];
	const request = direction === "response" ? [] : requestFields(operation);
	const response = direction === "request" ? [] : responseFields(operation, status);
	if (place === "body") return [...request, ...response];
	if (direction === "response") return response;
	const mixed = parameters(operation, ["path", "query", "header"]);
	return [parameters(operation, ["path"]), parameters(operation, ["query"]), mixed, ...request, ...response].filter(
		({ members }) => members.size > 0,
	);
}

function parameters(operation: Operation, places: readonly string[]): Binding {
	const own = operation.parameters.filter((parameter) => places.includes(parameter.in));
	const members = own.map(({ name, schema, required }): [string, Member] => [
		name,
		{ required, ...(schema === undefined ? {} : { schema }) },
	]);
	return {
		rule: "page-parameter",
		noun: places.length === 1 ? `${places[0]} parameter` : "parameter",
		members: new Map(members),
		isOpen: operation.parameters.some((parameter) => parameter.in === "querystring"),
		// What the path needs stands in the path.
		isInput: places.length === 1 && places[0] === "query",
		isLabelled: false,
	};
}

function requestHeaders(operation: Operation): readonly Binding[] {
	const own = operation.parameters.filter((parameter) => parameter.in === "header");
	const members = own.map(({ name, schema, required }): [string, Member] => [
		name.toLowerCase(),
		{ required, ...(schema === undefined ? {} : { schema }) },
	]);
	return [
		{
			rule: "page-parameter",
			noun: "header",
			members: new Map(members),
			isOpen: false,
			isInput: false,
			isLabelled: false,
		},
	];
}

function responseHeaders(operation: Operation, status: string | undefined): readonly Binding[] {
	const responses =
		status === undefined ? operation.responses : [responseNamed(operation, status)].filter((one) => one !== undefined);
	const members = responses.flatMap(({ headers }) =>
		headers.map(({ name, schema }): [string, Member] => [name.toLowerCase(), schema === undefined ? {} : { schema }]),
	);
	return [
		{
			rule: "page-parameter",
			noun: "response header",
			members: new Map(members),
			isOpen: false,
			isInput: false,
			isLabelled: false,
		},
	];
}

function requestFields(operation: Operation): readonly Binding[] {
	const schema = operation.body?.content.find(({ name }) => isJson(name) || /form/.test(name))?.schema;
	return schema === undefined ? [] : [fieldsOf(schema, "request")];
}

function responseFields(operation: Operation, status: string | undefined): readonly Binding[] {
	const response = status === undefined ? successOf(operation) : responseNamed(operation, status);
	const schema = response === undefined ? undefined : jsonSchemaOf(response);
	return schema === undefined ? [] : [fieldsOf(schema, "response")];
}

export function jsonSchemaOf({ content }: Response): Schema | undefined {
	return content.find(({ name }) => isJson(name))?.schema;
}

const DEPTH_MAX = 3;

/** The fields of an object, those inside it by their paths: `settings.mfa`, `items[].id`. */
export function fieldsOf(schema: Schema, direction: "request" | "response"): Binding {
	const members = new Map<string, Member>();
	const visit = (part: Schema, prefix: string, depth: number): void => {
		for (const property of properties(part)) {
			const hidden = direction === "request" ? property.readOnly : property.writeOnly;
			if (hidden || depth > DEPTH_MAX) continue;
			const required = direction === "request" ? { required: property.required } : {};
			members.set(`${prefix}${property.name}`, { schema: property.schema, ...required });
			visit(property.schema, `${prefix}${property.name}.`, depth + 1);
			const element = items(property.schema);
			if (element !== undefined) visit(element, `${prefix}${property.name}[].`, depth + 1);
		}
	};
	const element = typesOf(schema).includes("array") ? items(schema) : undefined;
	visit(element ?? schema, "", 0);
	return {
		rule: "page-field",
		noun: "field",
		members,
		isOpen: members.size === 0,
		isInput: direction === "request",
		isLabelled: false,
	};
}

/** By its name, by its path with or without brackets, or by its last name where only one has it. */
export function memberNamed(members: ReadonlyMap<string, Member>, name: string): Member | undefined {
	const own = members.get(name) ?? members.get(name.toLowerCase());
	if (own !== undefined) return own;
	const plain = (path: string): string => path.replaceAll(/\[\d*\]|\*/g, "").replaceAll("..", ".");
	const byPath = [...members].find(([path]) => plain(path) === plain(name));
	if (byPath !== undefined) return byPath[1];
	const inner = [...members].filter(([path]) => path.endsWith(`.${name}`));
	return inner.length === 1 ? inner[0]?.[1] : undefined;
}

import { type Expression, type Node, type ObjectExpression, type Property, parse } from "acorn";
import type { Json } from "../../http/exchange.ts";
import type { Passage } from "../block.ts";
import { type Example, escapePointer, nearest } from "../example.ts";
import { parsePagePath } from "../page-path.ts";
import type { Snippet, SnippetBody, SnippetHeader } from "./snippet.ts";

/** Stands for what only the running program knows. */
const UNKNOWN = "…";
const DEPTH_MAX = 60;

/**
 * The requests that calls of `fetch` in JavaScript make, as far as their arguments stand there. Nothing is run.
 *
 * @example parseFetch(passageOf([{ text: "await fetch('https://a.example/pets', { method: 'POST' })", line: 1 }]))[0]?.method // "POST"
 */
export function parseFetch(passage: Passage): readonly Snippet[] {
	const root = parseProgram(passage.text);
	if (root === undefined) return [];
	return callsIn(root, 0).flatMap((call) => snippetOf(call, passage) ?? []);
}

/** Several calls of one page often declare the same name; each statement may then stand alone. */
function parseProgram(text: string): Node | undefined {
	for (const sourceType of ["module", "script"] as const) {
		try {
			return parse(
				text.replaceAll(/\b(?:const|let) /g, (word) => "var".padEnd(word.length)),
				{
					ecmaVersion: "latest",
					sourceType,
					allowAwaitOutsideFunction: true,
					allowReturnOutsideFunction: true,
				},
			);
		} catch {
			// It may be the other kind of program, or none.
		}
	}
	return undefined;
}

interface Call extends Node {
	readonly arguments: readonly Node[];
}

function callsIn(value: unknown, depth: number): readonly Call[] {
	if (depth > DEPTH_MAX || typeof value !== "object" || value === null) return [];
	if (Array.isArray(value)) return value.flatMap((item) => callsIn(item, depth + 1));
	const inner = Object.values(value).flatMap((child) => callsIn(child, depth + 1));
	return isFetch(value) ? [value, ...inner] : inner;
}

function isFetch(value: object): value is Call {
	const { type, callee } = value as {
		type?: string;
		callee?: { type?: string; name?: string; property?: { name?: string } };
	};
	if (type !== "CallExpression") return false;
	return callee?.name === "fetch" || (callee?.type === "MemberExpression" && callee.property?.name === "fetch");
}

function snippetOf(call: Call, passage: Passage): Snippet | undefined {
	const [url, options] = call.arguments as readonly (Expression | undefined)[];
	const address = url === undefined ? undefined : evaluate(url);
	if (typeof address !== "string" || !address.includes("/")) return undefined;
	const given = options?.type === "ObjectExpression" ? propertiesOf(options) : new Map<string, Property>();
	if (options !== undefined && options.type !== "ObjectExpression") return undefined;
	const method = evaluateNamed(given, "method");
	// A method that only the program knows makes any request.
	if (given.has("method") && (typeof method !== "string" || method === UNKNOWN)) return undefined;
	const body = bodyOf(given.get("body"), passage);
	return {
		source: "fetch",
		method: typeof method === "string" ? method.toUpperCase() : "GET",
		path: parsePagePath(address.startsWith(UNKNOWN) ? `<base>${address.slice(UNKNOWN.length)}` : address),
		headers: headersOf(given.get("headers"), passage),
		...(body === undefined ? {} : { body }),
		line: passage.lineAt(call.start),
	};
}

function propertiesOf(node: ObjectExpression): ReadonlyMap<string, Property> {
	const named = node.properties.flatMap((property): [string, Property][] => {
		if (property.type !== "Property") return [];
		const { key } = property;
		const name = key.type === "Identifier" && !property.computed ? key.name : evaluate(key as Expression);
		return typeof name === "string" ? [[name, property]] : [];
	});
	return new Map(named);
}

function evaluateNamed(properties: ReadonlyMap<string, Property>, name: string): Json | undefined {
	const property = properties.get(name);
	return property === undefined ? undefined : evaluate(property.value);
}

function headersOf(property: Property | undefined, passage: Passage): readonly SnippetHeader[] {
	if (property?.value.type !== "ObjectExpression") return [];
	return [...propertiesOf(property.value)].map(([name, member]) => ({
		name,
		value: String(evaluate(member.value)),
		line: passage.lineAt(member.start),
	}));
}

function bodyOf(property: Property | undefined, passage: Passage): SnippetBody | undefined {
	if (property === undefined) return undefined;
	const line = passage.lineAt(property.start);
	const written = writtenJson(property.value);
	return written === undefined ? { line } : { line, example: exampleOf(written, passage) };
}

/** The argument of `JSON.stringify`. */
function writtenJson(node: Expression): Expression | undefined {
	if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
	const { object, property } = node.callee;
	const isStringify =
		object.type === "Identifier" &&
		object.name === "JSON" &&
		property.type === "Identifier" &&
		property.name === "stringify";
	const [argument] = node.arguments;
	return isStringify && argument?.type === "ObjectExpression" ? argument : undefined;
}

function exampleOf(node: Expression, passage: Passage): Example {
	const places = new Map<string, { readonly line: number; readonly elided: boolean }>();
	const value = evaluate(node, "", (pointer, part, elided) => {
		places.set(pointer, { line: passage.lineAt(part.start), elided });
	});
	return {
		value,
		lineOf: (pointer) => nearest(places, pointer)?.line ?? passage.lineAt(node.start),
		isElided: (pointer) => places.get(pointer)?.elided ?? false,
	};
}

type Visit = (pointer: string, node: Node, elided: boolean) => void;

/** What an expression is without running anything; what only running would tell is a placeholder. */
function evaluate(node: Expression, pointer = "", visit: Visit = () => {}): Json {
	const isPartial =
		(node.type === "ObjectExpression" && node.properties.some(({ type }) => type === "SpreadElement")) ||
		(node.type === "ArrayExpression" && node.elements.some((element) => element?.type === "SpreadElement"));
	visit(pointer, node, isPartial);
	switch (node.type) {
		case "Literal":
			return typeof node.value === "object" || typeof node.value === "bigint" ? null : (node.value ?? null);
		case "TemplateLiteral":
			return node.quasis.map(({ value }, index) => (index === 0 ? "" : UNKNOWN) + (value.cooked ?? "")).join("");
		case "UnaryExpression": {
			const inner = evaluate(node.argument);
			return node.operator === "-" && typeof inner === "number" ? -inner : UNKNOWN;
		}
		case "BinaryExpression": {
			if (node.operator !== "+" || node.left.type === "PrivateIdentifier") return UNKNOWN;
			return `${evaluate(node.left)}${evaluate(node.right)}`;
		}
		case "ArrayExpression":
			return node.elements.flatMap((element, index) =>
				element === null || element.type === "SpreadElement" ? [] : [evaluate(element, `${pointer}/${index}`, visit)],
			);
		case "ObjectExpression": {
			const members = [...propertiesOf(node)].map(([name, { value }]): [string, Json] => [
				name,
				evaluate(value, `${pointer}/${escapePointer(name)}`, visit),
			]);
			return Object.fromEntries(members);
		}
		default:
			return UNKNOWN;
	}
}

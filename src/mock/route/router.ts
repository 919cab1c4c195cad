import type { Operation } from "../../contract/contract.ts";
import { parsePathTemplate, type TemplateText } from "../../contract/path-template.ts";
import { decodePercent } from "../../http/percent.ts";
import { matchText } from "./match-text.ts";

/** Where a request leads. */
export type Routed =
	| { readonly kind: "found"; readonly operation: Operation; readonly path: Readonly<Record<string, string>> }
	| { readonly kind: "wrong-method"; readonly allowed: readonly string[] }
	| { readonly kind: "unknown-path" };

export interface Router {
	/** Method in upper case; path without its query, and the query without its question mark, both as they came. */
	find(method: string, path: string, query: string): Routed;
}

/** Templates that end here, those with more query constants first. */
interface Ending {
	readonly operation: Operation;
	/** The names of what was captured, in order. */
	readonly names: readonly string[];
	readonly constants: readonly (readonly [name: string, value: string])[];
	/** Query parameters without which it cannot be meant: of paths that only a fragment tells apart. */
	readonly demands: readonly string[];
}

interface Node {
	readonly fixed: Map<string, Node>;
	/** Partly fixed segments, the most telling first. */
	readonly partly: { readonly text: TemplateText; readonly node: Node }[];
	open: Node | undefined;
	readonly endings: Ending[];
}

/** No documented path is longer; a longer request leads nowhere. */
const SEGMENTS_MAX = 200;

/**
 * Makes a router: fixed segments go before partly fixed before wholly templated ones (OpenAPI 3.1, Paths Object).
 *
 * Ours and not find-my-way's, which hands captures out decoded (a style like `label` must be taken apart before), knows
 * no query constants in a path key, and reads `(`, `:` and `*` of a literal as its own.
 *
 * @example createRouter(contract.operations).find("GET", "/apps/a%2Fb", "") // { kind: "found", path: { app_id: "a%2Fb" }, … }
 */
export function createRouter(operations: readonly Operation[]): Router {
	const root = createNode();
	for (const operation of operations) add(root, operation);
	return {
		find: (method, path, query) => {
			const segments = path.slice(1).split("/", SEGMENTS_MAX + 1);
			if (segments.length > SEGMENTS_MAX) return { kind: "unknown-path" };
			const search: Search = { method, query, segments, captures: [], allowed: new Set() };
			const found = walk(root, 0, search);
			if (found !== undefined) return found;
			return search.allowed.size > 0
				? { kind: "wrong-method", allowed: [...search.allowed] }
				: { kind: "unknown-path" };
		},
	};
}

function createNode(): Node {
	return { fixed: new Map(), partly: [], open: undefined, endings: [] };
}

function add(root: Node, operation: Operation): void {
	const template = parsePathTemplate(operation.path);
	const names = template.segments.flat().flatMap((part) => (part.kind === "parameter" ? [part.name] : []));
	const constants = template.query.map(({ name, value }): [string, string] => [name, literalOf(value)]);
	const node = template.segments.reduce(nodeFor, root);
	node.endings.push({ operation, names, constants, demands: demandsOf(operation) });
	node.endings.sort((a, b) => b.constants.length + b.demands.length - a.constants.length - a.demands.length);
}

/** No fragment comes over the wire: of paths that differ in nothing else, what must be in the query tells which is meant. */
function demandsOf({ path, parameters }: Operation): readonly string[] {
	if (!path.includes("#")) return [];
	return parameters.flatMap(({ in: place, required, name }) => (place === "query" && required ? [name] : []));
}

function literalOf(text: TemplateText): string {
	return text.map((part) => (part.kind === "literal" ? part.text : "")).join("");
}

function nodeFor(node: Node, segment: TemplateText): Node {
	if (segment.every((part) => part.kind === "literal")) {
		const text = decodePercent(literalOf(segment)) ?? literalOf(segment);
		const next = node.fixed.get(text) ?? createNode();
		node.fixed.set(text, next);
		return next;
	}
	if (segment.length === 1) {
		node.open ??= createNode();
		return node.open;
	}
	const known = node.partly.find(({ text }) => shapeOf(text) === shapeOf(segment));
	if (known !== undefined) return known.node;
	const next = createNode();
	node.partly.push({ text: segment, node: next });
	node.partly.sort((a, b) => literalOf(b.text).length - literalOf(a.text).length);
	return next;
}

function shapeOf(text: TemplateText): string {
	return text.map((part) => (part.kind === "literal" ? part.text : "{}")).join("");
}

interface Search {
	readonly method: string;
	readonly query: string;
	readonly segments: readonly string[];
	readonly captures: string[];
	readonly allowed: Set<string>;
}

function walk(node: Node, depth: number, search: Search): Extract<Routed, { kind: "found" }> | undefined {
	const segment = search.segments[depth];
	if (segment === undefined) return finish(node, search);
	const fixed = node.fixed.get(decodePercent(segment) ?? segment);
	const straight = fixed === undefined ? undefined : walk(fixed, depth + 1, search);
	// A path that says more hides one that says less, whatever methods either has.
	if (straight !== undefined || segment === "" || search.allowed.size > 0) return straight;
	for (const { text, node: next } of node.partly) {
		const captured = matchText(text, segment);
		const found = captured === undefined ? undefined : walkCaptured(next, captured, { depth, search });
		if (found !== undefined || search.allowed.size > 0) return found;
	}
	return node.open === undefined ? undefined : walkCaptured(node.open, [segment], { depth, search });
}

function walkCaptured(
	node: Node,
	captured: readonly string[],
	{ depth, search }: { depth: number; search: Search },
): ReturnType<typeof walk> {
	search.captures.push(...captured);
	const found = walk(node, depth + 1, search);
	if (found === undefined) search.captures.length -= captured.length;
	return found;
}

function finish(node: Node, { method, query, captures, allowed }: Search): ReturnType<typeof walk> {
	for (const { operation, names, constants, demands } of node.endings) {
		if (constants.length > 0 && !hasConstants(query, constants)) continue;
		if (demands.length > 0 && operation.method === method && !hasNames(query, demands)) {
			allowed.add(method);
			continue;
		}
		if (operation.method !== method) allowed.add(operation.method);
		else {
			const path = Object.fromEntries(names.map((name, index) => [name, captures[index] ?? ""]));
			return { kind: "found", operation, path };
		}
	}
	return undefined;
}

function hasNames(query: string, names: readonly string[]): boolean {
	const given = new URLSearchParams(query);
	return names.every((name) => given.has(name));
}

function hasConstants(query: string, constants: Ending["constants"]): boolean {
	const given = new URLSearchParams(query);
	return constants.every(([name, value]) => (value === "" ? given.has(name) : given.get(name) === value));
}

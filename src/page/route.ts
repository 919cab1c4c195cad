import { distance } from "fastest-levenshtein";
import type { Contract, Operation } from "../contract/contract.ts";
import { compareTemplates, parsePathTemplate, type TemplateText } from "../contract/path-template.ts";
import type { PagePath, Segment } from "./page-path.ts";

/** What a document has where a page names an endpoint. */
export type Match =
	| {
			readonly kind: "found";
			readonly operation: Operation;
			/** Another one fits as well. */
			readonly isAmbiguous: boolean;
			readonly renamed: readonly Renamed[];
			readonly values: Values;
	  }
	/** The path is there, the method is not. */
	| { readonly kind: "other-method"; readonly path: string; readonly operations: readonly Operation[] }
	/** Nothing like it; perhaps this was meant. */
	| {
			readonly kind: "unknown";
			readonly near?: Operation;
			/** The last parameter of a path may hold slashes: nobody can tell. */
			readonly mayBeLonger: boolean;
	  };

export interface Renamed {
	readonly page: string;
	readonly document: string;
}

/** The text that a concrete path has in the place of each parameter. */
export type Values = ReadonlyMap<string, string>;

export interface Routes {
	find(method: string | undefined, path: PagePath): Match;
	/** Whether an address of a page may be this API's. */
	isOurs(path: PagePath): boolean;
	/** Whether a path begins like one of the document's. */
	isNear(path: PagePath): boolean;
}

interface Route {
	readonly path: string;
	readonly segments: readonly TemplateText[];
	/** Names of query constants that are a part of the path's key. */
	readonly query: readonly string[];
	readonly operations: readonly Operation[];
}

/**
 * Finds the operations that a page means. Paths may be written with the base path of a server before them or without.
 *
 * @param bases base addresses that the pages name
 */
export function createRoutes(contract: Contract, bases: readonly string[]): Routes {
	const byPath = Map.groupBy(contract.operations, ({ path }) => path);
	const routes = [...byPath]
		.toSorted(([left], [right]) => compareTemplates(left, right))
		.map(([path, operations]): Route => ({ path, ...templateOf(path), operations }));
	const named = [...contract.servers.map(({ url }) => url), ...bases];
	const prefixes = [...new Set(named.map(pathOf))].filter((prefix) => prefix !== "");
	const hosts = new Set(named.flatMap((url) => /^https?:\/\/([^/:?#]+)/.exec(url)?.[1] ?? []));
	const firsts = new Set(routes.map(({ segments }) => literalOf(segments[0]) ?? ""));
	const variants = (path: PagePath): readonly (readonly Segment[])[] => variantsOf(path, prefixes);
	return {
		find: (method, path) => {
			for (const segments of variants(path)) {
				const match = findRoute(routes, { segments, method, query: path.query.map(({ name }) => name) });
				if (match !== undefined) return match;
			}
			const near = nearestOf(routes, variants(path), method);
			const mayBeLonger = variants(path).some((segments) =>
				routes.some((route) => isBeginning(route.segments, segments)),
			);
			return { kind: "unknown", mayBeLonger, ...(near === undefined ? {} : { near }) };
		},
		isOurs: ({ host }) =>
			// A document without an address of its own may be at any.
			host === undefined ||
			hosts.size === 0 ||
			!/^https?:/.test(host) ||
			hosts.has(hostName(host)) ||
			isInvented(hostName(host)),
		isNear: (path) =>
			variants(path).some(([first]) => first?.kind === "text" && first.text !== "" && firsts.has(first.text)),
	};
}

function pathOf(url: string): string {
	return url
		.replace(/^https?:\/\/[^/]*/, "")
		.replace(/^\{[^}]*\}/, "")
		.replace(/[?#].*$/, "")
		.replace(/\/+$/, "");
}

function hostName(host: string): string {
	return host.replace(/^https?:\/\//, "").replace(/:\d+$/, "");
}

/** Hosts that stand for any: those that are reserved for it (RFC 2606, RFC 6761), and placeholders. */
function isInvented(host: string): boolean {
	return (
		/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/.test(host) ||
		/(?:^|\.)example(?:\.(?:com|org|net))?$|\.(?:test|invalid|localhost|example|local)$/.test(host) ||
		/[<>{}$…]|^(?:your|my)[-_.]|^YOUR_/.test(host)
	);
}

/** A slash at the end means nothing here; `:id` in a key is meant as a parameter, whatever OpenAPI says. */
function templateOf(path: string): Pick<Route, "segments" | "query"> {
	const { segments, query } = parsePathTemplate(path);
	const kept = segments.length > 1 && segments.at(-1)?.length === 0 ? segments.slice(0, -1) : segments;
	return {
		segments: kept.map((part) => {
			const name = /^:([A-Za-z_]\w*)$/.exec(literalOf(part) ?? "")?.[1];
			return name === undefined ? part : [{ kind: "parameter", name }];
		}),
		query: query.map(({ name }) => name),
	};
}

/** The path as it stands, without the base path of a server, and with it. */
function variantsOf(path: PagePath, prefixes: readonly string[]): readonly (readonly Segment[])[] {
	const own = path.segments;
	const others = prefixes.flatMap((prefix) => {
		const base = prefix.replace(/^\//, "").split("/");
		const hasBase = base.every((text, index) => own[index]?.kind === "text" && own[index].text === text);
		const longer = [...base.map((text): Segment => ({ kind: "text", text })), ...own];
		return hasBase ? [own.slice(base.length), longer] : [longer];
	});
	return [own, ...others];
}

function literalOf(segment: TemplateText | undefined): string | undefined {
	const [part, ...more] = segment ?? [];
	return part?.kind === "literal" && more.length === 0 ? part.text : undefined;
}

interface Wanted {
	readonly segments: readonly Segment[];
	readonly method: string | undefined;
	readonly query: readonly string[];
}

function findRoute(routes: readonly Route[], { segments, method, query }: Wanted): Match | undefined {
	const matching = routes.filter((route) => matches(route.segments, segments));
	// What stands there as it is written comes before what only fits; then whose names and whose query are there.
	const rank = (route: Route): readonly number[] => [
		concreteness(route.segments, segments),
		looseness(route.segments, segments),
		namesOf(route.segments, segments).renamed.length,
		route.query.filter((name) => !query.includes(name)).length,
		-route.query.length,
	];
	const ranked = matching.toSorted((a, b) => compareRanks(rank(a), rank(b)));
	for (const [index, route] of ranked.entries()) {
		const operation =
			method === undefined ? onlyOf(route.operations) : route.operations.find((one) => one.method === method);
		if (operation === undefined) continue;
		const isAmbiguous = ranked.some(
			(other, at) =>
				at !== index &&
				compareRanks(rank(route), rank(other)) === 0 &&
				other.operations.some((one) => one.method === operation.method),
		);
		return { kind: "found", operation, isAmbiguous, ...namesOf(route.segments, segments) };
	}
	const [first] = ranked;
	if (first === undefined) return undefined;
	// An example of a path may fit the parameter of another: only what is written as a template is certain.
	const isCertain = concreteness(first.segments, segments) === 0 || ranked.length === 1;
	if (method === undefined || !isCertain) return { kind: "other-method", path: first.path, operations: [] };
	return { kind: "other-method", path: first.path, operations: first.operations };
}

function compareRanks(left: readonly number[], right: readonly number[]): number {
	const at = left.findIndex((value, index) => value !== right[index]);
	return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** How many places are the same only without the form that they name. */
function looseness(template: readonly TemplateText[], segments: readonly Segment[]): number {
	return template.filter((part, index) => {
		const segment = segments[index];
		return segment?.kind === "text" && literalOf(part) !== undefined && literalOf(part) !== segment.text;
	}).length;
}

function onlyOf(operations: readonly Operation[]): Operation | undefined {
	return operations.length === 1 ? operations[0] : undefined;
}

function matches(template: readonly TemplateText[], segments: readonly Segment[]): boolean {
	return template.length === segments.length && template.every((part, index) => matchesSegment(part, segments[index]));
}

/** `/src/{commit}/{path}` may be meant by `/src/eefd5ef/tests/a.py`. */
function isBeginning(template: readonly TemplateText[], segments: readonly Segment[]): boolean {
	const last = template.at(-1);
	const isOpen = last !== undefined && last.length === 1 && last[0]?.kind === "parameter";
	const isConcrete = segments.slice(template.length - 1).every(({ kind }) => kind === "text");
	return (
		isOpen && isConcrete && segments.length > template.length && matches(template, segments.slice(0, template.length))
	);
}

function matchesSegment(part: TemplateText, segment: Segment | undefined): boolean {
	const literal = part.length === 0 ? "" : literalOf(part);
	if (segment === undefined) return false;
	if (literal !== undefined) return segment.kind === "text" && bare(segment.text) === bare(literal);
	return (
		segment.kind === "parameter" ||
		(segment.text !== "" && part.every((one) => one.kind === "parameter" || segment.text.includes(one.text)))
	);
}

/** Services that name a form in the path take the path without it as well. */
function bare(text: string): string {
	return text.replace(/\.(?:json|xml)$/, "");
}

/** How many places of a template are filled with a text. */
function concreteness(template: readonly TemplateText[], segments: readonly Segment[]): number {
	return template.filter(
		(part, index) => literalOf(part) === undefined && part.length > 0 && segments[index]?.kind === "text",
	).length;
}

function namesOf(
	template: readonly TemplateText[],
	segments: readonly Segment[],
): { readonly renamed: readonly Renamed[]; readonly values: Values } {
	const renamed: Renamed[] = [];
	const values = new Map<string, string>();
	for (const [index, part] of template.entries()) {
		const [parameter] = part;
		const segment = segments[index];
		if (parameter?.kind !== "parameter" || part.length > 1 || segment === undefined) continue;
		if (segment.kind === "text") values.set(parameter.name, segment.text);
		else if (plain(segment.name) !== plain(parameter.name))
			renamed.push({ page: segment.name, document: parameter.name });
	}
	return { renamed, values };
}

/** `app_id`, `appId` and `app-id` are one name: it never travels. */
function plain(name: string): string {
	return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

const DISTANCE_MAX = 3;

/** The operation whose path differs in a word or in how often one is repeated. */
function nearestOf(
	routes: readonly Route[],
	variants: readonly (readonly Segment[])[],
	method: string | undefined,
): Operation | undefined {
	let best: { readonly operation: Operation; readonly distance: number } | undefined;
	for (const { path, operations } of routes.slice(0, ROUTES_MAX)) {
		const shape = shapeOf(path.replace(/^\//, "").split("/"));
		for (const segments of variants) {
			const other = shapeOf(segments.map((one) => (one.kind === "text" ? one.text : "{}")));
			const found = distance(shape, other);
			const operation = operations.find((one) => one.method === method) ?? operations[0];
			if (found > DISTANCE_MAX || operation === undefined || (best !== undefined && best.distance <= found)) continue;
			best = { operation, distance: found };
		}
	}
	return best?.operation;
}

const ROUTES_MAX = 5_000;

function shapeOf(segments: readonly string[]): string {
	return segments.map((text) => (/^\{.*\}$/.test(text) ? "{}" : text)).join("/");
}

import type { Operation, Parameter } from "../../contract/contract.ts";
import { properties } from "../../schema/navigate.ts";
import type { Evidence } from "../evidence.ts";
import type { Resource } from "../resource.ts";
import { isSameWord, successSchema } from "./shown.ts";

/** What a list can be asked for: a part of it, those that match, an order, a text. */
export interface ListQuery {
	readonly pager?: Pager;
	readonly filters: readonly Filter[];
	readonly sort?: Asked;
	readonly search?: Asked;
}

/** How one reaches the next part of a list. A limit alone reaches none. */
export interface Pager {
	readonly style: "limit-offset" | "page" | "cursor" | "token" | "link";
	/** The parameters that say which part, and how long it is. */
	readonly parameters: readonly string[];
	/** The property of the answer that tells how many there are in all, or what comes next, as JSON Pointers. */
	readonly total?: string;
	readonly next?: string;
	readonly evidence: readonly Evidence[];
}

/** A parameter that bears the name of a field. */
export interface Filter {
	readonly parameter: string;
	readonly field: string;
	readonly evidence: readonly Evidence[];
}

export interface Asked {
	readonly parameters: readonly string[];
	readonly evidence: readonly Evidence[];
}

/** Names of the parameters of 7,716 lists, without case and separators; the most frequent first. */
const TOKEN = /^(?:page|next|continuation|sync)?token$|^continue$|^continuation$|^marker$/;
const CURSOR = /^(?:page)?cursor$|^(?:page)?(?:after|before)$|^(?:starting|ending)(?:after|before)$|^lastid$|^sinceid$/;
const PAGE = /^page(?:number|no|num|index)?$/;
const OFFSET = /^(?:page)?offset$|^skip$|^start(?:index|at)?$|^first(?:result|item)?$/;
const LIMIT =
	/^(?:page)?limit$|^(?:page|per|batch)?(?:page|size)$|^perpage$|^pagesize$|^itemsperpage$|^count$|^top$|^take$|^max(?:results|items)?$|^num(?:results)?$/;
const SORT = /^sort(?:by|order|dir(?:ection)?|field)?$|^order(?:by|direction)?$|^direction$/;
const SEARCH = /^(?:search|q|query|keywords?|text|term|searchterm)$/;

/**
 * What an operation that lists can be asked for, from the names of its query parameters and of the answer's properties.
 *
 * @example inferQuery(listUsers, users)?.pager // { style: "page", parameters: ["page", "per_page"], total: "/total", … }
 */
export function inferQuery(operation: Operation, resource: Resource | undefined): ListQuery {
	const asked = operation.parameters.filter(({ in: place }) => place === "query");
	const pager = pagerOf(operation, asked);
	const used = new Set(pager?.parameters ?? []);
	const others = asked.filter(({ name }) => !used.has(name));
	const sort = named(others, SORT);
	const search = named(others, SEARCH);
	const filters = others
		.filter(({ name }) => !SORT.test(plain(name)) && !SEARCH.test(plain(name)))
		.flatMap((parameter) => filterOf(parameter, resource));
	return {
		filters,
		...(pager === undefined ? {} : { pager }),
		...(sort === undefined ? {} : { sort }),
		...(search === undefined ? {} : { search }),
	};
}

/** `page[size]` → `pagesize`, `$top` → `top`. */
function plain(name: string): string {
	return name.toLowerCase().replaceAll(/[^a-z]/g, "");
}

function pagerOf(operation: Operation, asked: readonly Parameter[]): Pager | undefined {
	const way = wayOf(asked);
	const told = toldBy(operation);
	if (way === undefined)
		return told.link === undefined ? undefined : { style: "link", parameters: [], evidence: [told.link] };
	const limits = asked.filter((parameter) => LIMIT.test(plain(parameter.name)) && !way.leading.includes(parameter));
	const parameters = [...way.leading, ...limits].map(({ name }) => name);
	return { style: way.style, parameters, ...told.places, evidence: way.leading.map(evidenceOf) };
}

interface Way {
	readonly style: Pager["style"];
	readonly leading: readonly Parameter[];
}

/** A token or cursor says most: beside one, a page or an offset is a remainder. */
function wayOf(asked: readonly Parameter[]): Way | undefined {
	const ways = [
		["token", TOKEN],
		["cursor", CURSOR],
		["page", PAGE],
		["limit-offset", OFFSET],
	] as const;
	for (const [style, pattern] of ways) {
		const leading = asked.filter(({ name }) => pattern.test(plain(name)));
		const isDate = leading.some(({ schema }) => schema !== undefined && isTime(schema));
		if (leading.length > 0 && !isDate) return { style, leading };
	}
	return undefined;
}

/** `after` and `before` may be days. */
function isTime(schema: NonNullable<Parameter["schema"]>): boolean {
	const node = typeof schema.node === "object" ? schema.node : {};
	return node.format === "date" || node.format === "date-time";
}

function evidenceOf({ name, description, source }: Parameter): Evidence {
	const text = description?.split(/(?<=[.!?])\s/)[0];
	const says = text !== undefined && /\b(?:page|offset|skip|cursor|token|next|start|results?|items?)\b/i.test(text);
	return says ? { kind: "words", text, source } : { kind: "convention", text: `a parameter called ${name}`, source };
}

interface Told {
	readonly places: Pick<Pager, "total" | "next">;
	readonly link?: Evidence;
}

/** Where the answer tells the whole number, or the next part: in a property, one level of `meta` included, or a header. */
function toldBy(operation: Operation): Told {
	const schema = successSchema(operation);
	const top = schema === undefined ? [] : properties(schema);
	const inner = top
		.filter(({ name }) => /^(?:meta|metadata|pagination|paging|page|links|_links)$/i.test(name))
		.flatMap((outer) => properties(outer.schema).map(({ name }) => ({ name, at: `/${outer.name}/${name}` })));
	const all = [...top.map(({ name }) => ({ name, at: `/${name}` })), ...inner];
	const total = all.find(({ name }) => /^total(?:count|items|results|elements|size)?$/.test(plain(name)));
	const next = all.find(({ name }) =>
		/^next(?:page|cursor|link|url|token|pagetoken|href)?$|^odatanextlink$/.test(plain(name)),
	);
	const header = operation.responses.find(({ headers }) => headers.some(({ name }) => name.toLowerCase() === "link"));
	const isLink = next !== undefined && /(?:link|url|href)$/.test(plain(next.name));
	const link: Evidence | undefined =
		header !== undefined
			? { kind: "schema", text: "a Link header is documented, RFC 8288", source: header.source }
			: isLink
				? { kind: "schema", text: `the answer has ${next.at}`, source: operation.source }
				: undefined;
	return {
		places: { ...(total === undefined ? {} : { total: total.at }), ...(next === undefined ? {} : { next: next.at }) },
		...(link === undefined ? {} : { link }),
	};
}

function named(asked: readonly Parameter[], pattern: RegExp): Asked | undefined {
	const found = asked.filter(({ name }) => pattern.test(plain(name)));
	return found.length === 0
		? undefined
		: { parameters: found.map(({ name }) => name), evidence: found.map(evidenceOf) };
}

/** `status`, or `filter[status]`, is a filter when an item has such a field; with an operator behind it, it is another. */
function filterOf(parameter: Parameter, resource: Resource | undefined): readonly Filter[] {
	const inner = /^filters?\[([^\]]+)\]$/.exec(parameter.name)?.[1] ?? parameter.name;
	const field =
		[...(resource?.fields.keys() ?? [])].find((name) => name === inner) ??
		[...(resource?.fields.keys() ?? [])].find((name) => isSameWord(name, inner));
	if (field === undefined) return [];
	return [
		{
			parameter: parameter.name,
			field,
			evidence: [{ kind: "schema", text: `${parameter.name} bears the name of a field`, source: parameter.source }],
		},
	];
}

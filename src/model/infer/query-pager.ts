import type { Operation, Parameter } from "../../contract/contract.ts";
import { annotation, examples, properties, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Evidence } from "../evidence.ts";
import type { Echo, Pager, Sizes } from "../query/pager.ts";
import { CURSOR, evidenceOf, LIMIT, OFFSET, PAGE, plain, TOKEN } from "./query-names.ts";
import { escapePointer, successSchema } from "./shown.ts";

const ABOUT = /\b(?:pages?|offset|skip|cursor|token|next|start|results?|items?|records?|entries)\b/i;

/** How the parts of a list are reached; undefined where nothing says that it has any. */
export function inferPager(operation: Operation, asked: readonly Parameter[]): Pager | undefined {
	const [way, ...beside] = waysOf(asked);
	if (way === undefined) {
		const { link, places, hasHeader } = toldBy(operation);
		if (link === undefined) return undefined;
		return { ...PLAIN, style: "link", parameters: [], ...places, links: hasHeader, evidence: [link] };
	}
	const counts = asked.filter((parameter) => isCount(parameter, way));
	const leading = way.leading.filter((parameter) => !counts.includes(parameter));
	const named = asked.filter((parameter) => LIMIT.test(plain(parameter.name)) && !leading.includes(parameter));
	const limits = [...counts, ...named];
	const others = beside
		.flatMap((one) => one.leading)
		.flatMap(({ name }) => (limits.some((limit) => limit.name === name) ? [] : [name]));
	const at = leading.find(({ name }) => !/before$/.test(plain(name))) ?? leading[0];
	return {
		...pagerOf(operation, { style: way.style, at, limit: limits[0] }),
		parameters: [...leading, ...limits].map(({ name }) => name),
		...(others.length === 0 ? {} : { others }),
		evidence: [...leading, ...limits].map((parameter) => evidenceOf(parameter, ABOUT)),
	};
}

/** The first so many: beside a parameter that says where a part begins, `first` says how long it is. */
function isCount(parameter: Parameter, { leading }: Way): boolean {
	return plain(parameter.name) === "first" && leading.some((other) => other !== parameter);
}

/** The pager that these parameters are, with what the answer tells of its parts. */
export function pagerOf(
	operation: Operation,
	{ style, at, limit }: { style: Pager["style"]; at: Parameter | undefined; limit: Parameter | undefined },
): Pager {
	const told = toldBy(operation);
	const parameters = [at, limit].filter((parameter) => parameter !== undefined);
	return {
		...PLAIN,
		style,
		parameters: parameters.map(({ name }) => name),
		...(at === undefined ? {} : { at: at.name }),
		...(limit === undefined ? {} : { size: limit.name }),
		...(at === undefined ? {} : baseOf(style, at)),
		sizes: sizesOf(operation, limit),
		cursor: style === "cursor" && isKey(at, told.places.next) ? "key" : "token",
		...told.places,
		links: told.hasHeader,
		evidence: [],
	};
}

const PLAIN: Omit<Pager, "style" | "parameters" | "evidence"> = {
	kind: "pager",
	base: 0,
	sizes: { min: 1 },
	cursor: "token",
	echoes: [],
	links: false,
	does: "as-documented",
};

interface Way {
	readonly style: Pager["style"];
	readonly leading: readonly Parameter[];
}

/** A token or cursor says most: beside one, a page or an offset is a remainder. */
function waysOf(asked: readonly Parameter[]): readonly Way[] {
	const ways = [
		["token", TOKEN],
		["cursor", CURSOR],
		["page", PAGE],
		["limit-offset", OFFSET],
	] as const;
	return ways.flatMap(([style, pattern]): readonly Way[] => {
		// An object that holds a cursor, or a page and its size, is asked for in a way of its own.
		const leading = asked.filter(({ name, schema }) => pattern.test(plain(name)) && !isObject(schema));
		const isDate = leading.some(({ schema }) => schema !== undefined && isTime(schema));
		return leading.length > 0 && !isDate ? [{ style, leading }] : [];
	});
}

function isObject(schema: Schema | undefined): boolean {
	return schema !== undefined && typesOf(schema).includes("object");
}

/** `after` and `before` may be days. */
function isTime(schema: Schema): boolean {
	const format = annotation(schema, "format");
	return format === "date" || format === "date-time";
}

/** `starting_after` names an item where the answer tells no cursor. */
function isKey(at: Parameter | undefined, next: string | undefined): boolean {
	if (at === undefined || next !== undefined) return false;
	return (
		/^(?:starting|ending)(?:after|before)$|^lastid$|^sinceid$/.test(plain(at.name)) ||
		/\bid\b/i.test(at.description ?? "")
	);
}

/** Pages are counted from 1 and items from 0 where nothing says otherwise. */
function baseOf(style: Pager["style"], at: Parameter): Pick<Pager, "base" | "baseIsUsual"> {
	const said = saidBase(at);
	if (said !== undefined) return { base: said };
	if (style !== "page" && style !== "limit-offset") return { base: 0 };
	// What is least may be admitted and mean nothing: that a page may be 0 does not say that pages begin there.
	const least = at.schema === undefined ? undefined : annotation(at.schema, "minimum");
	const base = style === "page" && least !== 0 ? 1 : 0;
	// An offset is by its name how many are left out.
	return style === "page" || !/offset|skip/i.test(at.name) ? { base, baseIsUsual: true } : { base };
}

function saidBase({ description = "", schema }: Parameter): 0 | 1 | undefined {
	const words = description.replaceAll(/[`*_"“”]/g, "");
	if (FROM_ZERO.test(words)) return 0;
	if (FROM_ONE.test(words)) return 1;
	if (schema === undefined) return undefined;
	if (annotation(schema, "minimum") === 1) return 1;
	const [example] = [annotation(schema, "default"), ...examples(schema)].filter((one) => one === 0 || one === 1);
	return example === 0 || example === 1 ? example : undefined;
}

const FROM_ZERO =
	/\b(?:zero|0)[- ]?(?:based|indexed)\b|\b(?:start(?:s|ing)?|begin(?:s|ning)?|count(?:s|ed|ing)?) (?:at|from|with) (?:page |item )?(?:zero|0)\b|\bfirst page is (?:zero|0)\b/i;
const FROM_ONE =
	/\b(?:one|1)[- ]?(?:based|indexed)\b|\b(?:start(?:s|ing)?|begin(?:s|ning)?|count(?:s|ed|ing)?) (?:at|from|with) (?:page |item )?(?:one|1)\b|\bfirst (?:page|item|result) is (?:one|1)\b/i;

function sizesOf(operation: Operation, limit: Parameter | undefined): Sizes {
	const { description = "", schema } = limit ?? {};
	const words = [description, operation.description ?? ""].join(" ");
	const least = schema === undefined ? undefined : integer(annotation(schema, "minimum"));
	const usual = (schema === undefined ? undefined : integer(annotation(schema, "default"))) ?? said(description, USUAL);
	const most = (schema === undefined ? undefined : integer(annotation(schema, "maximum"))) ?? said(description, MOST);
	const fixed = limit === undefined ? said(words, FIXED) : undefined;
	return {
		min: Math.max(1, least ?? 1),
		...(usual === undefined && fixed === undefined ? {} : { default: usual ?? fixed ?? 1 }),
		...(most === undefined ? {} : { max: most }),
		...(CAPPED.test(description) ? { caps: true } : {}),
	};
}

const USUAL = /\b(?:defaults? (?:to|is|value is|of)|default:) ?(\d{1,6})\b|\b(\d{1,6}) by default\b/i;
const MOST =
	/\b(?:max(?:imum)?(?: (?:is|of|value is|allowed is))?:?|at most|up to|no more than|capped at) ?(\d{1,6})\b/i;
const FIXED = /\b(\d{1,4}) (?:items|results|entries|records|\w+) (?:per|on (?:a|each|every)) page\b/i;
const CAPPED = /\b(?:capped|clamped|reduced|truncated|lowered|treated as the max)/i;

function said(text: string, pattern: RegExp): number | undefined {
	const found = pattern.exec(text);
	const number = found?.slice(1).find((group) => group !== undefined);
	return number === undefined ? undefined : Number(number);
}

function integer(value: unknown): number | undefined {
	return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}

interface Told {
	readonly places: Pick<Pager, "total" | "totalHeader" | "next" | "nextKind" | "more" | "echoes">;
	readonly hasHeader: boolean;
	readonly link?: Evidence;
}

interface Spot {
	readonly name: string;
	/** JSON Pointer. */
	readonly at: string;
	readonly schema: Schema;
}

const NEXT = /^next(?:page|cursor|link|url|uri|token|pagetoken|href|offset)?$|^odatanextlink$|^(?:end)?cursor$/;
const TOTAL = /^total(?:count|items|results|elements|size|records|hits)?$/;
const MORE = /^(?:has(?:more|next|nextpage|moreresults)|more|istruncated|truncated)$/;
const OUTER = /^(?:meta|metadata|pagination|paging|page|links|_links|pageinfo|page_info)$/i;

/** What the answer tells of its part: in a property, in one of `meta`, or in a header. */
function toldBy(operation: Operation): Told {
	const all = spotsIn(successSchema(operation));
	const isNumber = ({ schema }: Spot): boolean =>
		typesOf(schema).some((type) => type === "integer" || type === "number");
	const total = all.find((spot) => TOTAL.test(plain(spot.name)) && isNumber(spot) && !isSum(spot));
	const next = all.find(({ name, schema }) => NEXT.test(plain(name)) && !typesOf(schema).includes("boolean"));
	const more = all.find(({ name, schema }) => MORE.test(plain(name)) && typesOf(schema).includes("boolean"));
	const header = operation.responses.find(({ headers }) => headers.some(({ name }) => name.toLowerCase() === "link"));
	const totalHeader = totalHeaderOf(operation);
	const nextKind = next === undefined ? undefined : kindOfNext(next);
	const link: Evidence | undefined =
		header !== undefined
			? { kind: "schema", text: "a Link header is documented, RFC 8288", source: header.source }
			: nextKind === "url"
				? { kind: "schema", text: `the answer has ${next?.at}`, source: operation.source }
				: undefined;
	return {
		places: {
			...(total === undefined ? {} : { total: total.at }),
			...(totalHeader === undefined ? {} : { totalHeader }),
			...(next === undefined || nextKind === undefined ? {} : { next: next.at, nextKind }),
			...(more === undefined ? {} : { more: more.at }),
			echoes: all.filter(isNumber).flatMap(echoOf),
		},
		hasHeader: header !== undefined,
		...(link === undefined ? {} : { link }),
	};
}

/** `X-Total-Count`: a documented header of the answer that counts all items. */
function totalHeaderOf({ responses }: Operation): string | undefined {
	const headers = responses.filter(({ status }) => status.startsWith("2")).flatMap((response) => response.headers);
	const found = headers.find(({ name, description = "", schema }) => {
		const isCount = schema === undefined || typesOf(schema).some((type) => type === "integer" || type === "number");
		return TOTAL_HEADER.test(name) && isCount && !OTHER_SUM.test(description);
	});
	return found?.name.toLowerCase();
}

const TOTAL_HEADER = /^x-(?:pagination-)?total(?:-(?:count|items|results|records))?$/i;

/** A total of something else than items, or of more than those that match. */
function isSum({ schema }: Spot): boolean {
	const description = annotation(schema, "description");
	if (typeof description !== "string") return false;
	return OTHER_SUM.test(description);
}

const OTHER_SUM = /\b(?:amount|price|sum|cost|balance|value|regardless|unfiltered|before filter\w*|ignoring)\b/i;

function spotsIn(schema: Schema | undefined): readonly Spot[] {
	const top = schema === undefined ? [] : properties(schema);
	const inner = top
		.filter(({ name }) => OUTER.test(name))
		.flatMap((outer) =>
			properties(outer.schema).flatMap(({ name, schema: own }): readonly Spot[] => {
				const at = `/${escapePointer(outer.name)}/${escapePointer(name)}`;
				const href = properties(own).find((one) => one.name === "href");
				return href === undefined ? [{ name, at, schema: own }] : [{ name, at: `${at}/href`, schema: href.schema }];
			}),
		);
	return [...top.map(({ name, schema: own }) => ({ name, at: `/${escapePointer(name)}`, schema: own })), ...inner];
}

function kindOfNext({ name, at, schema }: Spot): NonNullable<Pager["nextKind"]> {
	const format = annotation(schema, "format");
	if (/(?:link|url|uri|href)$/.test(plain(name)) || at.endsWith("/href") || /^\/_?links\//i.test(at)) return "url";
	if (format === "uri" || format === "url" || format === "uri-reference") return "url";
	return typesOf(schema).includes("integer") ? "number" : "token";
}

const ECHOES: readonly (readonly [RegExp, Echo["says"]])[] = [
	[/^(?:page)?limit$|^perpage$|^pagesize$|^itemsperpage$|^size$/, "size"],
	[/^(?:page)?offset$|^skip$|^startindex$/, "offset"],
	[/^(?:current)?page(?:number|no|num|index)?$/, "page"],
	[/^(?:total|num|number|last|page)?pages?count$|^(?:total|num)pages$|^pages$|^lastpage$/, "pages"],
	[/^count$|^numberofelements$|^returned$/, "shown"],
];

function echoOf({ name, at }: Spot): readonly Echo[] {
	const says = ECHOES.find(([pattern]) => pattern.test(plain(name)))?.[1];
	return says === undefined ? [] : [{ at, says }];
}

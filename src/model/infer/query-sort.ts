import type { Operation, Parameter } from "../../contract/contract.ts";
import { annotation, enumeration, examples, items } from "../../schema/navigate.ts";
import type { Evidence } from "../evidence.ts";
import { type Ask, type Order, parseOrder, type Sort } from "../query/sort.ts";
import type { Resource } from "../resource.ts";
import { CREATED, evidenceOf, plain, SORT } from "./query-names.ts";
import { sentencesOf } from "./words.ts";

const DIRECTIONS = /^(?:asc|desc|ascending|descending)$/i;
const ABOUT = /\b(?:sort\w*|order\w*|field|direction|ascending|descending|asc|desc)\b/i;

/** The orders that a list can be asked for, and the one that it has where nobody asks. */
export function inferSort(operation: Operation, asked: readonly Parameter[], resource: Resource): Sort | undefined {
	const found = asked.filter(({ name }) => SORT.test(plain(name)));
	const direction = found.find((one) => isDirection(one, found));
	const by = found.find((one) => one !== direction);
	const fields = [...resource.fields.keys()];
	const worded = wordedOrder(operation, resource);
	const usual = by === undefined ? undefined : usualOrder(by, direction, fields);
	const standard = worded?.order ?? usual;
	if (found.length === 0 && standard === undefined) return undefined;
	return {
		kind: "sort",
		parameters: found.map(({ name }) => name),
		...(by === undefined ? {} : { by: by.name }),
		...(direction === undefined ? {} : { direction: direction.name }),
		fields,
		asks: by === undefined ? [] : asksOf(by, direction, { fields }),
		...(standard === undefined ? {} : { standard }),
		...(directionDefault(direction) === undefined ? {} : { descends: directionDefault(direction) === true }),
		does: "as-documented",
		evidence: [...found.map((one) => evidenceOf(one, ABOUT)), ...(worded === undefined ? [] : [worded.evidence])],
	};
}

function isDirection(parameter: Parameter, all: readonly Parameter[]): boolean {
	const { name, schema } = parameter;
	const values = schema === undefined ? undefined : enumeration(schema);
	if (values !== undefined) return values.length > 0 && values.every((value) => DIRECTIONS.test(String(value)));
	return all.length > 1 && /dir(?:ection)?$|order$/.test(plain(name));
}

function directionDefault(direction: Parameter | undefined): boolean | undefined {
	const usual = direction?.schema === undefined ? undefined : annotation(direction.schema, "default");
	return typeof usual === "string" ? /^d/i.test(usual) : undefined;
}

function usualOrder(by: Parameter, direction: Parameter | undefined, fields: readonly string[]): Order | undefined {
	const usual = by.schema === undefined ? undefined : annotation(by.schema, "default");
	return typeof usual === "string" ? parseOrder(usual, fields, directionDefault(direction)) : undefined;
}

/** Every order that the document names, or that is given, as it is asked for. */
export function asksOf(
	by: Parameter,
	direction: Parameter | undefined,
	{ fields, given }: { fields: readonly string[]; given?: readonly string[] | undefined },
): readonly Ask[] {
	const element = by.schema === undefined ? undefined : (items(by.schema) ?? by.schema);
	const values = element === undefined ? undefined : enumeration(element);
	const texts = given ?? values?.filter((value) => typeof value === "string") ?? spelled(by, fields);
	const named = texts.flatMap((text): readonly Ask[] => {
		const order = parseOrder(text, fields, undefined);
		return order === undefined ? [] : [{ ...order, query: { [by.name]: text } }];
	});
	if (direction === undefined) return given !== undefined || tellsDirection(by, texts) ? named : [];
	const directions = direction.schema === undefined ? undefined : enumeration(direction.schema);
	const words = (directions ?? ["asc", "desc"]).map(String).filter((word) => DIRECTIONS.test(word));
	return named.flatMap((ask) =>
		words.map((word) => ({ ...ask, descending: /^d/i.test(word), query: { ...ask.query, [direction.name]: word } })),
	);
}

/** Where only fields are named, "by date" may begin with the last. */
function tellsDirection({ description = "" }: Parameter, texts: readonly string[]): boolean {
	return texts.some((text) => /^[+-]|[^a-z](?:asc|desc)/i.test(text)) || /\bascending\b/i.test(description);
}

/** Where no list of orders is given: the fields that words or examples name, with the signs that they explain. */
function spelled(by: Parameter, fields: readonly string[]): readonly string[] {
	const { description = "", schema } = by;
	const given = schema === undefined ? [] : examples(schema);
	const shown = [...by.examples.map(({ value }) => value), ...given].filter((value) => typeof value === "string");
	const named = fields.filter((name) =>
		new RegExp(`(?:^|[^\\w])${name.replaceAll(/[^\w]/g, "\\$&")}(?:$|[^\\w])`).test(description),
	);
	const isSigned = /(?:^|[\s`'"(])-\w|\bminus\b|`-`|'-'|"-"|\bhyphen\b/.test(description);
	const isColoned = /:(?:asc|desc)\b/i.test(description);
	const spellings = named.flatMap((name) =>
		isColoned ? [`${name}:asc`, `${name}:desc`] : isSigned ? [name, `-${name}`] : [name],
	);
	return [...new Set([...shown, ...spellings])];
}

const LIMITING = /\b(?:may|might|not|unless|if|when|depend\w*|undefined|arbitrary|optional\w*)\b/i;
const NEWEST =
	/\b(?:newest|latest|most recent(?:ly (?:created|added))?|youngest)[\w ]{0,20} first\b|\breverse chronological\b|\bfrom newest to oldest\b/i;
const OLDEST = /\b(?:oldest|earliest)[\w ]{0,20} first\b|\bin chronological order\b|\bfrom oldest to newest\b/i;
const ORDERED =
	/\b(?:sorted|ordered) (?:in (ascending|descending) order )?(?:of|by) (?:the )?[`'"*]*([\w.-]+)[`'"*]*(?:[\s,(]+(?:in )?(ascending|descending|asc|desc|newest|latest|highest|largest|most recent))?/i;

/** Names of times that are those of an item's beginning, whatever it is called there. */
const BEGUN =
	/^(?:at|time|timestamp|when)$|^(?:added|joined|sent|occurred|posted|logged|recorded|received|issued|opened|submitted)(?:at|on|date|time)?$/;

/** The only time of an item that a server sets, where its name is that of a beginning. */
function timeOfBeginning(fields: Resource["fields"]): string | undefined {
	const times = [...fields.values()].filter(
		({ owner, schema }) => owner !== "client" && annotation(schema, "format") === "date-time",
	);
	return times.length === 1 ? times.find(({ name }) => BEGUN.test(plain(name)))?.name : undefined;
}

/** "Newest first", "sorted by name": in a sentence that is not limited. */
function wordedOrder(operation: Operation, { fields }: Resource): { order: Order; evidence: Evidence } | undefined {
	for (const { text, evidence } of sentencesOf(operation)) {
		if (LIMITING.test(text)) continue;
		const ordered = ORDERED.exec(text);
		const field =
			ordered === null ? undefined : [...fields.keys()].find((name) => plain(name) === plain(ordered[2] ?? ""));
		const isTime = NEWEST.test(text) || OLDEST.test(text);
		if (field !== undefined) {
			const descending = /^(?:d|new|lat|high|larg|most)/i.test(ordered?.[1] ?? ordered?.[3] ?? "") || NEWEST.test(text);
			return { order: { field, descending }, evidence };
		}
		if (isTime) return { order: { ...byCreation(fields), descending: NEWEST.test(text) }, evidence };
	}
	return undefined;
}

/** By the field that says when an item was made; else as they were made, which another time may show. */
function byCreation(fields: Resource["fields"]): Pick<Order, "field" | "toldBy"> {
	const field = [...fields.keys()].find((name) => CREATED.test(plain(name)));
	const toldBy = timeOfBeginning(fields);
	if (field !== undefined) return { field };
	return toldBy === undefined ? {} : { toldBy };
}

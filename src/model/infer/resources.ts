import { annotation, resolve, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Evidence } from "../evidence.ts";
import type { Resource } from "../resource.ts";
import { fieldsOf } from "./fields.ts";
import { keyOf } from "./key.ts";
import { kindByReading } from "./kind.ts";
import { keyLinkOf } from "./leads.ts";
import type { Place } from "./path-shape.ts";
import { withRuledFields } from "./ruled-fields.ts";
import { bodySchema, listAt, listIn, oneIn, propertiesOf, type Shown, singular, successSchema } from "./shown.ts";
import type { Spot, Spots } from "./spots.ts";
import { objectNames } from "./subject.ts";
import { sentencesOf, verbOf } from "./words.ts";

/** The resource at a spot, or undefined when nothing there holds state: an action, an answer of another kind. */
export function inferResource(
	spot: Spot,
	{ spots, guesses }: { readonly spots: Spots; readonly guesses: boolean },
): Resource | undefined {
	const shown = shownAt(spot);
	const kind = kindOf(spot, shown, spots);
	if (kind === undefined) return undefined;
	const parent = spot.parent === undefined ? undefined : spots.get(spot.parent);
	const itemPath = spot.items[0]?.operation.path;
	return {
		name: spot.name,
		kind,
		path: spot.own[0]?.operation.path ?? itemPath?.replace(/\/[^/]*$/, "") ?? spot.base,
		cascade: true,
		evidence: evidenceOf(spot, kind, shown),
		...keyAndFields(spot, kind, guesses),
		...schemaOf(kind, shown),
		...(parent === undefined ? {} : { parent: parent.name }),
		...(itemPath === undefined ? {} : { itemPath }),
		...(kind === "list" ? saidOfMembers(spot, shown) : {}),
		...(spot.own.length + spot.items.length === 0 ? { passedOnly: true } : {}),
	};
}

function keyAndFields(spot: Spot, kind: Resource["kind"], guesses: boolean): Pick<Resource, "fields" | "key"> {
	const fields: Resource["fields"] =
		kind === "set" || kind === "list" ? new Map() : withRuledFields(spot, fieldsOf(spot, kind, guesses));
	const key = kind === "singleton" ? undefined : keyOf(spot, fields);
	return key === undefined ? { fields } : { fields, key };
}

/** The schema of an item, or of a member. */
function schemaOf(kind: Resource["kind"], shown: Shown | undefined): Pick<Resource, "schema"> {
	const holdsValues = kind === "set" || kind === "list";
	return shown === undefined || (holdsValues && shown.kind === "one") ? {} : { schema: shown.schema };
}

/** What a spot's readers show: its list, else one item, else the list that its writers take. */
function shownAt(spot: Spot): Shown | undefined {
	const list = shownBy(spot.own, (schema) => listIn(schema, spot.name));
	const one = shownBy(spot.items, (schema) => oneIn(schema, spot.name));
	if (list !== undefined && one !== undefined && isPlain(list.schema)) return one;
	const body = spot.own.map(({ operation }) => bodySchema(operation)).find((schema) => schema !== undefined);
	return list ?? one ?? (body === undefined ? undefined : listAt(body, ""));
}

function shownBy(places: readonly Place[], find: (schema: Schema) => Shown | undefined): Shown | undefined {
	for (const { operation } of places) {
		const schema = operation.method === "GET" ? successSchema(operation) : undefined;
		const shown = schema === undefined ? undefined : find(schema);
		if (shown !== undefined) return shown;
	}
	return undefined;
}

function kindOf(spot: Spot, shown: Shown | undefined, spots: Spots): Resource["kind"] | undefined {
	const writers = spot.own.filter(({ operation }) => !SAFE.has(operation.method));
	const byList = shown?.kind === "list" ? kindOfList(spot, shown, writers) : undefined;
	if (byList !== undefined) return byList;
	if (spot.items.length > 0 || spot.own.length === 0 || spot.holds) return "collection";
	if (showsParent(spot, spots)) return undefined;
	return isSingleton(spot, writers) ? "singleton" : kindByReading(spot.own);
}

/** What is only posted to, and answers with the item that it stands in, changes that item and makes none of its own. */
function showsParent({ own, parent }: Spot, spots: Spots): boolean {
	const reader = spots.get(parent ?? "")?.items.find(({ operation }) => operation.method === "GET");
	const item = reader === undefined ? undefined : successSchema(reader.operation);
	if (item === undefined || own.some(({ operation }) => operation.method !== "POST")) return false;
	return own.every(({ operation }) => {
		const shown = successSchema(operation);
		return shown !== undefined && (resolve(shown) ?? shown).node === (resolve(item) ?? item).node;
	});
}

/** What stands where a list is shown; undefined where the list tells nothing. */
function kindOfList(spot: Spot, shown: Shown, writers: readonly Place[]): Resource["kind"] | undefined {
	if (shown.guessed === true && isPartOfOne(spot, shown)) return "singleton";
	if (isPlain(shown.schema) && !takesObjects([...spot.items, ...writers])) return shown.unique ? "set" : "list";
	if (spot.items.length > 0 || spot.own.length === 0) return "collection";
	if (isLog(spot, writers)) return "log";
	if (spot.holds) return "collection";
	if (isTable(shown.schema)) return "singleton";
	return isPlain(shown.schema) ? undefined : "collection";
}

/** `{ images: […] }` under a single noun is one thing that holds images, unless a sentence speaks of the images. */
function isPartOfOne({ base, own, items, holds }: Spot, { at }: Shown): boolean {
	const [segment = "", name = ""] = [base.split("/").at(-1), at.split("/").at(-1)];
	if (items.length > 0 || holds || singular(segment) !== segment) return false;
	const said = own.flatMap(({ operation }) => sentencesOf(operation));
	return !said.some((sentence) => verbOf(sentence.text) === "list" || objectNames(sentence, name));
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

function takesObjects(places: readonly Place[]): boolean {
	return places.some(({ operation }) => {
		const schema = SAFE.has(operation.method) ? undefined : bodySchema(operation);
		return schema !== undefined && propertiesOf(schema).length > 0;
	});
}

function isPlain(schema: Schema): boolean {
	const types = typesOf(schema);
	return types.length > 0 && types.every((type) => type !== "object" && type !== "array");
}

/** A list of lists is one value. */
function isTable(schema: Schema): boolean {
	const types = typesOf(schema);
	return types.length > 0 && types.every((type) => type === "array");
}

/** Names of what only the server adds to. */
const LOG =
	/(?:^|[-_.]|[a-z](?=[A-Z]))(?:logs?|audits?|audit\w*|events?|history|histories|activit(?:y|ies)|errors?|changes|changelog|journal|trail|traces?|visits?|deliveries|attempts?|transitions?)$/i;

/** Nobody adds to a log but the server; at most it can be emptied. */
function isLog({ base }: Spot, writers: readonly Place[]): boolean {
	const name = base.split("/").at(-1) ?? "";
	return (
		/(?:^|[-_.])logs?$/i.test(name) ||
		(LOG.test(name) && writers.every(({ operation }) => operation.method === "DELETE"))
	);
}

const SETS_ONE: ReadonlySet<string> = new Set(["PUT", "PATCH", "DELETE"]);

/** One value that is always there: it is read where it is written. */
function isSingleton({ own }: Spot, writers: readonly Place[]): boolean {
	const reads = own.some(({ operation }) => operation.method === "GET" && successSchema(operation) !== undefined);
	return reads && writers.some(({ operation }) => SETS_ONE.has(operation.method));
}

const ORDER =
	/\b(?:ordered|in (?:the|this|their|that|its) (?:\w+ )?order\b|in order\b(?! to)|order (?:matters|is (?:kept|preserved|significant|important))|sequence|sequential|priorit(?:y|ies|i[sz]ed)|ranked)\b/i;
const NO_ORDER = /\b(?:unordered|(?:in )?(?:any|no(?: particular)?) order|order (?:is|carries|has) no\w*)\b/i;

/** `Tags that it carries already are left`, `each one once`. */
const ONCE =
	/\balready\b[^.;]*\b(?:left|ignored|skipped|kept|stays?|remains?|not (?:added|duplicated|repeated|stored))\b|\b(?:no|without|removes?|drops?|ignor\w+) duplicates?\b|\bduplicates? (?:are |is )?(?:ignored|removed|dropped|skipped)\b|\b(?:each|every)(?: \w+)? (?:only |at most )?once\b/i;

/** Whether order means something, and whether each stands there once: claims only where the document makes them. */
function saidOfMembers(spot: Spot, shown: Shown | undefined): Pick<Resource, "ordered" | "distinct"> {
	const schemas = shown === undefined ? [] : [shown.schema];
	const written = spot.own.flatMap(({ operation }) => [successSchema(operation), bodySchema(operation)]);
	const described = [...schemas, ...written].flatMap((schema) =>
		schema === undefined ? [] : [annotation(schema, "description"), annotation(schema, "title")],
	);
	const said = spot.own.flatMap(({ operation }) => sentencesOf(operation).map(({ text }) => text));
	const texts = [...described.filter((text) => typeof text === "string"), ...said];
	const isOrdered = texts.some((text) => ORDER.test(text)) && !texts.some((text) => NO_ORDER.test(text));
	const isDistinct = texts.some((text) => ONCE.test(text));
	return { ...(isOrdered ? { ordered: true } : {}), ...(isDistinct ? { distinct: true } : {}) };
}

/** A path that ends in a parameter names an item only where the items are listed, made or written as well. */
function isCollected({ own, items }: Spot): boolean {
	return items.length > 0 && (own.length > 0 || items.some(({ operation }) => !SAFE.has(operation.method)));
}

/** What a schema shows is evidence; what only the path and the methods suggest is a convention. */
function evidenceOf(spot: Spot, kind: Resource["kind"], shown: Shown | undefined): readonly Evidence[] {
	const [first] = [...spot.own, ...spot.items];
	if (first === undefined) return [];
	const text = kind === "set" ? `${spot.base}, array of plain values, uniqueItems` : spot.base;
	// That only the server adds is told by a name and by what is not there.
	const isNamed = kind === "singleton" || kind === "log";
	const isEvident = shown !== undefined && (kind === "collection" ? isCollected(spot) : !isNamed);
	const own: Evidence = { kind: isEvident ? "schema" : "convention", text, source: first.operation.source };
	const last = spot.items[0]?.shape.segments.at(-1);
	const link = last?.kind === "parameter" ? keyLinkOf(spot, last.name)?.evidence : undefined;
	return link === undefined ? [own] : [own, link];
}

import { STATUS_CODES } from "node:http";
import type { Json } from "../../http/exchange.ts";
import type { Flaw } from "../../model/call.ts";
import { isObject } from "../../model/value.ts";
import { parsePointer } from "../../schema/reference.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Validation } from "../../schema/validate.ts";
import { traitsOf } from "../schema-traits.ts";
import type { Inventor } from "../state/invent.ts";
import { momentsFor } from "../state/moment.ts";
import type { Facts } from "./facts.ts";
import { elementOf, objectShapeOf, type ShapeProperty } from "./object-shape.ts";
import { bodyPath, describeFlaw } from "./refusal-message.ts";

/** What an error has to tell. */
export interface Telling {
	readonly status: number;
	readonly message: string;
	readonly flaws: readonly Flaw[];
	readonly facts: Facts;
	/** Path of the request, without its query. */
	readonly path: string;
	/** Milliseconds since 1970. */
	readonly nowMs: number;
}

export interface ErrorForm {
	readonly schema: Schema;
	/** A documented example to start from, when a valid one is there. */
	readonly example: Json | undefined;
	/** Names that say what a request is about: in an example they speak of another request. */
	readonly identifying: ReadonlySet<string>;
	readonly inventor: Inventor;
	readonly validation: Validation;
}

/** Errors nest an object or a list of objects, hardly ever more. */
const DEPTH_MAX = 3;

/**
 * Writes an error in the form that the document gives it: the message goes where its form has a place for one, known
 * facts go where they are named, the rest is as in the example, or made up where it is required.
 *
 * @example buildErrorBody(form, { status: 404, message: "No app has app_id \"x\"", … }) // { success: false, error: "No app …" }
 */
export function buildErrorBody(form: ErrorForm, telling: Telling): Json | undefined {
	return build(form.schema, form.example, { form, telling, depth: 0 });
}

interface Building {
	readonly form: ErrorForm;
	readonly telling: Telling;
	readonly depth: number;
	/** Set inside a list of errors: the one that this item tells. */
	readonly flaw?: Flaw;
}

function build(schema: Schema, example: Json | undefined, building: Building): Json | undefined {
	const types = traitsOf(schema).types;
	if (types.includes("object") || (types.length === 0 && isObject(example)))
		return buildObject(schema, example, building);
	if (types.includes("array")) return buildList(schema, example, building);
	const message = isFreeText(schema) ? shorten(messageOf(building), schema) : undefined;
	return message !== undefined && admits(building, schema, message)
		? message
		: (example ?? building.form.inventor.invent(schema));
}

function buildObject(schema: Schema, example: Json | undefined, building: Building): Json {
	const { properties, byName } = objectShapeOf(schema);
	const before = isObject(example) ? (example as { readonly [name: string]: Json }) : {};
	const primary = MESSAGES.find((name) =>
		properties.some((one) => one.name.toLowerCase() === name && isFreeText(one.schema)),
	);
	const members: [string, Json][] = [];
	for (const property of properties) {
		const known = Object.hasOwn(before, property.name) ? before[property.name] : undefined;
		const value = memberOf(property, known, { ...building, primary });
		if (value !== undefined) members.push([property.name, value]);
	}
	const others = Object.entries(before).filter(([name]) => !byName.has(name));
	return Object.fromEntries([...members, ...others]);
}

/** Where a form has several, the first of these carries the message. */
const MESSAGES = [
	"detail",
	"error_description",
	"errordescription",
	"errormessage",
	"error_message",
	"usermessage",
	"message",
	"msg",
	"description",
	"reason",
	"error",
	"title",
	"text",
	"details",
	"errors",
];

type Naming = Building & { readonly primary: string | undefined };

function memberOf(property: ShapeProperty, known: Json | undefined, building: Naming): Json | undefined {
	if (property.constant !== undefined) return property.constant.value as Json;
	const said = candidates(property, known, building).find((candidate) => admits(building, property.schema, candidate));
	if (said !== undefined) return said;
	const nested = nestedValue(property, known, building);
	if (nested !== undefined) return nested;
	const isOfAnother = building.form.identifying.has(property.name) && !property.required;
	if (known !== undefined && !isOfAnother) return known;
	return property.required ? building.form.inventor.invent(property.schema, { name: property.name }) : undefined;
}

/** What a member of this name and type would say. */
function candidates({ name, schema }: ShapeProperty, known: Json | undefined, building: Naming): readonly Json[] {
	const { telling, primary } = building;
	const lower = name.toLowerCase();
	const fact = telling.facts.get(name);
	if (fact !== undefined) return [fact];
	if (building.flaw !== undefined) return flawCandidates(lower, schema, { ...building, flaw: building.flaw });
	if (lower === primary) return [shorten(telling.message, schema)];
	const types = traitsOf(schema).types;
	const isText = types.includes("string");
	if (!isText && /^(?:http)?_?(?:status|code|status_?code)$/.test(lower)) return [telling.status];
	if (isText && isFreeText(schema) && (lower === "title" || lower === "error"))
		return [STATUS_CODES[telling.status] ?? "Error"];
	// A code of the document's own says more than ours.
	if (isFreeText(schema) && known === undefined && /^(?:code|error_?code|type|kind)$/.test(lower))
		return [codeOf(telling.status)];
	if (isText && /^(?:path|instance|url|uri|endpoint)$/.test(lower)) return [telling.path];
	if (/^(?:timestamp|time|date)$/.test(lower)) return momentsFor(schema, telling.nowMs);
	return [];
}

/** @example codeOf(404) // "not_found" */
function codeOf(status: number): string {
	return (STATUS_CODES[status] ?? "error").toLowerCase().replaceAll(/[^a-z]+/g, "_");
}

type InFlaw = Building & { readonly flaw: Flaw };

function flawCandidates(lower: string, schema: Schema, { flaw, telling }: InFlaw): readonly Json[] {
	const where = flaw.in === "body" ? bodyPath(flaw.at) : flaw.at;
	const steps = flaw.in === "body" ? parsePointer(flaw.at) : [flaw.at];
	if (MESSAGES.includes(lower) && isFreeText(schema)) return [shorten(describeFlaw(flaw), schema)];
	if (/^(?:field|param|parameter|property|attribute|name|key|target|location|path|loc)$/.test(lower)) {
		return traitsOf(schema).types.includes("array") ? [[flaw.in, ...steps]] : [where];
	}
	if (lower === "pointer") return [flaw.in === "body" ? flaw.at : `/${flaw.at}`];
	if (lower === "in") return [flaw.in];
	if (/^(?:code|type|keyword|rule|constraint)$/.test(lower)) return [flaw.keyword, telling.status];
	return [];
}

function nestedValue(
	{ name, schema, required }: ShapeProperty,
	known: Json | undefined,
	building: Naming,
): Json | undefined {
	const types = traitsOf(schema).types;
	const holdsError =
		/^(?:errors?|fault|problem|details?|violations?|validations?|issues?|fields?|invalid_?params?|meta|status)$/i.test(
			name,
		);
	if (building.depth >= DEPTH_MAX || !holdsError || (!required && known === undefined && !carriesMessage(building)))
		return undefined;
	if (!types.includes("array") && !types.includes("object")) return undefined;
	const value = build(schema, known, { ...building, depth: building.depth + 1 });
	return value !== undefined && admits(building, schema, value) ? value : undefined;
}

/** Optional lists of errors are worth filling when there are several to tell, or when nothing else tells. */
function carriesMessage({ primary, telling }: Naming): boolean {
	return primary === undefined || telling.flaws.length > 0;
}

const FLAWS_MAX = 100;

function buildList(schema: Schema, example: Json | undefined, building: Building): Json {
	const element = elementOf(schema);
	if (element === undefined) return example ?? [];
	const { flaws } = building.telling;
	const first = Array.isArray(example) ? (example[0] as Json | undefined) : undefined;
	const told: readonly (Flaw | undefined)[] = flaws.length === 0 ? [undefined] : flaws.slice(0, FLAWS_MAX);
	return told.flatMap((flaw) => {
		const value = build(element, first, flaw === undefined ? building : { ...building, flaw });
		return value === undefined ? [] : [value];
	});
}

function messageOf({ flaw, telling }: Building): string {
	return flaw === undefined ? telling.message : describeFlaw(flaw);
}

/** A text that may say anything: codes of a closed list may not. */
function isFreeText(schema: Schema): boolean {
	const { isFreeText: isFree, format } = traitsOf(schema);
	return isFree && format === undefined;
}

function shorten(message: string, schema: Schema): string {
	const { maxLength } = traitsOf(schema);
	return maxLength !== undefined && message.length > maxLength ? message.slice(0, maxLength) : message;
}

function admits({ form }: Building, schema: Schema, value: Json): boolean {
	if (typeof value === "string" && traitsOf(schema).isAnyText) return true;
	return form.validation.validate(schema, value, "response").length === 0;
}

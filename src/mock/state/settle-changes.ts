import type { Json } from "../../http/exchange.ts";
import { parseScalar } from "../../http/parse-scalar.ts";
import { type Model, resourceNamed } from "../../model/model.ts";
import type { Field, Resource } from "../../model/resource.ts";
import { type Entry, resourceOf, type View, withKnownKeys } from "../../model/state.ts";
import {
	type Bindings,
	identify,
	isObject,
	isServerValue,
	ownerOf,
	type ServerValue,
	type Value,
} from "../../model/value.ts";
import { annotation, properties } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Validation } from "../../schema/validate.ts";
import { traitsOf } from "../schema-traits.ts";
import type { StoredChange } from "../store/store.ts";
import type { Inventor } from "./invent.ts";
import type { Issuer } from "./issue.ts";
import { isMoment, isRenewed, momentsFor } from "./moment.ts";
import { createRequiredFields } from "./shown-fields.ts";

/** Changes in which every value is concrete that some answer will show, and what the server's symbols became. */
export interface Settled {
	readonly changes: readonly StoredChange[];
	readonly bindings: Bindings;
	/** Fields that every change renews, with what they hold now. */
	readonly renewed: ReadonlyMap<string, Json>;
}

export interface SettlerOptions {
	readonly model: Model;
	readonly view: View;
	readonly validation: Validation;
	readonly inventor: Inventor;
	readonly issuer: Issuer;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** Values that need not differ between items are taken from so many. */
const VARIANTS = 16;

/**
 * Makes the server's part of what is stored: ids, times, secrets and whatever else the model only names. What nobody
 * set in a field that no answer must show stays a symbol, and is not shown.
 */
export function createSettler(options: SettlerOptions): (changes: readonly StoredChange[]) => Settled {
	const begin = createSettling(options);
	return (changes) => {
		const settling = begin();
		const { bindings, renewed } = settling;
		return {
			changes: changes.map((change) => {
				if (change.kind !== "put") return change;
				// It may live inside what the same request has just made.
				const container = withKnownKeys(change.container, bindings);
				return { ...change, container, entry: settleEntry(settling, container, change.entry) };
			}),
			bindings,
			renewed,
		};
	};
}

/** Begins to settle what one request changes; what was settled before is forgotten. */
export function createSettling({ model, view, validation, inventor, issuer, now }: SettlerOptions): () => Settling {
	const required = createRequiredFields(model);
	const fixed = { model, view, validation, inventor, issuer, now, required };
	// All that one request changes, changes at one time.
	return () => ({ ...fixed, bindings: new Map(), renewed: new Map(), nowMs: now() });
}

export interface Settling extends SettlerOptions {
	readonly required: (resource: string) => ReadonlyMap<string, Schema>;
	readonly bindings: Map<string, Json | undefined>;
	readonly renewed: Map<string, Json>;
	readonly nowMs: number;
}

function settleEntry(settling: Settling, container: string, entry: Entry): Entry {
	const resource = resourceNamed(settling.model, resourceOf(container));
	const key = settleKey(settling, resource, { container, key: entry.key });
	if (!isObject(entry.value)) return { key, value: isServerValue(entry.value) ? key : entry.value };
	const members: [string, Value][] = [];
	for (const [name, value] of Object.entries(entry.value)) {
		const field = resource.fields.get(name);
		const settled =
			name === resource.key?.property
				? writtenAs(key, field?.schema)
				: settleField(settling, { resource, field, value });
		if (settled !== undefined) members.push([name, settled]);
	}
	return { key, value: Object.fromEntries(members) };
}

export function settleKey(settling: Settling, resource: Resource, at: { container: string; key: Value }): Value {
	const { key } = at;
	if (!isServerValue(key)) return writtenAs(key, resource.key?.schema);
	const isTaken = (value: Json): boolean => settling.view.entry(at.container, value) !== undefined;
	const value = issueKey(settling, resource, { label: key.name, isTaken }) ?? key.name;
	settling.bindings.set(key.name, value);
	return writtenAs(value, resource.key?.schema);
}

/** A key as the item shows it; where paths admit less than that, one that both admit. */
function issueKey(
	{ issuer, validation }: Settling,
	{ key, fields }: Resource,
	{ label, isTaken }: { label: string; isTaken: (value: Json) => boolean },
): Json | undefined {
	const named = key?.schema;
	const shown = (key?.property === undefined ? undefined : fields.get(key.property)?.schema) ?? named;
	const issued = shown === undefined ? undefined : issuer.issue(shown, label, isTaken);
	if (issued === undefined || shown === undefined || named === undefined || !traitsOf(named).isRuled) return issued;
	const isAdmitted = (schema: Schema, value: Json): boolean =>
		validation.validate(schema, writtenAs(value, schema), "response").length === 0;
	if (isAdmitted(named, issued)) return issued;
	const other = issuer.issue(named, label, isTaken);
	return other !== undefined && isAdmitted(shown, other) ? other : issued;
}

export function settleField(
	settling: Settling,
	{ resource, field, value }: { resource: Resource; field: Field | undefined; value: Value },
): Value | undefined {
	if (field?.owner === "volatile" && isRenewed(field.name)) return renew(settling, field, value);
	if (!isServerValue(value)) return field === undefined ? value : withDefaults(field.schema, value);
	if (field === undefined) return value;
	// What an earlier change of the same request made: a reference to it, an entry about it.
	if (settling.bindings.has(value.name)) return settling.bindings.get(value.name);
	const isUnset = ownerOf(value) === "default";
	const shownAs = isUnset ? settling.required(resource.name).get(field.name) : undefined;
	if (isUnset && shownAs === undefined) return value;
	const made =
		shownAs === undefined ? serverOwned(settling, field, value) : standard(settling, field, { shownAs, value });
	settling.bindings.set(value.name, made);
	return made;
}

/** An object with the documented defaults of the members that were not sent. */
function withDefaults(schema: Schema, value: Value): Value {
	if (!isObject(value)) return value;
	const missing = properties(schema).flatMap(({ name, schema: member }): [string, Value][] => {
		const standard = Object.hasOwn(value, name) ? undefined : annotation(member, "default");
		return standard === undefined ? [] : [[name, standard as Value]];
	});
	return missing.length === 0 ? value : { ...value, ...Object.fromEntries(missing) };
}

function renew(settling: Settling, field: Field, value: Value): Value | undefined {
	const now = moment(settling, field);
	if (isServerValue(value)) settling.bindings.set(value.name, now);
	if (now === undefined) return isServerValue(value) ? undefined : value;
	settling.renewed.set(field.name, now);
	return now;
}

/** What a field holds when nobody set it: nothing, as far as both it and the answer that shows it have a word for it. */
function standard({ inventor, validation }: Settling, field: Field, { shownAs, value }: Standing): Json | undefined {
	const isShown = (value: Json): boolean => validation.validate(shownAs, value, "response").length === 0;
	const isHeld = (value: Json): boolean => validation.validate(field.schema, value, "response").length === 0;
	const nothing = ([null, []] as const).find((empty) => isHeld(empty) && isShown(empty));
	if (nothing !== undefined) return nothing;
	const invent = (label: string): Json | undefined => {
		const wish = { name: field.name, label };
		const made = inventor.invent(field.schema, wish);
		return made !== undefined && isShown(made) ? made : inventor.invent(shownAs, wish);
	};
	const made = invent(value.name);
	const isAsBefore = made !== undefined && value.not !== undefined && identify(made) === identify(value.not);
	return isAsBefore ? invent(`${value.name} anew`) : made;
}

interface Standing {
	/** The schema by which an answer must show it. */
	readonly shownAs: Schema;
	/** The symbol for it, which may say what it holds no longer. */
	readonly value: ServerValue;
}

function serverOwned(settling: Settling, field: Field, value: ServerValue): Json | undefined {
	if (field.first !== undefined) return field.first as Json;
	if (ownerOf(value) === "unique") return settling.issuer.issue(field.schema, value.name);
	const now = isMoment(field.name) ? moment(settling, field) : undefined;
	if (now !== undefined) return now;
	const label = `${field.name}/${hash(value.name) % VARIANTS}`;
	return settling.inventor.invent(field.schema, { name: field.name, label, optional: "all" });
}

function moment({ validation, nowMs }: Settling, field: Field): Json | undefined {
	return momentsFor(field.schema, nowMs).find(
		(time) => validation.validate(field.schema, time, "response").length === 0,
	);
}

function hash(text: string): number {
	let value = 0;
	for (let at = 0; at < text.length; at++) value = (Math.imul(value, 31) + text.charCodeAt(at)) >>> 0;
	return value;
}

/** A path carries every key as text, a body as its type: either is written as its own schema has it. */
export function writtenAs(value: Value, schema: Schema | undefined): Value {
	if (schema === undefined) return value;
	const { types, isText, isNumber } = traitsOf(schema);
	if (typeof value === "number" && isText && !isNumber) return String(value);
	if (typeof value !== "string" || isText) return value;
	const scalars = types.filter((type) => type !== "object" && type !== "array");
	return parseScalar(value, scalars);
}

import type { Behaviour } from "../model.ts";
import { ANY, type Pattern } from "../pattern.ts";
import type { Field, Resource } from "../resource.ts";
import { isObject, isServerValue, ownerOf, propertyOf, type Value } from "../value.ts";

/** Which fields an answer shows, and whether it is the one that may reveal a secret. */
export interface Showing {
	readonly fields: readonly string[];
	readonly reveals: boolean;
	/** Fields that the answer may leave out. */
	readonly optional?: readonly string[];
}

/**
 * What an answer shows of an item: the fields that its schema names and that may be compared; the others
 * only as whoever serves would show them. A value never changes, so
 * the same question about it gives the same pattern: whoever serves can keep what it made of that.
 */
export function showItem(resource: Resource, showing: Showing, value: Value): Pattern {
	if (!isObject(value)) return { kind: "value", value, order: "kept" };
	const { fields, reveals, optional } = showing;
	const known = shown.get(value) ?? [];
	const same = known.find(
		(one) => one.resource === resource && one.fields === fields && one.reveals === reveals && one.optional === optional,
	);
	if (same !== undefined) return same.pattern;
	// What is shown once is not shown later, not even where no document says that there is such a field.
	const secrets = [...resource.fields.values()].filter(
		({ name, reveal }) => reveal === "once" && !fields.includes(name),
	);
	const all = secrets.length === 0 ? fields : [...fields, ...secrets.map(({ name }) => name)];
	const pattern = showFields(resource, { ...showing, fields: all }, value);
	shown.set(value, [{ ...showing, resource, pattern }, ...known.slice(0, SHOWN_MAX - 1)]);
	return pattern;
}

/** An item is shown by its list, its reader, its writers; a planner that tries many models needs no more kept. */
const SHOWN_MAX = 4;
const shown = new WeakMap<object, readonly (Showing & { readonly resource: Resource; readonly pattern: Pattern })[]>();

function showFields(resource: Resource, { fields, reveals, optional = [] }: Showing, value: Value): Pattern {
	const members: [string, Pattern][] = [];
	for (const name of fields) {
		const field = resource.fields.get(name);
		const known = propertyOf(value, name);
		if (field === undefined || known === undefined || field.writeOnly) continue;
		if (!field.compared && !isPlain(known)) continue;
		const pattern = showField(field, known, reveals);
		// What is revealed once is revealed: an answer that leaves it out is another.
		const mayLack = field.reveal === undefined && optional.includes(name);
		members.push([name, pattern.kind === "value" && mayLack ? { ...pattern, optional: true } : pattern]);
	}
	return { kind: "object", members: Object.fromEntries(members) };
}

/** Of an object answers may name less than was sent, and which part of it nobody knows. */
function isPlain(value: Value): boolean {
	if (Array.isArray(value)) return (value as readonly Value[]).every(isPlain);
	return !isServerValue(value) && !isObject(value);
}

/** A secret is not shown again; what nobody set is none. */
function showField(field: Field, known: Value, reveals: boolean): Pattern {
	const isHidden = field.reveal !== undefined && !(reveals && field.reveal === "once");
	if (!isHidden && !field.compared) return { kind: "hint", value: known };
	if (!isHidden) return { kind: "value", value: known, order: field.order };
	return isSecret(known) ? { kind: "not", value: known } : ANY;
}

function isSecret(value: Value): boolean {
	if (isServerValue(value)) return ownerOf(value) === "unique" || ownerOf(value) === "stable";
	return typeof value === "string" && value !== "";
}

/**
 * What an answer that shows an item shows of this one; anything when it shows something else.
 *
 * @param isKept it stands in the store, and will be asked for again
 */
export function answerItem(
	behaviour: Behaviour,
	resource: Resource,
	{ value, reveals = false, isKept = false }: { value: Value; reveals?: boolean; isKept?: boolean },
): Pattern {
	const { shows, fields, optional } = behaviour.answer;
	if (shows !== "item") return ANY;
	const showing: Showing = optional === undefined ? { fields, reveals } : { fields, reveals, optional };
	// What a write has just made is shown by it alone, and not worth remembering.
	return isKept || !isObject(value) ? showItem(resource, showing, value) : showFields(resource, showing, value);
}

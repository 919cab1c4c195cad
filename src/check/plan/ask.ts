import type { Call } from "../../model/call.ts";
import { resourceActedOn } from "../../model/effect.ts";
import { bodySchema, escapePointer, propertiesOf } from "../../model/infer/shown.ts";
import { type Behaviour, resourceNamed } from "../../model/model.ts";
import { askingsOf } from "../../model/query-law.ts";
import { queryLawOf } from "../../model/query-laws.ts";
import { holdsMembers, type Resource } from "../../model/resource.ts";
import { isObject, isServerValue, type Value } from "../../model/value.ts";
import type { Schema } from "../../schema/schema.ts";
import {
	compose,
	entriesOf,
	isAdopted,
	type Made,
	make,
	makersOf,
	placeOf,
	type Story,
	satisfied,
	sceneIn,
	tell,
	withFields,
} from "./story.ts";
import { valuesFor } from "./variety.ts";

/** So many items make three pages, the last of them not full, and hold several of the values that look alike. */
const ITEMS = 7;
/** A walk is not longer. */
const PAGES_MAX = 12;

/** Fills a list with items whose values are easily taken for one another, and asks for it in every way that it knows. */
export function ask(story: Story, behaviour: Behaviour, inside: readonly Made[]): void {
	const { query, operation, effect } = behaviour;
	const name = resourceActedOn(effect);
	if (effect.kind !== "list" || query === undefined || name === undefined) return;
	const resource = resourceNamed(story.model, name);
	const places = askingsOf(query).filter(
		({ asking }) => queryLawOf(asking).rivals(asking, behaviour, story.model).length > 0,
	);
	// Of a log nobody says what it holds but who has read it.
	const isLog = resource.kind === "log";
	if (places.length === 0 || (isLog && !isAdopted(story, name))) return;
	const fields = new Set(places.flatMap(({ asking }) => queryLawOf(asking).fields(asking)));
	if (!isLog && !holdsMembers(resource)) stock(story, resource, { fields: [...fields], inside });
	for (const { asking } of places) {
		const call = satisfied(story, compose(story, operation.id, { inside }));
		for (const { first, follows } of queryLawOf(asking).tries(asking, sceneIn(story, call)))
			if (isValid(story, behaviour, first)) walk(story, first, follows);
	}
}

/** What a field holds need not be what its parameter admits. */
function isValid({ source }: Story, { operation }: Behaviour, { query }: Call): boolean {
	return operation.parameters.every(({ in: place, name, schema }) => {
		const value = place === "query" ? query[name] : undefined;
		return value === undefined || schema === undefined || isServerValue(value) || source.admits(schema, value);
	});
}

function walk(story: Story, first: Call, follows: boolean): void {
	let call: Call | undefined = first;
	for (let page = 0; call !== undefined && page < PAGES_MAX; page++) {
		const next: Call["query"] | undefined = tell(story, call).said?.neighbours.next;
		call = follows && next !== undefined ? { ...call, query: next } : undefined;
	}
}

/** Makes items until there are enough, each with another mixture of the values that are asked for. */
function stock(
	story: Story,
	resource: Resource,
	{ fields, inside }: { fields: readonly string[]; inside: readonly Made[] },
): void {
	const [maker] = makersOf(story.model, resource.name);
	const body = maker === undefined ? undefined : bodySchema(maker.operation);
	const schema = body === undefined ? undefined : itemSchema(body, maker?.takes ?? "");
	if (maker === undefined || schema === undefined) return;
	const values = new Map(
		fields.flatMap((name): [string, readonly Value[]][] => {
			const known = valuesOf(story, { maker, resource, schema, name });
			return known.length === 0 ? [] : [[name, known]];
		}),
	);
	const container = placeOf(story.model, resource.name, inside);
	const later = laterFields(story, resource, { names: fields.filter((name) => !values.has(name)), taken: schema });
	const least = values.size === 0 && later.length === 0 ? ITEMS - entriesOf(story, container).length : ITEMS;
	for (let index = 0; index < least; index++) {
		const chosen = [...values].map(([name, known], shift): [string, Value] => {
			// Fields that all change alike could not be told apart.
			return [name, known[(index + shift) % known.length] as Value];
		});
		const made = make(story, resource.name, inside, { fields: Object.fromEntries(chosen) });
		if (made !== undefined) for (const field of later) setLater(story, field, { made, inside, index });
	}
}

/** A field that an item gets only after it was made, with the operation that sets it. */
interface LaterField {
	readonly name: string;
	readonly writer: Behaviour;
	readonly known: readonly Value[];
}

/** The fields that nothing carries that makes an item, and that an operation changes by themselves: a status, as a rule. */
function laterFields(
	story: Story,
	resource: Resource,
	{ names, taken }: { names: readonly string[]; taken: Schema },
): readonly LaterField[] {
	const carried = new Set(propertiesOf(taken).map(({ name }) => name));
	const writers = [...story.model.behaviours.values()].filter(
		({ effect, keys }) => effect.kind === "merge" && effect.resource === resource.name && keys.has(resource.name),
	);
	return names.flatMap((name): readonly LaterField[] => {
		const found = carried.has(name)
			? []
			: writers.flatMap((writer): readonly LaterField[] => {
					const body = bodySchema(writer.operation);
					const schema = body === undefined ? undefined : itemSchema(body, writer.takes ?? "");
					const known = schema === undefined ? [] : valuesOf(story, { maker: writer, resource, schema, name });
					return known.length === 0 ? [] : [{ name, writer, known }];
				});
		return found.slice(0, 1);
	});
}

function setLater(
	story: Story,
	{ name, writer, known }: LaterField,
	{ made, inside, index }: { made: Made; inside: readonly Made[]; index: number },
): void {
	const body = story.source.body(writer.operation.id, "none");
	if (!isObject(body)) return;
	const fields = { [name]: known[index % known.length] as Value };
	const call = compose(story, writer.operation.id, {
		inside,
		key: made.key,
		body: withFields(body, writer.takes ?? "", fields),
	});
	tell(story, satisfied(story, call));
}

/** The schema of the item inside a body that wraps it. */
function itemSchema(body: Schema, at: string): Schema | undefined {
	const names = at === "" ? [] : at.slice(1).split("/");
	return names.reduce<Schema | undefined>(
		(inner, token) =>
			inner === undefined ? undefined : propertiesOf(inner).find(({ name }) => escapePointer(name) === token)?.schema,
		body,
	);
}

interface Wanted {
	readonly maker: Behaviour;
	readonly resource: Resource;
	readonly schema: Schema;
	readonly name: string;
}

/** Values for one field, those that must be another for each item left to themselves. */
function valuesOf(story: Story, { maker, resource, schema, name }: Wanted): readonly Value[] {
	const field = resource.fields.get(name);
	const property = propertiesOf(schema).find((one) => one.name === name && !one.readOnly);
	const isUnique = maker.guards.some((guard) => guard.kind === "unique" && guard.property === name);
	if (field === undefined || property === undefined || field.owner !== "client" || !field.compared || isUnique)
		return [];
	return valuesFor(property.schema, name, story.source);
}

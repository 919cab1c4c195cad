import type { Json } from "../http/exchange.ts";
import { resourceActedOn } from "../model/effect.ts";
import { type Behaviour, behaviourOf, type Model } from "../model/model.ts";
import { type Bindings, concretize, identify, isObject, propertyOf, type Value } from "../model/value.ts";
import type { History } from "./history.ts";
import { listIn } from "./list-in.ts";
import type { Turn } from "./session.ts";

type Item = { readonly [name: string]: Value };

/** What was written to one item, and what reading it showed. */
export interface Sample {
	/** The operation that wrote. */
	readonly writer: Behaviour;
	readonly written: Item;
	/** What reading the same item showed before it was written. */
	readonly before: Item | undefined;
	readonly read: Item;
	/** The index of the reading call; the writing one stands right before it. */
	readonly at: number;
}

/** Each reading that follows a writing. Where no operation shows one item, it is looked for in a list, by its key. */
export function samplesOf(
	model: Model,
	{ turns }: History,
	{ reader, bindings }: { reader: Behaviour; bindings: Bindings },
): readonly Sample[] {
	const last = new Map<string, Item>();
	return turns.flatMap((turn, at) => {
		const writing = turns[at - 1];
		const { read, item } = readingIn(model, turn, { writing, reader, bindings });
		if (read === undefined) return [];
		const before = last.get(item);
		last.set(item, read);
		const written = writing === undefined ? undefined : writtenItem(writing, bindings);
		if (writing === undefined || written === undefined) return [];
		const writer = behaviourOf(model, writing.call.operation);
		if (resourceActedOn(writer.effect) !== resourceActedOn(reader.effect)) return [];
		return [{ writer, written, before, read, at }];
	});
}

interface Reading {
	readonly writing: Turn | undefined;
	readonly reader: Behaviour;
	readonly bindings: Bindings;
}

/** What was read, and the name of the item. */
function readingIn(
	model: Model,
	turn: Turn,
	{ writing, reader, bindings }: Reading,
): { readonly read: Item | undefined; readonly item: string } {
	const path = concretize(turn.call.path, bindings);
	if (reader.answer.shows !== "list") return { read: readItem(turn, reader), item: identify(path) };
	const key = writing === undefined ? undefined : keyIn(model, writing, bindings);
	return { read: listedItem(model, turn, { reader, key }), item: identify([path ?? null, key ?? null]) };
}

function readItem({ call, told }: Turn, { operation, answer }: Behaviour): Item | undefined {
	if (call.operation !== operation.id || told === undefined || told.status >= 300) return undefined;
	const names = answer.at === "" ? [] : answer.at.slice(1).split("/");
	const item = names.reduce<unknown>((value, name) => propertyOf(value as Value, name), told.body);
	return isObject(item) ? item : undefined;
}

/** The item with this key, where the list shows it once. */
function listedItem(
	model: Model,
	{ call, told }: Turn,
	{ reader, key }: { reader: Behaviour; key: Value | undefined },
): Item | undefined {
	const property = keyProperty(model, reader);
	const isRead = call.operation === reader.operation.id && told !== undefined && told.status < 300;
	if (!isRead || key === undefined || property === undefined) return undefined;
	const [item, ...more] = listIn(told.body as Json | undefined, reader.answer.at).filter(
		(one) => identify(propertyOf(one as Value, property)) === identify(key),
	);
	return more.length === 0 && isObject(item as Value | undefined) ? (item as Item) : undefined;
}

/** The key of what was written: the one that the path names, or that the answer shows. */
function keyIn(model: Model, { call, told }: Turn, bindings: Bindings): Value | undefined {
	const writer = behaviourOf(model, call.operation);
	const parameter = writer.keys.get(resourceActedOn(writer.effect) ?? "");
	const named = parameter === undefined ? undefined : call.path[parameter];
	if (named !== undefined) return concretize(named, bindings);
	const property = writer.answer.key ?? keyProperty(model, writer);
	if (told === undefined || told.status >= 300 || property === undefined || property === "") return undefined;
	const names = writer.answer.at.split("/").slice(1);
	const shown = [...names, property].reduce<unknown>((value, name) => propertyOf(value as Value, name), told.body);
	return shown as Value | undefined;
}

function keyProperty(model: Model, { effect }: Behaviour): string | undefined {
	return model.resources.get(resourceActedOn(effect) ?? "")?.key?.property;
}

/** What was sent, a key that the server made being what it turned out to be. */
function writtenItem({ call, told }: Turn, bindings: Bindings): Item | undefined {
	if (told === undefined || told.status >= 300 || !isObject(call.body)) return undefined;
	const members = Object.entries(call.body).flatMap(([name, value]): [string, Value][] => {
		const known = concretize(value, bindings);
		return known === undefined ? [] : [[name, known]];
	});
	return Object.fromEntries(members);
}

import { resourceActedOn } from "../model/effect.ts";
import { type Behaviour, behaviourOf, type Model } from "../model/model.ts";
import { type Bindings, concretize, identify, isObject, propertyOf, type Value } from "../model/value.ts";
import type { History } from "./history.ts";
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

/** Each reading that follows a writing. */
export function samplesOf(
	model: Model,
	{ turns }: History,
	{ reader, bindings }: { reader: Behaviour; bindings: Bindings },
): readonly Sample[] {
	const last = new Map<string, Item>();
	return turns.flatMap((turn, at) => {
		const read = readItem(turn, reader);
		if (read === undefined) return [];
		const item = identify(concretize(turn.call.path, bindings));
		const before = last.get(item);
		last.set(item, read);
		const writing = turns[at - 1];
		const written = writing === undefined ? undefined : writtenItem(writing, bindings);
		if (writing === undefined || written === undefined) return [];
		const writer = behaviourOf(model, writing.call.operation);
		if (resourceActedOn(writer.effect) !== resourceActedOn(reader.effect)) return [];
		return [{ writer, written, before, read, at }];
	});
}

function readItem({ call, told }: Turn, { operation, answer }: Behaviour): Item | undefined {
	if (call.operation !== operation.id || told === undefined || told.status >= 300) return undefined;
	const names = answer.at === "" ? [] : answer.at.slice(1).split("/");
	const item = names.reduce<unknown>((value, name) => propertyOf(value as Value, name), told.body);
	return isObject(item) ? item : undefined;
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

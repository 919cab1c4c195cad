import type { Operation } from "../contract/contract.ts";
import type { Json } from "../http/exchange.ts";
import { propertiesOf, successSchema } from "../model/infer/shown.ts";
import { type Behaviour, behaviourOf, type Model } from "../model/model.ts";
import type { Resource } from "../model/resource.ts";
import { propertyOf, type Value } from "../model/value.ts";
import { items, resolve } from "../schema/navigate.ts";
import { headersFor, removerOf } from "./cleanup.ts";
import { type Desk, startOf } from "./desk.ts";
import { compose, startStory } from "./plan/story.ts";
import { createValueSource } from "./plan/value-source.ts";
import type { Turn } from "./session.ts";

/** Items that were made many at once, by operations of which no law says what they do. */
export interface MadeMany {
	note(turn: Turn): void;
	takeAway(): Promise<void>;
}

interface MadeItem {
	readonly resource: string;
	readonly key: Value;
	readonly turn: Turn;
}

/**
 * A POST that answers 201 with a list of items has made them: those that hold a text which was sent are ours, and are
 * taken away again. Only on a target that may be changed; what else an operation did there nobody knows.
 */
export function watchMadeMany(desk: Desk): MadeMany {
	const made: MadeItem[] = [];
	return {
		note: (turn) => {
			if (desk.disposable && turn.isProbe !== true) made.push(...madeBy(desk.model, turn));
		},
		takeAway: async () => {
			for (const item of made.splice(0)) await takeAway(desk, item);
		},
	};
}

function madeBy(model: Model, turn: Turn): readonly MadeItem[] {
	const { operation, effect } = behaviourOf(model, turn.call.operation);
	if (effect.kind !== "opaque" || operation.method !== "POST" || turn.answer?.status !== 201) return [];
	const sent = new Set(textsIn(turn.call.body));
	return listsOf(model, operation).flatMap(({ name, resource }) => {
		const shown = propertyOf(turn.body as Value, name);
		if (!Array.isArray(shown)) return [];
		return (shown as readonly Json[]).flatMap((item): readonly MadeItem[] => {
			const key = propertyOf(item, resource.key?.property ?? "");
			const isOurs = textsIn(item).some((text) => sent.has(text));
			return key === undefined || !isOurs ? [] : [{ resource: resource.name, key, turn }];
		});
	});
}

/** The properties of an answer that hold lists of a resource's items, by the schema that they share. */
function listsOf(model: Model, operation: Operation): readonly { name: string; resource: Resource }[] {
	const answer = successSchema(operation);
	if (answer === undefined) return [];
	return propertiesOf(answer).flatMap(({ name, schema }) => {
		const element = items(schema);
		const node = element === undefined ? undefined : resolve(element).node;
		const resource = [...model.resources.values()].find(
			(one) => one.schema !== undefined && one.key?.made === "server" && resolve(one.schema).node === node,
		);
		return resource === undefined ? [] : [{ name, resource }];
	});
}

const TEXT_LENGTH_MIN = 6;

/** Texts that are not met by chance. */
function textsIn(value: Value | undefined): readonly string[] {
	if (typeof value === "string") return value.length >= TEXT_LENGTH_MIN ? [value] : [];
	if (Array.isArray(value)) return value.flatMap((one: Value) => textsIn(one));
	return typeof value === "object" && value !== null
		? Object.values(value).flatMap((one) => textsIn(one as Value))
		: [];
}

async function takeAway(desk: Desk, { resource, key, turn }: MadeItem): Promise<void> {
	const { model, validation, seed, marker } = desk;
	const remover: Behaviour | undefined = removerOf(model, resource);
	if (remover === undefined || remover.keys.size > 1 || desk.session.lost() !== undefined) return;
	const source = createValueSource({ model, validation, seed, marker, label: "many" });
	const story = startStory(model, startOf(model), { source, validation });
	const call = compose(story, remover.operation.id, { inside: [], key });
	await desk.session.send({ ...call, header: { ...call.header, ...headersFor(remover, turn.call.header) } }, new Map());
}

import type { Json } from "../../http/exchange.ts";
import { resourceActedOn } from "../../model/effect.ts";
import { type Behaviour, lineage, withResource } from "../../model/model.ts";
import type { Field, Habit, Resource } from "../../model/resource.ts";
import { emptyState } from "../../model/state.ts";
import { identify, isObject, type Value } from "../../model/value.ts";
import { cleanUp } from "../cleanup.ts";
import { type Desk, report, START } from "../desk.ts";
import type { Draft } from "../draft.ts";
import { habitOf, nameDeviation } from "../echo-habit.ts";
import { type History, live, stepsOf } from "../history.ts";
import { compose, type Made, make, makersOf, startStory } from "../plan/story.ts";
import { createValueSource } from "../plan/value-source.ts";
import type { Turn } from "../session.ts";
import { worldsAfter } from "../stage.ts";

/** What was written to one item, and what reading it showed. */
interface Sample {
	readonly written: { readonly [name: string]: Value };
	readonly before: { readonly [name: string]: Value } | undefined;
	readonly read: { readonly [name: string]: Value };
	/** The index of the reading call. */
	readonly at: number;
}

/**
 * Writes each field twice and reads it back, before anything is judged: harmless habits are learned, and a field that
 * deviates is one finding and is set aside, so that it poisons nothing else.
 */
export async function learnEchoes(desk: Desk): Promise<void> {
	for (const [index, resource] of [...desk.model.resources.values()].entries()) {
		const reader = readerOf(desk, resource);
		const [maker] = makersOf(desk.model, resource.name);
		if (reader === undefined || maker === undefined || resource.fields.size === 0 || desk.isOverBudget()) continue;
		if (!desk.operations.has(maker.operation.id) && !desk.operations.has(reader.operation.id)) continue;
		await learnResource(desk, resource, { reader, maker, label: `h${index}` });
	}
}

function readerOf(desk: Desk, resource: Resource): Behaviour | undefined {
	return [...desk.model.behaviours.values()].find(
		({ effect, answer }) => effect.kind === "read" && effect.resource === resource.name && answer.shows === "item",
	);
}

interface Pair {
	readonly reader: Behaviour;
	readonly maker: Behaviour;
	readonly label: string;
}

async function learnResource(desk: Desk, resource: Resource, { reader, maker, label }: Pair): Promise<void> {
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label });
	const story = startStory(model, emptyState(true), { source, validation });
	const inside: Made[] = [];
	for (const parent of lineage(model, resource.name).slice(0, -1)) {
		const made = make(story, parent.name, inside);
		if (made === undefined) return;
		inside.push(made);
	}
	const read = (made: Made): void =>
		void story.calls.push(compose(story, reader.operation.id, { inside, key: made.key }));
	const items = (["all", "all", "none", "none"] as const).map((optional) => {
		const made = make(story, resource.name, inside, { optional });
		if (made !== undefined) read(made);
		return made;
	});
	const [first] = items;
	if (first !== undefined && maker.keys.has(resource.name)) {
		make(story, resource.name, inside, { key: first.key });
		read(first);
	}
	const history = await live(desk, START, story.calls);
	const samples = samplesOf(history, { reader, maker });
	judgeSamples(desk, resource, { samples, history, maker, reader });
	await cleanUp(desk.session, history, { worlds: worldsAfter(desk, history), thorough: true });
}

/** Each reading, with the writing that went before it. */
function samplesOf({ turns }: History, { reader, maker }: Pick<Pair, "reader" | "maker">): readonly Sample[] {
	return turns.flatMap(({ call, told }, at) => {
		if (call.operation !== reader.operation.id || told === undefined || told.status >= 300) return [];
		const writing = turns[at - 1];
		const read = itemIn(told.body, reader.answer.at);
		if (writing === undefined || !isWritten(writing, maker) || !isObject(read)) return [];
		return [
			{
				written: writing.call.body as Sample["written"],
				before: writtenBefore(turns.slice(0, at - 1), writing),
				read,
				at,
			},
		];
	});
}

function isWritten({ call, told }: Turn, maker: Behaviour): boolean {
	return call.operation === maker.operation.id && told !== undefined && told.status < 300 && isObject(call.body);
}

/** What the same item was given earlier; a call that names no item makes a new one each time. */
function writtenBefore(earlier: readonly Turn[], { call }: Turn): Sample["before"] {
	if (Object.keys(call.path).length === 0) return undefined;
	const same = earlier.findLast(
		(turn) => turn.call.operation === call.operation && identify(turn.call.path) === identify(call.path),
	);
	return isObject(same?.call.body) ? same.call.body : undefined;
}

function itemIn(body: unknown, at: string): Value | undefined {
	const names = at === "" ? [] : at.slice(1).split("/");
	return names.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), body) as Value | undefined;
}

interface Judged {
	readonly samples: readonly Sample[];
	readonly history: History;
	readonly maker: Behaviour;
	readonly reader: Behaviour;
}

function judgeSamples(desk: Desk, resource: Resource, judged: Judged): void {
	const shown = [...resource.fields.values()].filter(
		({ name, owner, writeOnly, reveal }) =>
			owner === "client" && !writeOnly && reveal === undefined && judged.reader.answer.fields.includes(name),
	);
	const learned = shown.map((field) => learnField(desk, field, judged));
	const deviating = learned.filter(({ deviation }) => deviation !== undefined);
	// When nothing at all is stored it is the operation and not its fields: the experiments will tell.
	const isWhole = shown.length > 1 && deviating.length === shown.length;
	const fields = new Map(resource.fields);
	for (const { field } of learned) fields.set(field.name, isWhole ? { ...field, compared: true } : field);
	desk.model = withResource(desk.model, resource.name, { fields });
	const isDrift = deviating.length > 0 && !isWhole;
	if (judged.samples.length > 0 && !isWhole)
		desk.decided.set(`${judged.reader.operation.id}/effect`, { verdict: isDrift ? "drift" : "agrees" });
	if (!isWhole)
		report(
			desk,
			deviating.flatMap(({ field, deviation, sample }) =>
				deviation === undefined || sample === undefined ? [] : [draftOf(desk, { field, deviation, sample, judged })],
			),
		);
}

interface Learned {
	readonly field: Field;
	readonly deviation?: string;
	readonly sample?: Sample;
}

function learnField(desk: Desk, field: Field, { samples }: Judged): Learned {
	const sent = samples.filter(({ written }) => Object.hasOwn(written, field.name));
	const deviating = sent.filter((sample) => !isEcho(field, sample));
	const unset = samples.filter(({ written }) => !Object.hasOwn(written, field.name));
	const settled = { ...field, whenUnset: whenUnset(field, unset) };
	const [first] = deviating;
	if (first === undefined) return { field: settled };
	const habit = commonHabit(field, sent);
	if (habit !== undefined) {
		desk.notes.push(`${field.name} comes back changed by a harmless habit: ${habit}`);
		return { field: { ...settled, habit, compared: false } };
	}
	const { written, read, before } = first;
	const deviation = nameDeviation({
		sent: written[field.name] as Json,
		read: read[field.name] as Json | undefined,
		before: before?.[field.name] as Json | undefined,
	});
	return { field: { ...settled, compared: false }, deviation, sample: first };
}

function isEcho(field: Field, { written, read }: Sample): boolean {
	const sent = written[field.name];
	const got = read[field.name];
	if (field.order === "free" && Array.isArray(sent) && Array.isArray(got)) {
		return identify(sortedByIdentity(sent)) === identify(sortedByIdentity(got));
	}
	return identify(sent) === identify(got);
}

function sortedByIdentity(values: readonly Value[]): readonly Value[] {
	return values.toSorted((a, b) => (identify(a) < identify(b) ? -1 : 1));
}

/** One value for all items, or a value of each item's own; a documented default that is another is not believed. */
function whenUnset(field: Field, unset: readonly Sample[]): Field["whenUnset"] {
	const [first, ...others] = unset.map(({ read }) => identify(read[field.name]));
	if (first === undefined) return field.whenUnset;
	if (others.some((other) => other !== first)) return { kind: "varies" };
	const isDocumented = field.whenUnset.kind === "documented" && identify(field.whenUnset.value as Value) === first;
	return isDocumented ? field.whenUnset : { kind: "same" };
}

/** A habit that explains every sample; it is believed only when two different samples were seen. */
function commonHabit(field: Field, sent: readonly Sample[]): Habit | undefined {
	const values = new Set(sent.map(({ written }) => identify(written[field.name])));
	if (values.size < 2) return undefined;
	return habitOf(
		sent.map(({ written, read }) => ({
			sent: written[field.name] as Json,
			read: read[field.name] as Json | undefined,
		})),
	);
}

function draftOf(
	desk: Desk,
	{ field, deviation, sample, judged }: { field: Field; deviation: string; sample: Sample; judged: Judged },
): Draft {
	const { maker, reader, history } = judged;
	// A value that is only shown otherwise is the reader's; one that is lost is the writer's.
	const { operation } = deviation === "masked" ? reader : maker;
	const [evidence] = (deviation === "masked" ? reader : maker).evidence;
	const writing = history.turns.slice(0, sample.at).findLastIndex(({ call }) => call.operation === maker.operation.id);
	const steps = stepsOf(desk, history, sample.at).filter((_, index) => index === writing || index === sample.at);
	return {
		rule: "effect",
		level: "drift",
		operation: operation.id,
		subject: field.name,
		documented: `${field.name} as sent`,
		observed: deviation,
		message: `${field.name} is written by ${maker.operation.method} ${maker.operation.path} and comes back ${deviation}.`,
		...(evidence === undefined ? {} : { because: evidence.text }),
		source: field.schema.source,
		evidence: steps,
		suspects: [deviation],
		cause: `echo ${resourceActedOn(maker.effect)} ${field.name}`,
	};
}

import type { Expected, Step } from "../../finding/finding.ts";
import type { Json } from "../../http/exchange.ts";
import { resourceActedOn } from "../../model/effect.ts";
import { lawOf } from "../../model/effect-laws.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { type Behaviour, lineage, withResource } from "../../model/model.ts";
import type { Field, Resource } from "../../model/resource.ts";
import { concretize, identify, type Value } from "../../model/value.ts";
import { annotation } from "../../schema/navigate.ts";
import { parsePointer } from "../../schema/reference.ts";
import { cleanUp } from "../cleanup.ts";
import { type Desk, report, startOf, startWorlds } from "../desk.ts";
import type { Draft } from "../draft.ts";
import { type Deviation, isEmptying, type Learned, learnField } from "../echo-field.ts";
import { type Sample, samplesOf } from "../echo-sample.ts";
import { type History, live, stepsOf } from "../history.ts";
import { extremesOf, stretchedMakings } from "../plan/extreme-body.ts";
import {
	compose,
	lentAt,
	type Made,
	type Making,
	make,
	makersOf,
	type Story,
	startStory,
	tell,
} from "../plan/story.ts";
import { createValueSource } from "../plan/value-source.ts";
import { renewedDraft, renewedFields } from "../renewed-field.ts";
import { sharesSchema } from "../shared-schema.ts";
import { shownAsSent } from "../shown-as-sent.ts";
import { worldsAfter } from "../stage.ts";

/**
 * Writes each field by every operation that writes it and reads it back, before anything is judged: harmless habits are
 * learned, and a field that deviates is one finding and is set aside, so that it poisons nothing else.
 */
export async function learnEchoes(desk: Desk): Promise<void> {
	for (const [index, resource] of [...desk.model.resources.values()].entries()) {
		const reader = readerOf(desk, resource);
		if (reader === undefined || resource.fields.size === 0 || desk.stopReason() !== undefined) continue;
		const writers = writersOf(desk, resource);
		const makers = makersOf(desk.model, resource.name).slice(0, 1);
		if (![reader, ...makers, ...writers].some(({ operation }) => desk.operations.has(operation.id))) continue;
		await learnResource(desk, resource, { reader, writers, label: `h${index}` });
	}
}

/** The operation that shows one item, else the one that lists all. */
function readerOf(desk: Desk, resource: Resource): Behaviour | undefined {
	const own = [...desk.model.behaviours.values()].filter(({ effect }) => resourceActedOn(effect) === resource.name);
	const item = own.find(({ effect, answer }) => effect.kind === "read" && answer.shows === "item");
	return item ?? own.find(({ effect, answer }) => effect.kind === "list" && answer.shows === "list");
}

/** Operations that write an item that is there. */
function writersOf(desk: Desk, { name, kind }: Resource): readonly Behaviour[] {
	return [...desk.model.behaviours.values()].filter(({ effect, keys, operation }) => {
		const writes = effect.kind === "replace" || effect.kind === "merge" || effect.kind === "upsert";
		const aims = keys.has(name) || kind === "singleton";
		return writes && effect.resource === name && aims && bodySchema(operation) !== undefined;
	});
}

interface Ways {
	readonly reader: Behaviour;
	readonly writers: readonly Behaviour[];
	readonly label: string;
}

async function learnResource(desk: Desk, resource: Resource, { reader, writers, label }: Ways): Promise<void> {
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label });
	const story = startStory(model, startOf(model), { source, validation });
	if (!write(story, resource, { reader, writers })) return;
	const history = await live(desk, startWorlds(desk.model), story.calls);
	const worlds = worldsAfter(desk, history);
	const samples = samplesOf(model, history, { reader, bindings: worlds[0]?.bindings ?? new Map() });
	judge(desk, resource, { samples, history, reader });
	await cleanUp(desk, history, { worlds, thorough: true });
}

/** Makes items with all fields and with none, then writes one again in every way, and reads after each; false when nothing can. */
function write(story: Story, resource: Resource, { reader, writers }: Pick<Ways, "reader" | "writers">): boolean {
	const inside: Made[] = [];
	for (const parent of lineage(story.model, resource.name).slice(0, -1)) {
		const made = lentAt(story, parent.name, inside) ?? make(story, parent.name, inside);
		if (made === undefined) return false;
		inside.push(made);
	}
	const read = ({ key }: Made): void => {
		const aimed = reader.keys.has(resource.name) ? { key } : {};
		tell(story, compose(story, reader.operation.id, { inside, ...aimed }));
	};
	const canMake = makersOf(story.model, resource.name).length > 0;
	const ways: readonly Making[] = [
		{ optional: "all" },
		{ optional: "all" },
		{ optional: "none" },
		{ optional: "none" },
	];
	const items = [...ways, ...stretchedMakings(story, resource.name)].map((making) => {
		const made = canMake ? make(story, resource.name, inside, making) : undefined;
		if (made !== undefined) read(made);
		return made;
	});
	const item = items[0] ?? (resource.kind === "singleton" ? single(resource) : undefined);
	if (item === undefined) return false;
	for (const { operation, effect } of writers.flatMap((writer) => [writer, writer])) {
		const schema = bodySchema(operation);
		const body = schema === undefined ? undefined : story.source.body(operation.id, "all");
		tell(story, compose(story, operation.id, { inside, key: item.key, body }));
		read(item);
		for (const other of schema === undefined
			? []
			: extremesOf(story, { schema, body, takesNull: lawOf(effect).takesNull?.(effect) === true })) {
			tell(story, compose(story, operation.id, { inside, key: item.key, body: other }));
			read(item);
		}
	}
	return true;
}

/** A singleton is there without being made. */
function single({ name }: Resource): Made {
	return { resource: name, container: name, key: "" };
}

interface Judged {
	readonly samples: readonly Sample[];
	readonly history: History;
	readonly reader: Behaviour;
	/** The service puts values of its own into fields of the schema that is sent and shown. */
	readonly hasOwn?: boolean;
}

function judge(desk: Desk, resource: Resource, judged: Judged): void {
	const { reader } = judged;
	const shown = [...resource.fields.values()].filter(
		({ name, owner, compared, writeOnly, reveal, immutable }) =>
			owner === "client" &&
			compared &&
			// What names the item is not rewritten by writing the item.
			name !== resource.key?.property &&
			!writeOnly &&
			reveal === undefined &&
			immutable === undefined &&
			reader.answer.fields.includes(name),
	);
	const learn = (samples: readonly Sample[]): readonly Learned[] => {
		const telling = shownAsSent(desk, reader, samples);
		return shown.map((field) => learnField(field, telling(field)));
	};
	const samples = withoutDeaf(judged.samples, learn(judged.samples));
	const learned = learn(samples);
	const renewed = renewedFields(resource, judged.samples);
	const aside = renewed.map(({ field }) => ({ ...field, compared: false }));
	desk.model = withResource(desk.model, resource.name, {
		fields: new Map([
			...resource.fields,
			...[...learned.map(({ field }) => field), ...aside].map((field) => [field.name, field] as const),
		]),
	});
	for (const { field, habit } of learned) {
		if (habit !== undefined) desk.notes.push(`${field.name} comes back changed by a harmless habit: ${habit}`);
	}
	const drafts = [
		...learned.flatMap((one) => draftsOf(desk, one, { ...judged, hasOwn: hasOwnValues(learned, reader) })),
		...renewed.map((one): Draft => ({ ...draftAt(desk, one.sample, judged), ...renewedDraft(one) })),
		...[...resource.fields.values()].flatMap((field) => shownDrafts(desk, field, judged)),
	];
	report(desk, drafts);
	if (samples.length > 0)
		desk.decided.set(`${reader.operation.id}/effect`, { verdict: drafts.length > 0 ? "drift" : "agrees" });
}

/** What the document says is only written comes back as it was sent (OpenAPI 3.0, Schema Object: `writeOnly`). */
function shownDrafts(desk: Desk, { name, schema }: Field, judged: Judged): readonly Draft[] {
	if (annotation(schema, "writeOnly") !== true) return [];
	const { operation, effect } = judged.reader;
	const sample = judged.samples.find(({ written, read }) => {
		const sent = written[name];
		return typeof sent === "string" && sent !== "" && sent === read[name];
	});
	if (sample === undefined) return [];
	return [
		{
			...draftAt(desk, sample, judged),
			operation: operation.id,
			subject: name,
			documented: `${name} is never shown`,
			observed: "shown",
			message: `${name} is documented to be written only, and ${operation.method} ${operation.path} shows it.`,
			source: schema.source,
			suspects: [],
			cause: `shown ${resourceActedOn(effect)} ${name}`,
		},
	];
}

const LOST: readonly string[] = ["not stored", "unchanged from before"];

/** Who puts a default in its place has looked at the field. */
function isLost({ what, fallsBack }: Deviation): boolean {
	return fallsBack !== true && LOST.includes(what);
}

/**
 * Where an operation stores none of several fields as sent, or loses the only one, it is the operation and not its
 * fields: the experiments will tell what it does.
 */
function withoutDeaf(samples: readonly Sample[], learned: readonly Learned[]): readonly Sample[] {
	const byWriter = Map.groupBy(samples, ({ writer }) => writer.operation.id);
	const deaf = [...byWriter].filter(([operation, own]) => {
		const telling = learned.filter(({ field }) => own.some((sample) => isTelling(sample, field.name)));
		const lost = telling.flatMap(({ field, deviations }) =>
			deviations
				.filter(({ sample }) => sample.writer.operation.id === operation)
				.slice(0, 1)
				.map((one) => ({ isLost: isLost(one), empties: isEmptying(field, one.sample) })),
		);
		// What keeps a list that it is to empty stores all others.
		const isLoss = telling.length > 1 || lost.some(({ isLost: isOne }) => isOne);
		if (lost.some(({ empties }) => empties)) return false;
		return telling.length > 0 && lost.length === telling.length && isLoss;
	});
	return samples.filter(({ writer }) => !deaf.some(([operation]) => operation === writer.operation.id));
}

/** A value that was there already comes back from an operation that does nothing as well. */
function isTelling({ written, before }: Sample, name: string): boolean {
	return Object.hasOwn(written, name) && identify(written[name]) !== identify(before?.[name]);
}

function draftsOf(desk: Desk, { field, deviations, otherDefault }: Learned, judged: Judged): readonly Draft[] {
	const drafts = deviations.map((deviation) => deviationDraft(desk, { field, deviation, judged }));
	if (otherDefault === undefined || drafts.length > 0) return drafts;
	const { sample } = otherDefault;
	const proof = draftAt(desk, sample, judged);
	const sent = otherDefault.documented as Value;
	const [documented, value] = [otherDefault.documented, otherDefault.value].map((one) => JSON.stringify(one));
	return [
		{
			...proof,
			evidence: proof.evidence.map((step) => expecting(desk, step, { sent, field, judged })),
			operation: sample.writer.operation.id,
			subject: field.name,
			documented: `${field.name} is ${documented} when it is not sent`,
			observed: value ?? "",
			message: `${field.name} is documented to be ${documented} when it is not sent, and is ${value}.`,
			source: field.schema.source,
			suspects: [],
			cause: `default ${resourceActedOn(judged.reader.effect)} ${field.name}`,
		},
	];
}

function deviationDraft(
	desk: Desk,
	{ field, deviation: { what, sample, fallsBack }, judged }: { field: Field; deviation: Deviation; judged: Judged },
): Draft {
	// A value that is only shown otherwise is the reader's; one that is lost is the writer's.
	const blamed = what === "masked" ? judged.reader : sample.writer;
	const [evidence] = blamed.evidence;
	const { method, path } = sample.writer.operation;
	const proof = draftAt(desk, sample, judged);
	const sent = sample.written[field.name];
	return {
		...proof,
		evidence:
			sent === undefined
				? proof.evidence
				: proof.evidence.map((step) => expecting(desk, step, { sent, field, judged })),
		level: isOwnPerhaps(sample.writer, judged, { what, fallsBack }) ? "surprise" : "drift",
		operation: blamed.operation.id,
		subject: field.name,
		documented: `${field.name} as sent`,
		observed: what,
		message: `${field.name} is written by ${method} ${path} and comes back ${what}.`,
		...(evidence === undefined ? {} : { because: evidence.text }),
		source: field.schema.source,
		suspects: [what],
		cause: `echo ${resourceActedOn(judged.reader.effect)} ${field.name}`,
	};
}

/** Deviations by which a service puts a value of its own in the place of what was sent. */
const OWN_VALUES: readonly string[] = ["changed", "added to"];

/**
 * Where one schema serves for what is sent and what is shown, nothing says that a client decides each of its fields: a
 * service that shows a value of its own there contradicts a habit and not the document. Where it does so in one field,
 * another that it drops may be its own as well.
 */
function isOwnPerhaps(
	writer: Behaviour,
	{ reader, hasOwn }: Judged,
	{ what, fallsBack }: Pick<Deviation, "what"> & { readonly fallsBack: true | undefined },
): boolean {
	return (
		(fallsBack === true || OWN_VALUES.includes(what) || (hasOwn === true && what === "not stored")) &&
		sharesSchema(writer, reader)
	);
}

function hasOwnValues(learned: readonly Learned[], reader: Behaviour): boolean {
	const deviations = learned.flatMap((one) => one.deviations);
	return deviations.some(
		({ what, sample, fallsBack }) =>
			(fallsBack === true || OWN_VALUES.includes(what)) && sharesSchema(sample.writer, reader),
	);
}

interface Sent {
	readonly sent: Value;
	readonly field: Field;
	readonly judged: Judged;
}

/** Where the proof parts, the field is expected as it was sent: the model has set it aside by then. */
function expecting({ session: { mask } }: Desk, step: Step, { sent, field, judged }: Sent): Step {
	const value = concretize(sent, new Map());
	if (!step.parts || value === undefined) return step;
	const shown = JSON.parse(mask.maskText(JSON.stringify(value))) as Json;
	const names = [...parsePointer(judged.reader.answer.at), field.name];
	const body = names.reduceRight<Expected>((inner, name) => ({ kind: "object", members: { [name]: inner } }), {
		kind: "value",
		value: shown,
	});
	return { ...step, expects: { statuses: ["2XX"], body } };
}

/** The proof: what stood there before where that tells, the writing, the reading. */
function draftAt(desk: Desk, sample: Sample, { history }: Judged): Pick<Draft, "rule" | "level" | "evidence"> {
	const shown = sample.before === undefined ? [sample.at - 1, sample.at] : [sample.at - 2, sample.at - 1, sample.at];
	const evidence = stepsOf(desk, history, sample.at).filter((_, index) => shown.includes(index));
	return { rule: "effect", level: "drift", evidence };
}

import type { Json } from "../http/exchange.ts";
import type { Field, Habit } from "../model/resource.ts";
import { identify, isObject, type Value } from "../model/value.ts";
import { habitOf, isFilledIn, nameDeviation } from "./echo-habit.ts";
import type { Sample } from "./echo-sample.ts";

/** What the samples tell about one field. */
export interface Learned {
	readonly field: Field;
	readonly habit?: Habit;
	/** One for each operation that does not store it as sent. */
	readonly deviations: readonly Deviation[];
	/** What an item shows that was made without it, when the document names another default. */
	readonly otherDefault?: { readonly documented: Json; readonly value: Json; readonly sample: Sample };
}

export interface Deviation {
	readonly what: string;
	readonly sample: Sample;
	/** It is not stored, and what stands there is what stands there when it is not sent. */
	readonly fallsBack?: true;
}

/** Reads habits, deviations and what is there when nobody sets it out of the samples. */
export function learnField(field: Field, samples: readonly Sample[]): Learned {
	const sent = samples.filter((sample) => Object.hasOwn(sample.written, field.name) && !isMergedInside(field, sample));
	const deviating = sent.filter((sample) => !isEcho(field, sample));
	const settled = { ...field, whenUnset: whenUnset(field, madeWithout(field, samples)) };
	const full = (all: readonly Sample[]): readonly Sample[] => all.filter((sample) => !isEmptying(field, sample));
	const habit = full(deviating).length === 0 ? undefined : commonHabit(field, full(sent));
	const strange = habit === undefined ? deviating : deviating.filter((sample) => isEmptying(field, sample));
	if (habit !== undefined && strange.length === 0)
		return { field: { ...settled, habit, compared: false }, habit, deviations: [] };
	const unset = valueUnset(settled, madeWithout(field, samples));
	const deviations = firstOfEach(strange).map((sample) => deviationIn(field, sample, unset));
	const other = otherDefault(field, madeWithout(field, samples));
	return {
		field: deviations.length === 0 ? settled : { ...settled, compared: false },
		deviations,
		...(other === undefined ? {} : { otherDefault: other }),
	};
}

/** What is changed inside of an object does not come back as it was sent: the experiments tell whether it is right. */
function isMergedInside({ name }: Field, { writer: { effect }, written }: Sample): boolean {
	return effect.kind === "merge" && effect.does === "deep-merge" && isObject(written[name]);
}

/** Whether a sample takes away what a field holds: by an empty list, or by null. */
export function isEmptying({ name }: Field, { written }: Sample): boolean {
	const sent = written[name];
	return sent === null || (Array.isArray(sent) && sent.length === 0);
}

function isEcho(field: Field, sample: Sample): boolean {
	const sent = sample.written[field.name];
	const got = sample.read[field.name];
	// What is empty need not be shown; what still holds what it held was not emptied.
	if (isEmptying(field, sample)) return !isFull(got) || identify(got) !== identify(sample.before?.[field.name]);
	if (field.order === "free" && Array.isArray(sent) && Array.isArray(got))
		return identify(sortedByIdentity(sent)) === identify(sortedByIdentity(got));
	// What a change leaves of an object inside is no habit: the experiments tell whether it left the right part.
	if (mergesInside(sample) && isObject(sent)) return isFilledIn({ sent: sent as Json, read: got as Json | undefined });
	return identify(sent) === identify(got);
}

function mergesInside({ writer: { effect } }: Sample): boolean {
	return effect.kind === "merge" && effect.does === "deep-merge";
}

function isFull(value: Value | undefined): boolean {
	return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "";
}

function sortedByIdentity(values: readonly Value[]): readonly Value[] {
	return values.toSorted((a, b) => (identify(a) < identify(b) ? -1 : 1));
}

/** What is read after an item was written whole without the field. Merging leaves what is not sent. */
function madeWithout(field: Field, samples: readonly Sample[]): readonly Sample[] {
	return samples.filter(({ writer, written }) => writer.effect.kind !== "merge" && !Object.hasOwn(written, field.name));
}

/** One value for all items, or a value of each item's own; a documented default that is another is not believed. */
function whenUnset(field: Field, unset: readonly Sample[]): Field["whenUnset"] {
	const [first, ...others] = unset.map(({ read }) => identify(read[field.name]));
	if (first === undefined) return field.whenUnset;
	if (others.some((other) => other !== first)) return { kind: "varies" };
	const isDocumented = field.whenUnset.kind === "documented" && identify(field.whenUnset.value as Value) === first;
	return isDocumented ? field.whenUnset : { kind: "same" };
}

/** The same value in all samples, and another than the documented one. A field that is not shown contradicts nothing. */
function otherDefault(field: Field, unset: readonly Sample[]): Learned["otherDefault"] {
	if (field.whenUnset.kind !== "documented") return undefined;
	const shown = unset.map(({ read }) => read[field.name]);
	const [value] = shown;
	const [sample] = unset;
	const isOne = shown.length > 1 && shown.every((other) => identify(other) === identify(value));
	if (sample === undefined || value === undefined || !isOne) return undefined;
	const documented = field.whenUnset.value as Json;
	return identify(value) === identify(documented) ? undefined : { documented, value: value as Json, sample };
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

/** The first deviation of each writing operation. */
function firstOfEach(deviating: readonly Sample[]): readonly Sample[] {
	const byWriter = new Map(deviating.toReversed().map((sample) => [sample.writer.operation.id, sample]));
	return deviating.filter((sample) => byWriter.get(sample.writer.operation.id) === sample);
}

/** What stands there when nobody sets it, where that is one value. */
function valueUnset({ name, whenUnset: known }: Field, unset: readonly Sample[]): Json | undefined {
	return known.kind === "varies" ? undefined : (unset[0]?.read[name] as Json | undefined);
}

function deviationIn({ name }: Field, sample: Sample, unset: Json | undefined): Deviation {
	const { writer, written, read, before } = sample;
	const echo = { sent: written[name] as Json, read: read[name] as Json | undefined };
	// What a change resets was there before.
	const known = writer.effect.kind === "merge" ? undefined : unset;
	const what = nameDeviation({ ...echo, before: before?.[name] as Json | undefined, unset: known });
	const fallsBack = what === "not stored" && known !== undefined && identify(known) === identify(echo.read);
	return { what, sample, ...(fallsBack ? { fallsBack } : {}) };
}

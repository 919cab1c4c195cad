import { enumeration, typesOf } from "../../schema/navigate.ts";
import type { Evidence } from "../evidence.ts";
import type { SetFields } from "../law/set.ts";
import type { Field, Resource } from "../resource.ts";
import type { Value } from "../value.ts";
import type { Inferred } from "./effect.ts";
import { outcomesOf, wordPattern } from "./outcome-words.ts";
import type { Place } from "./path-shape.ts";
import { bodySchema, propertiesOf, successes } from "./shown.ts";
import type { Spot, Spots } from "./spots.ts";
import { speaksOf } from "./subject.ts";
import { isLimiting, type Sentence, sentencesOf } from "./words.ts";

/**
 * What an action does to the item that it stands on, where the document says which value it gives to a field:
 * `POST /orders/{id}/cancel` makes the status `cancelled`, which its enumeration has. Undefined where nothing tells.
 *
 * @example inferTransition(cancel, around)?.effect // { kind: "set", resource: "orders", to: { status: "cancelled" } }
 */
export function inferTransition(place: Place, { spots, resources }: Around): Inferred | undefined {
	const spot = spots.get(place.base);
	const resource = resources.get(spots.get(spot?.parent ?? "")?.name ?? "");
	if (spot === undefined || resource?.kind !== "collection" || !isAction(place, spot, resource)) return undefined;
	const sentences = sentencesOf(place.operation);
	const told = toldBy(sentences, resource) ?? toldByName(place, resource, sentences);
	if (told === undefined) return undefined;
	const { to, evidence } = told;
	const effect: SetFields = { kind: "set", resource: resource.name, to, does: "named", isInferred: true };
	return { effect, evidence: [evidence] };
}

interface Around {
	readonly spots: Spots;
	readonly resources: ReadonlyMap<string, Resource>;
}

interface Told {
	readonly to: Readonly<Record<string, Value>>;
	readonly evidence: Evidence;
}

/** Right behind the item, nothing is read there, and what it is sent (a reason, a note) is no field of the item. */
function isAction({ operation, shape: { segments } }: Place, { own, items }: Spot, { fields }: Resource): boolean {
	const [before, last] = segments.slice(-2);
	if (before?.kind !== "parameter" || last?.kind !== "literal" || items.length > 0) return false;
	if (operation.method !== "POST" && operation.method !== "PUT") return false;
	if (own.some((one) => one.operation.method === "GET")) return false;
	// What is only accepted is done later.
	if (successes(operation).every(({ status }) => status === "202")) return false;
	const schema = bodySchema(operation);
	return schema === undefined || propertiesOf(schema).every(({ name }) => !fields.has(name));
}

/** What is not yet so when the answer comes, or is not about the item. */
const LATER =
	/\b(?:eventually|asynchronously|later|in the background|up to \d+|before changing|once (?:it|the)|it belongs to)\b/i;
/** What is in such a state goes on by itself. */
const UNDERWAY =
	/^(?:queued|enqueued|running|processing|inprogress|started|starting|scheduled|building|deploying|executing|waiting)$/;
/** Names of the fields in which an item's standing is kept. */
const STANDING = /(?:^|[_-]|[a-z](?=[SPCL]))(?:status|state|phase|stage|standing|lifecycle\w*)$/i;

/** `Marks the invoice as paid`, `The status becomes "closed"`. */
function toldBy(sentences: readonly Sentence[], { fields }: Resource): Told | undefined {
	for (const { text, evidence } of sentences) {
		if (isLimiting(text) || LATER.test(text)) continue;
		const found = [...fields.values()].flatMap((field) => {
			const values = wordsIn(field).filter((value) => isMadeOf(text, field, value));
			const [value] = values;
			return value === undefined || values.length > 1 || UNDERWAY.test(plain(value))
				? []
				: [[field.name, value] as const];
		});
		if (found.length > 0) return { to: Object.fromEntries(found), evidence };
	}
	return undefined;
}

function wordsIn({ schema }: Field): readonly string[] {
	return (enumeration(schema) ?? []).filter((value) => typeof value === "string" && /\w{2}/.test(value)) as string[];
}

/** What a sentence says that something becomes: the word is quoted, or the sentence speaks of a standing. */
function isMadeOf(text: string, { name }: Field, value: string): boolean {
	const word = wordPattern(value);
	const becoming = String.raw`\b(?:to|as|into|becomes?|is (?:now|then))\s+(?:the\s+)?(?:(?:status|state)\s+)?`;
	const quoted = new RegExp(`${becoming}[\`"'“*]{1,2}${word}[\`"'”*]{1,2}`, "i");
	if (quoted.test(text)) return true;
	const plain = new RegExp(`${becoming}${word}(?![\\w-])`, "i");
	const standing = new RegExp(`\\b(?:status|state|${wordPattern(name)}|marks?|becomes?)\\b`, "i");
	return plain.test(text) && standing.test(text);
}

/** The verb that names the action, where one field has a word for what is done. */
function toldByName(place: Place, resource: Resource, sentences: readonly Sentence[]): Told | undefined {
	const last = place.shape.segments.at(-1);
	const verb = last?.kind === "literal" ? last.text.toLowerCase() : "";
	const outcomes = outcomesOf(verb);
	if (outcomes === undefined) return undefined;
	const fields = [...resource.fields.values()];
	const standings = fields.flatMap((field) => {
		const words = wordsIn(field);
		// Where there is a word for being at it, it is done later.
		const isJob = words.some((word) => outcomes.underway.includes(plain(word)) || UNDERWAY.test(plain(word)));
		if (!STANDING.test(field.name) || isJob) return [];
		const fit = words.filter((word) => outcomes.words.includes(plain(word)));
		return fit.length === 1 ? [[field.name, fit[0] as Value] as const] : [];
	});
	const flags = fields.flatMap(({ name, schema }): readonly (readonly [string, Value])[] => {
		if (typesOf(schema).join() !== "boolean") return [];
		const word = plain(name.replace(/^is[_-]?(?=[a-zA-Z])/, ""));
		if (outcomes.words.includes(word)) return [[name, true]];
		return outcomes.opposite.includes(word) ? [[name, false]] : [];
	});
	const [one, other] = standings;
	if (other !== undefined || (one === undefined && flags.length === 0)) return undefined;
	const to = Object.fromEntries([...standings, ...flags]);
	const leading = new RegExp(`^[^A-Za-z]*${verb}(?:s|es)?\\b`, "i");
	const said = sentences.find((one) => leading.test(one.text) && speaksOf(one, resource, place));
	if (said !== undefined) return { to, evidence: said.evidence };
	const words = Object.entries(to).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
	return { to, evidence: { kind: "convention", text: `what ${verb} makes of it is ${words.join(" and ")}` } };
}

/** @example plain("IN_REVIEW") // "inreview" */
function plain(word: string): string {
	return word.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

import type { Resource } from "../resource.ts";
import type { Place } from "./path-shape.ts";
import { stem } from "./shown.ts";
import type { Sentence } from "./words.ts";

/** Where the object of a verb ends: what follows tells where, how or when. */
const AFTER_OBJECT =
	/\b(?:for|from|in|into|on|onto|by|with|within|about|at|that|which|who|where|when|if|using|based|given|via|per|under|inside|associated|belonging|linked|to)\b|[,;:(]/i;

/** `a list of`, `the details of`: what counts follows. */
const MEASURE =
	/^(?:(?:a|an|the|all|every|one|your|our|single|specific|specified|existing|new|(?:full|complete|paginated|detailed) )\s+)*(?:lists?|collections?|pages?|arrays?|sets?|details?|information|info|data|metadata|cop(?:y|ies)|object|representation|instances?)\s+(?:of|about|on|for)\s+/i;

/**
 * Whether a sentence that leads with a verb speaks of the resource: the object of the verb holds the resource's word, or
 * that of the parameter that names its item, or is `it` or `this`.
 *
 * @example speaksOf("Delete a pet from the store", pets, place) // true
 */
export function speaksOf({ text, evidence }: Sentence, resource: Resource, place: Place): boolean {
	if (evidence.source?.pointer.endsWith("/summary") === true) return true;
	const object = objectOf(text);
	if (/^(?:it|this|them|these)\b/i.test(object)) return true;
	// `Updates the name, or the colour, of a pet` speaks of a pet.
	const said = wordsOf(
		place.onItem ? `${object} ${text.split(/\bof (?:an?|the|this)\b/i)[1]?.split(AFTER_OBJECT)[0] ?? ""}` : object,
	);
	return namesOf(resource, place).some((name) => {
		const parts = wordsOf(name);
		const last = parts.at(-1);
		return last !== undefined && (said.includes(last) || said.join("").includes(parts.join("")));
	});
}

/** Whether the object of the verb that a sentence leads with has a word. */
export function objectNames({ text }: Sentence, word: string): boolean {
	return wordsOf(objectOf(text)).includes(stem(word));
}

function objectOf(text: string): string {
	const afterVerb = text.replace(/^[^A-Za-z]*[A-Za-z-]+(?:\s+(?:or|and)\s+[A-Za-z-]+)?\s*/, "");
	const [object = ""] = afterVerb.replace(MEASURE, "").split(AFTER_OBJECT);
	return object;
}

function namesOf(resource: Resource, { shape, onItem }: Place): readonly string[] {
	const last = shape.segments.at(-1);
	const own = resource.name.split(".").at(-1) ?? resource.name;
	const parameter =
		onItem && last?.kind === "parameter" ? last.name.replace(/[_-]?(?:id|ID|Id|key|name|uuid|slug)$/, "") : "";
	return parameter === "" ? [own] : [own, parameter];
}

function wordsOf(text: string): readonly string[] {
	return text
		.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
		.split(/[^A-Za-z0-9]+/)
		.filter((word) => word !== "")
		.map(stem);
}

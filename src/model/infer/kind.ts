import type { Operation } from "../../contract/contract.ts";
import type { Resource } from "../resource.ts";
import { isAction } from "./action.ts";
import { computedBecause } from "./computed.ts";
import type { Place, Segment } from "./path-shape.ts";
import { singular, successes } from "./shown.ts";
import { sentencesOf, verbOf } from "./words.ts";

/**
 * The kind of what stands at a path without items and without a list: a collection where words list or make items, one
 * value where an answer shows something, undefined where nothing stands there.
 */
export function kindByReading(places: readonly Place[]): Resource["kind"] | undefined {
	const readers = places.filter((place) => place.operation.method === "GET" && !isComputed(place));
	const said = readers.flatMap(({ operation }) => sentencesOf(operation)).map(({ text }) => verbOf(text));
	if (said.includes("list")) return "collection";
	if (readers.some(({ operation }) => showsSomething(operation))) return "singleton";
	return places.some(makesItem) ? "collection" : undefined;
}

function isComputed(place: Place): boolean {
	return computedBecause(place, sentencesOf(place.operation)) !== undefined;
}

function showsSomething(operation: Operation): boolean {
	return successes(operation).some(({ content }) => content.length > 0);
}

/** Methods of remote calls that do not make: `calls.remove`. */
const UNMAKING = /\.(?:remove|delete|update|edit|set|end|close|archive|revoke|leave|kick)\w*$/i;
const MAKING = /^(?:buys?|purchases?|registers?|uploads?)\b/i;

/** An address to send something to is handed out, and stands nowhere. */
const ISSUING = /^[^A-Za-z]*\w+ (?:an? |the )?(?:\w+ ){0,2}ur[il]s?\b/i;

/** What is made stands under the name of many; a single word after an item may as well be an action. */
function isPlural(segment: Segment | undefined): boolean {
	return segment?.kind === "literal" && singular(segment.text) !== segment.text;
}

/** Whether a `POST` makes an item: it answers 201 or with a `Location` (RFC 9110, 9.3.3), or its words say so. */
function makesItem({ operation, shape }: Place): boolean {
	const last = shape.segments.at(-1);
	if (operation.method !== "POST" || isAction(last) || (last?.kind === "literal" && UNMAKING.test(last.text)))
		return false;
	const said = sentencesOf(operation).some(({ text }) => {
		const verb = verbOf(text);
		const isSaid = verb === "create" || (verb === "append" && isPlural(last)) || MAKING.test(text);
		return isSaid && !ISSUING.test(text);
	});
	const isMade = successes(operation).some(
		({ status, headers }) => status === "201" || headers.some(({ name }) => name.toLowerCase() === "location"),
	);
	return said || (isMade && isPlural(shape.segments.at(-1)));
}

import type { MediaType } from "../../contract/contract.ts";
import { isJson } from "../../http/media-type.ts";
import type { Evidence } from "../evidence.ts";
import { computedBecause, sentenceExamining } from "./computed.ts";
import type { Inferred } from "./effect.ts";
import type { Place } from "./path-shape.ts";
import { successes } from "./shown.ts";
import { isLimiting, type Sentence, verbOf } from "./words.ts";

/** Verbs by which a safe method would say that it writes. */
const WRITING: ReadonlySet<string> = new Set([
	"upsert",
	"replace",
	"merge",
	"update",
	"create",
	"append",
	"remove",
	"clear",
]);

/** Actions that no verb of ours names. */
const ACTING =
	/^(?:(?:logs?|signs?) (?:\w+ ){0,3}(?:out|in|into|on|off)\b|[a-z]+ and (?:caches?|stores?|saves?|persists?|updates?)\b|cancels?|starts?|stops?|restarts?|resets?|sends?|triggers?|marks?|pins?|unpins?|joins?|leaves?|opens?|closes?|archives?|invites?|kicks?|renames?|runs?|executes?|reloads?|refresh(?:es)?)\b/i;

/**
 * Where a safe method does something else than show what stands under its path: it is opaque when its words say that it
 * acts after all, and changes nothing and shows nothing when its answer is computed. Undefined when it shows.
 */
export function restrainReading(place: Place, sentences: readonly Sentence[]): Inferred | undefined {
	const acting = place.operation.method === "GET" ? sentenceActing(sentences) : undefined;
	if (acting !== undefined)
		return { effect: { kind: "opaque" }, evidence: [], reason: `its words say that it acts: "${acting.text}"` };
	const isComputed = computedBecause(place, sentences) !== undefined;
	return isComputed || !shows(place, sentences) ? changesNothing(place, sentences) : undefined;
}

/** Without a documented answer, only words can say that something is shown. */
function shows({ operation }: Place, sentences: readonly Sentence[]): boolean {
	const isDocumented = successes(operation).some(({ content }) => content.some(saysSomething));
	return isDocumented || sentences.some(({ text }) => verbOf(text) === "list" || verbOf(text) === "read");
}

/** A schema that admits everything shows nothing. */
function saysSomething({ name, schema }: MediaType): boolean {
	return (
		schema === undefined ||
		!isJson(name) ||
		typeof schema.node !== "object" ||
		Object.keys(schema.node).some((key) => !NOTES.has(key))
	);
}

const NOTES: ReadonlySet<string> = new Set(["title", "description", "example", "examples", "default"]);

/** The summary leads; where there is none, the first sentence does. */
function sentenceActing([first]: readonly Sentence[]): Sentence | undefined {
	if (first === undefined || isLimiting(first.text)) return undefined;
	const isActing = WRITING.has(verbOf(first.text) ?? "") || ACTING.test(first.text.replace(/^[^A-Za-z]+/, ""));
	return isActing ? first : undefined;
}

/** A safe method changes nothing (RFC 9110, 9.2.1); a sentence that says what it looks at instead says so too. */
export function changesNothing({ operation }: Place, sentences: readonly Sentence[]): Inferred {
	const said = sentenceExamining(sentences);
	const convention: Evidence = { kind: "convention", text: `${operation.method} is safe, RFC 9110 9.2.1` };
	return { effect: { kind: "none" }, evidence: said === undefined ? [convention] : [convention, said.evidence] };
}

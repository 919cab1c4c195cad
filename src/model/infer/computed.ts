import type { Parameter } from "../../contract/contract.ts";
import type { Place } from "./path-shape.ts";
import type { Sentence } from "./words.ts";

/** Segments that name a computation and nothing that stands somewhere. */
const COMPUTING =
	/^(?:search|reverse|estimates?|forecasts?|convert|conversions?|validate|validation|calculate|calculations?|compute|translate|transform|autocomplete|geocode|recommendations?|preview_?url|echo|watch|proxy)$/i;

/** Words of a sentence that answers with what the request carried, or with what it says about that. */
const ECHOING =
	/\b(?:passed|sent|given|included) in (?:the |your )?(?:request|query|body|url)\b|\bincoming requests?\b|\bfrom the query\b|\b(?:caller|client|requester|your)(?:['’]s)? (?:public )?ip\b|\bip address of the (?:caller|client|requester)\b|^echo(?:es)?\b|^(?:streams|generates)\b|\brandom\b/i;

/** Verbs that look at something and neither show nor change what stands there. */
const EXAMINING =
	/^(?:[*_#>\s-]*)(?:checks?|verif(?:y|ies)|validates?|pings?|scrapes?|estimates?|calculates?|computes?|converts?|translates?|forecasts?|predicts?|echo(?:es)?)\b/i;

/** Parameters that bound a period: with one of each the answer is made for it. */
const PERIOD_START = /^(?:start|from|since|begin|after)(?:[_-]?(?:date|time|at|on|timestamp|day))?$/i;
const PERIOD_END = /^(?:end|to|until|before)(?:[_-]?(?:date|time|at|on|timestamp|day))?$/i;
const COUNTING = /\b(?:statistics?|stats|metrics|aggregated?|estimate[ds]?|forecasts?|revenue|counts)\b/i;

/**
 * Why an answer is computed from what the request carries, so that nothing stands under its path; undefined when it
 * shows what is there.
 */
export function computedBecause(place: Place, sentences: readonly Sentence[]): string | undefined {
	const { operation, shape } = place;
	const echoing = sentenceEchoing(sentences);
	if (echoing !== undefined) return `computed, says "${echoing.text}"`;
	if (sentenceExamining(sentences) !== undefined) return "it looks at something and shows nothing that stands there";
	if (/\?.*=\{/.test(operation.path)) return "its path carries a query";
	if (operation.parameters.some(asksWhether)) return "a parameter names what is to be checked";
	const listed = sentences.some(({ text }) => /^(?:lists?\b|get all\b)/i.test(text));
	const segment = shape.segments.find(({ kind, ...rest }) => kind === "literal" && COMPUTING.test(lastPart(rest)));
	if (segment !== undefined && !listed) return "its path names a computation";
	return periodOf(place, sentences);
}

/** The sentence by which an answer is what was sent, or made of it. */
export function sentenceEchoing(sentences: readonly Sentence[]): Sentence | undefined {
	return sentences.find(({ text }) => ECHOING.test(text));
}

/** The sentence that leads with a verb of looking, unless it goes on to keep what it found. */
export function sentenceExamining(sentences: readonly Sentence[]): Sentence | undefined {
	const [first] = sentences;
	return first !== undefined && EXAMINING.test(first.text) && !KEEPING.test(first.text) ? first : undefined;
}

const KEEPING = /\b(?:and|then) (?:\w+ly )?(?:caches?|stores?|saves?|persists?|records?|updates?|marks?)\b/i;

/** `Check if these accounts are blocked` */
function asksWhether({ in: where, description }: Parameter): boolean {
	return where === "query" && /^checks? (?:if|whether)\b/i.test(description ?? "");
}

function lastPart(segment: object): string {
	const text = "text" in segment ? String(segment.text) : "";
	return text.split(".").at(-1) ?? text;
}

/** One bound that must be sent makes a period of the other, which defaults to now. */
function asksForBound(parameters: readonly Parameter[]): boolean {
	return parameters.some(({ name, required }) => required && (PERIOD_START.test(name) || PERIOD_END.test(name)));
}

function periodOf({ operation: { parameters } }: Place, sentences: readonly Sentence[]): string | undefined {
	const isPeriod = (required: boolean): boolean => {
		const names = parameters.filter((one) => one.required || !required).map(({ name }) => name.replace(/^.*\./, ""));
		return names.some((name) => PERIOD_START.test(name)) && names.some((name) => PERIOD_END.test(name));
	};
	const inPath = parameters.filter((one) => one.in === "path").map(({ name }) => name.toLowerCase());
	if (inPath.includes("year") && inPath.includes("month")) return "it is computed for the month that its path names";
	if (isPeriod(true) || (isPeriod(false) && asksForBound(parameters)))
		return "it is computed for a period that must be sent";
	const counts = sentences.some(({ text }) => COUNTING.test(text));
	const asksFor = parameters.some(({ required, in: where }) => required && where === "query");
	return counts && (isPeriod(false) || (asksFor && /\bestimated?\b/i.test(sentences.map(({ text }) => text).join(" "))))
		? "its words say that it counts or estimates for what is sent"
		: undefined;
}

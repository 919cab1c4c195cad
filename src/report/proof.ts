import type { Finding } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { type HttpAnswer, type HttpRequest, isAnswer, type NoAnswer } from "../http/exchange.ts";
import { symbolsOf } from "./symbol.ts";

/** One line of a proof, ready to be laid out: nothing in it differs from run to run. */
export interface ProofRow {
	readonly request: HttpRequest;
	/** The body on one line, cut when long; undefined when there is none. */
	readonly body?: string;
	readonly predicted: string;
	readonly observed: string;
	readonly answer: HttpAnswer | NoAnswer;
	/** What the two have not in common; set only where they part. */
	readonly difference?: Difference;
}

export interface Difference {
	/** Words that the docs predict and the service does not show. */
	readonly missing: readonly string[];
	/** Words that the service shows and the docs do not predict. */
	readonly extra: readonly string[];
	/** True when an earlier step of the proof showed all that is extra. */
	readonly stillThere: boolean;
}

const BODY_CHARACTERS_MAX = 100;

/** The proof of a finding, row by row. */
export function proofRows(run: Run, finding: Finding): readonly ProofRow[] {
	const symbols = symbolsOf(run, finding);
	const seen = new Set<string>();
	return finding.evidence.map((step) => {
		const predicted = symbols.text(step.predicted ?? "");
		const observed = symbols.text(step.observed ?? renderAnswer(step.exchange.answer));
		const difference = step.parts && step.predicted !== undefined ? differ(predicted, observed, seen) : undefined;
		for (const word of wordsOf(observed)) seen.add(word);
		const request = symbols.request(step);
		const body = renderBody(request);
		return {
			request,
			predicted,
			observed,
			answer: step.exchange.answer,
			...(body === undefined ? {} : { body }),
			...(difference === undefined ? {} : { difference }),
		};
	});
}

function differ(predicted: string, observed: string, seen: ReadonlySet<string>): Difference | undefined {
	const missing = without(wordsOf(predicted), wordsOf(observed));
	const extra = without(wordsOf(observed), wordsOf(predicted));
	if (missing.length === 0 && extra.length === 0) return undefined;
	return { missing, extra, stillThere: extra.length > 0 && extra.every((word) => seen.has(word)) };
}

export function wordsOf(text: string): readonly string[] {
	return text.split(/\s+/).filter((word) => word !== "");
}

/** What is left of one bag of words after the other is taken out. */
function without(words: readonly string[], others: readonly string[]): readonly string[] {
	const left = [...others];
	return words.filter((word) => {
		const at = left.indexOf(word);
		if (at !== -1) left.splice(at, 1);
		return at === -1;
	});
}

/** `404 {"error":"App not found"}` on one line, or how the answer failed to come. */
export function renderAnswer(answer: HttpAnswer | NoAnswer): string {
	if (!isAnswer(answer)) return `no answer: ${answer.failure}`;
	return `${answer.status} ${cut(answer.body)}`.trim();
}

function renderBody(request: HttpRequest): string | undefined {
	if (request.body === undefined) return undefined;
	return typeof request.body === "string" ? cut(request.body) : `${request.body.length} bytes`;
}

function cut(text: string): string {
	const line = text.replace(/\s+/g, " ").trim();
	return line.length > BODY_CHARACTERS_MAX ? `${line.slice(0, BODY_CHARACTERS_MAX - 1)}…` : line;
}

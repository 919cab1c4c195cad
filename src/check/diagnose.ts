import type { Claim, Rival } from "../model/claim.ts";
import type { Model } from "../model/model.ts";
import { judgeHistory } from "./history.ts";
import { standingOf, type Trace } from "./trace.ts";

/** One cause: the rivals that explain the same contradictions, one when it has a name. */
export interface Explanation {
	/** Rivals that could not be told from each other; of one name and claim when it is sure. */
	readonly suspects: readonly Rival[];
	/** The contradictions it explains, the shortest first. */
	readonly traces: readonly Trace[];
}

export interface Diagnosis {
	readonly explanations: readonly Explanation[];
	/** Contradictions that no rival explains. */
	readonly unexplained: readonly Trace[];
	/** The model with every explanation in it. */
	readonly working: Model;
}

/** More causes at once than this are told apart badly; the rest is reported as it was seen. */
const CAUSES_MAX = 8;

export interface Evidence {
	readonly model: Model;
	readonly claims: readonly Claim[];
	readonly traces: readonly Trace[];
}

/** Runs further experiments that tell suspects apart, and adds what came out. */
export type Pit = (working: Model, suspects: readonly Rival[]) => Promise<readonly Trace[]>;

/**
 * Explains all contradictions by the fewest rivals: takes the rival that explains most, has suspects that explain
 * equally much pitted against each other, believes it, and looks at what is left.
 */
export async function diagnose(evidence: Evidence, pit: Pit): Promise<Diagnosis> {
	const explanations: Explanation[] = [];
	let { traces } = evidence;
	let working = evidence.model;
	let open = contradicting(working, traces);
	while (open.length > 0 && explanations.length < CAUSES_MAX) {
		let suspects = suspectsFor(working, evidence.claims, { open, traces });
		if (classesOf(suspects).size > 1) {
			traces = [...traces, ...(await pit(working, representatives(suspects)))];
			open = contradicting(working, traces);
			suspects = suspectsFor(working, evidence.claims, { open, traces });
		}
		const [first] = suspects;
		if (first === undefined) break;
		const believed = first.inject(working);
		const left = contradicting(believed, traces);
		explanations.push({ suspects, traces: shortestFirst(open.filter((trace) => !left.includes(trace))) });
		if (left.length >= open.length) break;
		working = believed;
		open = left;
	}
	return {
		explanations: explanations.filter((one) => one.traces.length > 0),
		unexplained: shortestFirst(open),
		working,
	};
}

function contradicting(model: Model, traces: readonly Trace[]): readonly Trace[] {
	return traces.filter(({ history }) => judgeHistory(model, history).kind === "rejected");
}

interface Held {
	readonly open: readonly Trace[];
	readonly traces: readonly Trace[];
}

/** The rivals that explain most of what is open and contradict nothing that agreed. */
function suspectsFor(working: Model, claims: readonly Claim[], { open, traces }: Held): readonly Rival[] {
	const agreeing = traces.filter((trace) => !open.includes(trace));
	const scored = claims
		.flatMap(({ rivals }) => rivals)
		.map((rival) => ({
			rival,
			explains: open.filter(({ history }) => standingOf(working, rival, history) === "admitted").length,
		}))
		.filter(({ explains }) => explains > 0)
		.filter(({ rival }) => agreeing.every(({ history }) => standingOf(working, rival, history) !== "excluded"));
	const most = Math.max(0, ...scored.map(({ explains }) => explains));
	return scored.filter(({ explains }) => explains === most).map(({ rival }) => rival);
}

/** A rival and its liar have one name: they are one class. */
export function classOf(rival: Rival): string {
	return `${rival.claim} ${rival.name}`;
}

function classesOf(rivals: readonly Rival[]): ReadonlySet<string> {
	return new Set(rivals.map(classOf));
}

function representatives(rivals: readonly Rival[]): readonly Rival[] {
	return [...new Map(rivals.toReversed().map((rival) => [classOf(rival), rival])).values()].toReversed();
}

function shortestFirst(traces: readonly Trace[]): readonly Trace[] {
	return traces.toSorted((a, b) => lengthOf(a) - lengthOf(b));
}

function lengthOf({ judgement, history }: Trace): number {
	return judgement.kind === "rejected" ? judgement.at + 1 : history.turns.length;
}

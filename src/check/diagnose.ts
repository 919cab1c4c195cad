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

/** Runs further experiments that tell suspects apart. */
export type Pit = (working: Model, suspects: readonly Rival[]) => Promise<Pitted>;

export interface Pitted {
	readonly traces: readonly Trace[];
	/** Suspects that no sequence tells from each other. */
	readonly alike: readonly Pair[];
}

export type Pair = readonly [Rival, Rival];

/**
 * Explains all contradictions by the fewest causes: takes the cause that explains most, has suspects that explain
 * equally much pitted against each other, believes it, and looks at what is left.
 */
export async function diagnose(evidence: Evidence, pit: Pit): Promise<Diagnosis> {
	const explanations: Explanation[] = [];
	let { traces } = evidence;
	let working = evidence.model;
	let open = contradicting(working, traces);
	while (open.length > 0 && explanations.length < CAUSES_MAX) {
		let suspects = suspectsFor(working, evidence.claims, { open, traces });
		if (causesOf(suspects).size > 1) {
			const pitted = await pit(working, representatives(suspects));
			traces = [...traces, ...pitted.traces];
			open = contradicting(working, traces);
			suspects = simplest(oneOfEachClass(suspectsFor(working, evidence.claims, { open, traces }), pitted.alike));
		}
		const [first] = suspects;
		if (first === undefined) break;
		const believed = suspects.filter(({ cause }) => cause === first.cause).reduce(injectOnce, working);
		const left = contradicting(believed, traces);
		if (left.length >= open.length) break;
		explanations.push({ suspects, traces: shortestFirst(open.filter((trace) => !left.includes(trace))) });
		working = believed;
		open = left;
	}
	return { explanations, unexplained: shortestFirst(open), working };
}

/** A rival and its liar are the same change twice; the first of them is believed. */
function injectOnce(model: Model, rival: Rival, index: number, all: readonly Rival[]): Model {
	const first = all.findIndex(({ claim, name }) => claim === rival.claim && name === rival.name);
	return first === index ? rival.inject(model) : model;
}

function contradicting(model: Model, traces: readonly Trace[]): readonly Trace[] {
	return traces.filter(({ history }) => judgeHistory(model, history).kind === "rejected");
}

interface Held {
	readonly open: readonly Trace[];
	readonly traces: readonly Trace[];
}

/**
 * The causes that explain most of what is open and contradict nothing that agreed, as rivals. Rivals of one cause in
 * several operations count together: each explains its own operation's contradictions.
 */
function suspectsFor(working: Model, claims: readonly Claim[], { open, traces }: Held): readonly Rival[] {
	const agreeing = traces.filter((trace) => !open.includes(trace));
	const explains = (rival: Rival): readonly Trace[] =>
		open.filter(({ history }) => standingOf(working, rival, history) === "admitted");
	const possible = claims
		.flatMap(({ rivals }) => rivals)
		.map((rival) => ({ rival, explained: explains(rival) }))
		.filter(({ explained }) => explained.length > 0)
		.filter(({ rival }) => agreeing.every(({ history }) => standingOf(working, rival, history) !== "excluded"));
	const scores = new Map<string, Set<Trace>>();
	for (const { rival, explained } of possible) {
		scores.set(rival.cause, new Set([...(scores.get(rival.cause) ?? []), ...explained]));
	}
	const most = Math.max(0, ...[...scores.values()].map(({ size }) => size));
	const found = possible.filter(({ rival }) => scores.get(rival.cause)?.size === most);
	// Of several forms of one cause the one that explains most comes first.
	return [...Map.groupBy(found, ({ rival }) => rival.cause).values()].flatMap((forms) =>
		forms.toSorted((a, b) => b.explained.length - a.explained.length).map(({ rival }) => rival),
	);
}

/** Rivals of one claim that cannot be told apart here are one class, and have the name of the first. */
function oneOfEachClass(suspects: readonly Rival[], alike: readonly Pair[]): readonly Rival[] {
	const causes = new Set(suspects.map(({ cause }) => cause));
	const doubles = alike
		.filter(([a, b]) => a.claim === b.claim && causes.has(a.cause) && causes.has(b.cause))
		.map(([, b]) => b.cause);
	return suspects.filter(({ cause }) => !doubles.includes(cause));
}

/** Who has to lie to be the cause is it only when nobody else can be. */
function simplest(suspects: readonly Rival[]): readonly Rival[] {
	const honest = causesOf(suspects.filter(({ lies }) => !lies));
	return honest.size === 0 ? suspects : suspects.filter(({ cause }) => honest.has(cause));
}

function causesOf(rivals: readonly Rival[]): ReadonlySet<string> {
	return new Set(rivals.map(({ cause }) => cause));
}

/** One of each cause, liars last. */
function representatives(rivals: readonly Rival[]): readonly Rival[] {
	return [...new Map(rivals.toReversed().map((rival) => [rival.cause, rival])).values()].toReversed();
}

function shortestFirst(traces: readonly Trace[]): readonly Trace[] {
	return traces.toSorted((a, b) => lengthOf(a) - lengthOf(b));
}

function lengthOf({ judgement, history }: Trace): number {
	return judgement.kind === "rejected" ? judgement.at + 1 : history.turns.length;
}

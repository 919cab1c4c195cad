import type { Call } from "../../model/call.ts";
import { type Claim, claimsOf, type Rival } from "../../model/claim.ts";
import { resourceActedOn } from "../../model/effect.ts";
import { lawOf } from "../../model/effect-laws.ts";
import { levelOf } from "../../model/evidence.ts";
import type { Judgement } from "../../model/judge.ts";
import { type Behaviour, behaviourOf, type Model } from "../../model/model.ts";
import { separates } from "../../model/simulate.ts";
import { emptyState } from "../../model/state.ts";
import type { Value } from "../../model/value.ts";
import { type Decision, type Desk, report } from "../desk.ts";
import { diagnose, type Explanation, type Pair, type Pitted } from "../diagnose.ts";
import type { Draft } from "../draft.ts";
import { type History, stepsOf } from "../history.ts";
import { cutOut, type Experiment, type Plan, type PlanInput, plan, sequencesFor, tracked } from "../plan/plan.ts";
import { shrinkValues } from "../plan/shrink-values.ts";
import { runExperiment, standingOf, type Trace } from "../trace.ts";

/** What the experiments made of every claim. */
export interface Verdicts {
	readonly claims: readonly Claim[];
	readonly decisions: ReadonlyMap<string, Decision>;
	readonly excluded: ReadonlySet<Rival>;
}

/** The claims of the operations that take part. */
export function planClaims(desk: Desk): readonly Claim[] {
	return claimsOf(desk.model).filter(({ operation }) => desk.operations.has(operation));
}

/** Every rival of every claim is tried on the real service; what contradicts the document is explained and named. */
export async function runExperiments(desk: Desk): Promise<Verdicts> {
	const input: PlanInput = {
		model: desk.model,
		start: emptyState(true),
		seed: desk.seed,
		validation: desk.validation,
		operations: desk.operations,
	};
	const planned = plan(input);
	const traces = await runAll(desk, input, planned.experiments);
	const { claims } = planned;
	const diagnosis = await diagnose({ model: desk.model, claims, traces }, (working, suspects) =>
		pitAll(desk, input, { working, suspects }),
	);
	const blamed = new Set<string>();
	for (const explanation of diagnosis.explanations) {
		const drafts = await explained(desk, input, { explanation, claims });
		report(desk, drafts);
		if (drafts.length > 0) for (const { claim } of explanation.suspects) blamed.add(claim);
	}
	report(desk, unexplained(desk, diagnosis.unexplained, blamed));
	const excluded = excludedRivals(desk.model, planned, traces);
	return {
		claims,
		decisions: decide(planned, { traces, excluded, blamed, unexplained: diagnosis.unexplained }),
		excluded,
	};
}

async function runAll(desk: Desk, input: PlanInput, experiments: readonly Experiment[]): Promise<readonly Trace[]> {
	const traces: Trace[] = [];
	for (const [index, experiment] of experiments.entries()) {
		if (desk.stopReason() !== undefined) break;
		const trace = await runExperiment(desk, input, { experiment, label: `e${index}` });
		if (trace !== undefined) traces.push(trace);
	}
	return traces;
}

const PITS_MAX = 6;

/** Pits suspects against each other, two at a time, until one is left or nothing tells those that are left apart. */
async function pitAll(
	desk: Desk,
	input: PlanInput,
	{ working, suspects }: { working: Model; suspects: readonly Rival[] },
): Promise<Pitted> {
	const traces: Trace[] = [];
	const alike: Pair[] = [];
	let left = suspects;
	for (const [a, b] of pairsOf(suspects)) {
		if (traces.length >= PITS_MAX || desk.stopReason() !== undefined) break;
		if (!left.includes(a) || !left.includes(b)) continue;
		const experiment = separating(input, { working, a, b });
		if (experiment === undefined) alike.push([a, b]);
		else {
			const trace = await runExperiment(desk, input, { experiment, label: `p${desk.serial()}` });
			if (trace === undefined) continue;
			traces.push(trace);
			left = left.filter((rival) => standingOf(working, rival, trace.history) !== "excluded");
		}
	}
	return { traces, alike };
}

function pairsOf(rivals: readonly Rival[]): readonly Pair[] {
	return rivals.flatMap((a, index) => rivals.slice(index + 1).map((b) => [a, b] as const));
}

function separating(
	input: PlanInput,
	{ working, a, b }: { working: Model; a: Rival; b: Rival },
): Experiment | undefined {
	const dispute = { model: a.inject(working), rival: b.inject(working), start: input.start };
	for (const operation of new Set([a, b].map(({ claim }) => claim.slice(0, claim.lastIndexOf("/"))))) {
		const cut = cutOut(tracked(dispute.model, input.start, sequencesFor(input, operation)), dispute);
		if (cut !== undefined) return { operation, ...cut, against: [] };
	}
	return undefined;
}

const RERUNS = 3;

/** The finding of one cause, after it came back; nothing when it is about time and did not. */
async function explained(desk: Desk, input: PlanInput, { explanation, claims }: Explaining): Promise<readonly Draft[]> {
	const [rival] = explanation.suspects;
	const [trace] = explanation.traces;
	if (rival === undefined || trace === undefined) return [];
	const again = await runAgain(desk, input, trace.experiment);
	// A window of time may have passed in the middle of a count: only what comes back every time is more than that.
	if (rival.rule === "rate-limit" && again < RERUNS) return [];
	const flaky = again === RERUNS ? {} : { flaky: { seen: again + 1, runs: RERUNS + 1 } };
	const blamed = explanation.suspects.filter(({ cause }) => cause === rival.cause);
	const affected = claims.filter(({ id }) => blamed.some(({ claim }) => claim === id));
	const shown = (await shortestProof(desk, input, { rival, trace })) ?? trace;
	return affected.map((claim) => ({ ...draftFor(desk, { claim, rival, explanation, shown }), ...flaky }));
}

/** The contradiction once more with as little as it needs, when that shows it as well. */
async function shortestProof(
	desk: Desk,
	input: PlanInput,
	{ rival, trace }: { rival: Rival; trace: Trace },
): Promise<Trace | undefined> {
	const { experiment } = trace;
	const dispute = { model: desk.model, rival: rival.inject(desk.model), start: input.start };
	if (!separates(dispute.model, dispute.rival, experiment.calls, input.start)) return undefined;
	const calls = shrinkValues(dispute, experiment.calls, desk.validation);
	const shorter = await runExperiment(desk, input, {
		experiment: { ...experiment, calls },
		label: `s${desk.serial()}`,
	});
	const isProof =
		shorter?.judgement.kind === "rejected" && standingOf(desk.model, rival, shorter.history) === "admitted";
	return isProof ? shorter : undefined;
}

interface Explaining {
	readonly explanation: Explanation;
	readonly claims: readonly Claim[];
}

interface Blaming {
	readonly claim: Claim;
	readonly rival: Rival;
	readonly explanation: Explanation;
	/** The proof that a reader sees. */
	readonly shown: Trace;
}

function draftFor(desk: Desk, { claim, rival, explanation, shown }: Blaming): Draft {
	const causes = new Set(explanation.suspects.map(({ cause }) => cause));
	const names = [...new Set(explanation.suspects.map(({ name }) => name))];
	const { operation } = behaviourOf(desk.model, claim.operation);
	const [evidence] = claim.evidence;
	return {
		rule: rival.rule,
		level: claim.level,
		operation: claim.operation,
		documented: rival.rule === "failed-write-changed-state" ? REFUSED_CHANGES_NOTHING : claim.documented,
		observed: causes.size === 1 ? rival.name : `one of: ${names.join(", ")}`,
		message: `${operation.method} ${operation.path} ${claim.sentence}, says the document. ${observation(desk, { claim, explanation, shown })}`,
		...(evidence === undefined ? {} : { because: evidence.text }),
		source: evidence?.source ?? operation.source,
		evidence: proofOf(desk, shown),
		suspects: names,
		cause: rival.cause,
		...overlayFor(claim, rival),
	};
}

/** What it does instead, and what it surely does not. */
function observation(
	desk: Desk,
	{ claim, explanation, shown }: Pick<Blaming, "claim" | "explanation" | "shown">,
): string {
	const names = [
		...new Set(explanation.suspects.map(({ name, means }) => (means === undefined ? name : `${name} (${means})`))),
	];
	const suspected = new Set(explanation.suspects.map(({ name }) => name));
	const histories = [shown, ...explanation.traces].map(({ history }) => history);
	const excluded = claim.rivals
		.filter(({ name, lies }) => !lies && !suspected.has(name))
		.filter((rival) => histories.some((history) => standingOf(desk.model, rival, history) === "excluded"));
	const others = excluded.map(({ name }) => name).join(", ");
	return `Observed: ${names.join(" or ")}.${others === "" ? "" : ` Excluded: ${others}.`}`;
}

function proofOf(desk: Desk, trace: Trace): Draft["evidence"] {
	const at = trace.judgement.kind === "rejected" ? trace.judgement.at : trace.history.turns.length - 1;
	return stepsOf(desk, trace.history, at);
}

const REFUSED_CHANGES_NOTHING = "a refused request changes nothing";

/** Where a word of the vocabulary says what was observed, the repair of the document is one line. */
function overlayFor(claim: Claim, { name }: Rival): Pick<Draft, "overlay"> {
	const words: readonly Value[] = ["append", "merge", "replace", "upsert"];
	return claim.id.endsWith("/effect") && words.includes(name) ? { overlay: `x-holdfast: { effect: ${name} }` } : {};
}

async function runAgain(desk: Desk, input: PlanInput, experiment: Experiment): Promise<number> {
	let seen = 0;
	for (let run = 0; run < RERUNS; run++) {
		const trace = await runExperiment(desk, input, { experiment, label: `r${desk.serial()}` });
		if (trace?.judgement.kind === "rejected") seen++;
	}
	return seen;
}

/**
 * What no rival explains is told as it was seen, once for each difference. Where a guard that was already found broken
 * is met again, it is the same thing once more.
 */
function unexplained(desk: Desk, traces: readonly Trace[], blamed: ReadonlySet<string>): readonly Draft[] {
	return traces.flatMap((trace): readonly Draft[] => {
		const { judgement, history } = trace;
		const turn = judgement.kind === "rejected" ? history.turns[judgement.at] : undefined;
		// A failure of the server is a finding of its own; here it only means that nothing was learned.
		if (judgement.kind !== "rejected" || turn?.told === undefined || turn.told.status >= 500) return [];
		const { guard } = judgement.expected;
		const index = guard === undefined ? -1 : behaviourOf(desk.model, turn.call.operation).guards.indexOf(guard);
		if (guard !== undefined && blamed.has(`${turn.call.operation}/${guard.kind}${index}`)) return [];
		// Whom a service does not know it may refuse in other words: 403, or 404 to tell nothing at all.
		if (guard?.kind === "credentials" && turn.told.status >= 400) return [];
		return [unnamed(desk, trace, { call: turn.call, judgement })];
	});
}

type Rejection = Extract<Judgement, { kind: "rejected" }>;

function unnamed(
	desk: Desk,
	{ experiment, history }: Trace,
	{ call, judgement }: { call: Call; judgement: Rejection },
): Draft {
	const reader = behaviourOf(desk.model, call.operation);
	const tried = behaviourOf(desk.model, experiment.operation);
	const difference = describeMismatch(judgement);
	const [evidence] = tried.evidence;
	const leaked = isLeak(desk, history, judgement.at);
	return {
		rule: leaked ? "failed-write-changed-state" : "effect",
		level: levelOf(tried.evidence),
		operation: experiment.operation,
		documented: leaked ? REFUSED_CHANGES_NOTHING : tried.effect.kind,
		observed: leaked ? "applied in part" : `other: ${difference}`,
		message: `After these requests ${reader.operation.method} ${reader.operation.path} shows that ${difference}, and no known way of behaving explains it whole.`,
		...(evidence === undefined ? {} : { because: evidence.text }),
		source: evidence?.source ?? tried.operation.source,
		evidence: stepsOf(desk, history, judgement.at),
		suspects: [],
		cause: leaked ? `leak ${experiment.operation}` : `other ${placeOf(reader, judgement)}`,
	};
}

/** One field of one resource that is not as it should be is one cause, whichever answer shows it. */
function placeOf({ operation, effect }: Behaviour, { mismatch }: Rejection): string {
	const field = mismatch?.pointer.replaceAll(/\/\d+/g, "").split("/").at(-1) ?? "";
	return `${resourceActedOn(effect) ?? operation.id} ${mismatch === undefined ? `${operation.id} status` : `${field} ${mismatch.what}`}`;
}

/** The last write before the contradiction was refused, and something changed all the same. */
function isLeak(desk: Desk, { turns }: History, at: number): boolean {
	const write = turns.slice(0, at).findLast(({ call }) => lawOf(behaviourOf(desk.model, call.operation).effect).writes);
	return write?.told !== undefined && write.told.status >= 400;
}

function describeMismatch({ mismatch, expected }: Extract<Judgement, { kind: "rejected" }>): string {
	if (mismatch === undefined) return `does not answer ${expected.statuses.join(" or ")}`;
	const at = mismatch.pointer === "" ? "the body" : mismatch.pointer.replaceAll(/\/\d+/g, "/*");
	const words = {
		differs: "differs",
		missing: "is missing",
		unexpected: "should not be there",
		"not-a-list": "is no list",
		"not-an-object": "is no object",
	} as const;
	return `${at} ${words[mismatch.what]}`;
}

function excludedRivals(model: Model, planned: Plan, traces: readonly Trace[]): ReadonlySet<Rival> {
	const agreeing = traces.filter(({ judgement }) => judgement.kind === "admitted");
	const excluded = planned.experiments
		.flatMap(({ against }) => against)
		.filter((rival) => agreeing.some(({ history }) => standingOf(model, rival, history) === "excluded"));
	return new Set(excluded);
}

interface Outcome {
	readonly traces: readonly Trace[];
	readonly excluded: ReadonlySet<Rival>;
	readonly blamed: ReadonlySet<string>;
	readonly unexplained: readonly Trace[];
}

function decide(planned: Plan, outcome: Outcome): ReadonlyMap<string, Decision> {
	return new Map(planned.claims.map((claim) => [claim.id, decideClaim(planned, claim, outcome)]));
}

function decideClaim(planned: Plan, claim: Claim, { traces, excluded, blamed, unexplained: open }: Outcome): Decision {
	if (blamed.has(claim.id)) return { verdict: "drift" };
	if (claim.rivals.length === 0)
		return { verdict: "undecided", reason: "nothing else is plausible that could be told from it" };
	const observable = claim.rivals.filter((rival) => !planned.unobservable.has(rival));
	if (observable.length === 0) {
		const [rival] = claim.rivals;
		return {
			verdict: "undecided",
			reason: (rival === undefined ? undefined : planned.unobservable.get(rival)) ?? "not observable through this API",
		};
	}
	if (observable.every((rival) => excluded.has(rival))) return { verdict: "agrees" };
	const ran = traces.filter(({ experiment }) => experiment.against.some((rival) => rival.claim === claim.id));
	const stuck = ran.find(({ judgement }) => judgement.kind === "inconclusive");
	if (open.some((trace) => ran.includes(trace)))
		return { verdict: "undecided", reason: "its experiment contradicts the document in another way" };
	if (stuck?.judgement.kind === "inconclusive")
		return {
			verdict: "undecided",
			reason: `an experiment was answered with ${stuck.judgement.status}, which decides nothing`,
		};
	const stopped = ran.find(({ history }) => history.stopped !== undefined)?.history.stopped;
	return { verdict: "undecided", reason: stopped ?? "its experiment was disturbed by another finding, or did not run" };
}

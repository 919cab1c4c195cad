import type { Claim, Rival } from "../model/claim.ts";
import { behaviourOf } from "../model/model.ts";
import { separates } from "../model/simulate.ts";
import type { Desk } from "./desk.ts";
import type { Explanation } from "./diagnose.ts";
import type { Draft } from "./draft.ts";
import { stepsOf } from "./history.ts";
import { inputFor, type PlanInput } from "./plan/plan.ts";
import { shrinkValues } from "./plan/shrink-values.ts";
import { flakiness, RERUNS, runAgain } from "./run-again.ts";
import { runExperiment, standingOf, type Trace } from "./trace.ts";

/** The finding of one cause, after it came back; nothing when it is about time and did not. */
export async function blame(
	desk: Desk,
	input: PlanInput,
	{ explanation, claims }: Explaining,
): Promise<readonly Draft[]> {
	const [rival] = explanation.suspects;
	const [trace] = explanation.traces;
	if (rival === undefined || trace === undefined) return [];
	const again = await runAgain(desk, input, trace.experiment);
	// A window of time may have passed in the middle of a count: only what comes back every time is more than that.
	// So may somebody else have written into a list and out of it again.
	const isShared = trace.experiment.start !== undefined;
	if ((rival.rule === "rate-limit" || isShared) && again < RERUNS) return [];
	const blamed = explanation.suspects.filter(({ cause }) => cause === rival.cause);
	const affected = claims.filter(({ id }) => blamed.some(({ claim }) => claim === id));
	const shown = (await shortestProof(desk, input, { rival, trace })) ?? trace;
	return affected.map((claim) => ({ ...draftFor(desk, { claim, rival, explanation, shown }), ...flakiness(again) }));
}

/** The contradiction once more with as little as it needs, when that shows it as well. */
async function shortestProof(
	desk: Desk,
	input: PlanInput,
	{ rival, trace }: { rival: Rival; trace: Trace },
): Promise<Trace | undefined> {
	const { experiment } = trace;
	const { start } = inputFor(input, experiment.operation);
	const dispute = { model: desk.model, rival: rival.inject(desk.model), start };
	if (!separates(dispute.model, dispute.rival, experiment.calls, start)) return undefined;
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
		...(rival.means === undefined ? {} : { means: rival.means }),
		...(claim.id.endsWith("/effect") ? { ofClaim: true } : {}),
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

export const REFUSED_CHANGES_NOTHING = "a refused request changes nothing";

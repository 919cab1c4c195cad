import { type Claim, claimsOf, type Rival } from "../../model/claim.ts";
import type { Model } from "../../model/model.ts";
import type { State } from "../../model/state.ts";
import { isAdoptable, takeBaseline } from "../baseline.ts";
import { decide, excludedRivals } from "../decide.ts";
import { type Decision, type Desk, startOf } from "../desk.ts";
import { explainTraces } from "../explain-traces.ts";
import { type Experiment, type Plan, type PlanInput, plan } from "../plan/plan.ts";
import { runExperiment, type Trace } from "../trace.ts";

/** What the experiments made of every claim. */
export interface Verdicts {
	readonly claims: readonly Claim[];
	readonly decisions: ReadonlyMap<string, Decision>;
	readonly excluded: ReadonlySet<Rival>;
	/** Rivals that no sequence over this API can tell from the model, each with the reason. */
	readonly unobservable: ReadonlyMap<Rival, string>;
	/** The model with what was found to be otherwise. */
	readonly working: Model;
	/** Operations that do otherwise than documented, by name or not. */
	readonly contradicted: ReadonlySet<string>;
}

/** The claims of the operations that take part. */
export function planClaims(desk: Desk): readonly Claim[] {
	return claimsOf(desk.model).filter(({ operation }) => desk.operations.has(operation));
}

/** Every rival of every claim is tried on the real service; what contradicts the document is explained and named. */
export async function runExperiments(desk: Desk): Promise<Verdicts> {
	const input: PlanInput = {
		model: desk.model,
		start: startOf(desk.model),
		seed: desk.seed,
		validation: desk.validation,
		operations: desk.operations,
		starts: await adopted(desk),
	};
	const planned = plan(input);
	const first = await runAll(desk, input, { experiments: planned.experiments, label: "e" });
	const traces = [...first, ...(await runLeftOver(desk, input, { planned, traces: first }))];
	const { claims } = planned;
	const { blamed, unexplained, working } = await explainTraces(desk, input, { claims, traces });
	const excluded = excludedRivals(desk.model, planned, traces);
	const decisions = decide(planned, { traces, excluded, blamed, unexplained });
	const contradicted = new Set([
		...claims.filter(({ id }) => blamed.has(id)).map(({ operation }) => operation),
		...unexplained.map(({ experiment }) => experiment.operation),
	]);
	return { claims, decisions, excluded, unobservable: planned.unobservable, working, contradicted };
}

/** What stands in the lists at the top, so that what they say of all of it can be judged. */
async function adopted(desk: Desk): Promise<ReadonlyMap<string, State>> {
	const starts = new Map<string, State>();
	for (const operation of desk.operations) {
		if (!isAdoptable(desk, operation) || desk.stopReason() !== undefined) continue;
		const start = await takeBaseline(desk, operation);
		if (start !== undefined) starts.set(operation, start);
	}
	return starts;
}

/** In a list that others or other experiments fill, what was planned for several rivals may have told but some. */
async function runLeftOver(
	desk: Desk,
	input: PlanInput,
	{ planned, traces }: { planned: Plan; traces: readonly Trace[] },
): Promise<readonly Trace[]> {
	const inLists = planned.experiments.filter(({ start }) => start !== undefined);
	const excluded = excludedRivals(desk.model, { ...planned, experiments: inLists }, traces);
	const contradicted = new Set(
		traces.flatMap(({ experiment, judgement }) => (judgement.kind === "rejected" ? [experiment.operation] : [])),
	);
	const open = inLists.flatMap((experiment) =>
		contradicted.has(experiment.operation)
			? []
			: experiment.against
					.filter((rival) => !excluded.has(rival))
					.map((rival) => ({ ...experiment, against: [rival] })),
	);
	return runAll(desk, input, { experiments: open, label: "l" });
}

async function runAll(
	desk: Desk,
	input: PlanInput,
	{ experiments, label }: { experiments: readonly Experiment[]; label: string },
): Promise<readonly Trace[]> {
	const traces: Trace[] = [];
	for (const [index, experiment] of experiments.entries()) {
		if (desk.stopReason() !== undefined) break;
		const trace = await runExperiment(desk, input, { experiment, label: `${label}${index}` });
		if (trace !== undefined) traces.push(trace);
	}
	return traces;
}

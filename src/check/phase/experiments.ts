import { type Claim, claimsOf, type Rival } from "../../model/claim.ts";
import type { Model } from "../../model/model.ts";
import { emptyState } from "../../model/state.ts";
import { blame } from "../blame.ts";
import { decide, excludedRivals } from "../decide.ts";
import { type Decision, type Desk, report } from "../desk.ts";
import { diagnose, type Pair, type Pitted } from "../diagnose.ts";
import { cutOut, type Experiment, type PlanInput, plan, sequencesFor, tracked } from "../plan/plan.ts";
import { runExperiment, standingOf, type Trace } from "../trace.ts";
import { reportUnexplained } from "../unexplained.ts";

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
		const drafts = await blame(desk, input, { explanation, claims });
		report(desk, drafts);
		if (drafts.length > 0) for (const { claim } of explanation.suspects) blamed.add(claim);
	}
	await reportUnexplained(desk, input, { traces: diagnosis.unexplained, blamed });
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

import type { Claim, Rival } from "../model/claim.ts";
import type { Model } from "../model/model.ts";
import { blame } from "./blame.ts";
import { type Desk, report } from "./desk.ts";
import { diagnose, type Pair, type Pitted } from "./diagnose.ts";
import { cutOut, type Experiment, inputFor, type PlanInput, sequencesFor, startOf, tracked } from "./plan/plan.ts";
import { runExperiment, standingOf, type Trace } from "./trace.ts";
import { reportUnexplained } from "./unexplained.ts";

export interface Explained {
	/** Claims that are contradicted. */
	readonly blamed: ReadonlySet<string>;
	readonly unexplained: readonly Trace[];
	/** The model with the rivals that are believed. */
	readonly working: Model;
}

/** Explains what was really answered by the fewest rivals, and reports each cause, and what none explains. */
export async function explainTraces(
	desk: Desk,
	input: PlanInput,
	{ claims, traces }: { readonly claims: readonly Claim[]; readonly traces: readonly Trace[] },
): Promise<Explained> {
	const diagnosis = await diagnose({ model: desk.model, claims, traces }, (working, suspects) =>
		pitAll(desk, input, { working, suspects }),
	);
	const blamed = new Set<string>();
	for (const explanation of diagnosis.explanations) {
		const drafts = await blame(desk, input, { explanation, claims });
		report(desk, drafts);
		if (drafts.length > 0) for (const { claim } of explanation.suspects) blamed.add(claim);
	}
	const { unexplained, working } = diagnosis;
	await reportUnexplained(desk, input, { traces: unexplained, blamed });
	return { blamed, unexplained, working };
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
	for (const operation of new Set([a, b].map(({ claim }) => claim.slice(0, claim.lastIndexOf("/"))))) {
		const own = inputFor(input, operation);
		const dispute = { model: a.inject(working), rival: b.inject(working), start: own.start };
		const cut = cutOut(tracked(dispute.model, own.start, sequencesFor(own, operation)), dispute);
		if (cut !== undefined) {
			const between = { model: dispute.model, rival: dispute.rival };
			return { operation, ...cut, ...startOf(own), against: [], between };
		}
	}
	return undefined;
}

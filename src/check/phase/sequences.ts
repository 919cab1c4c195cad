import fc from "fast-check";
import { type Desk, startOf } from "../desk.ts";
import { explainTraces } from "../explain-traces.ts";
import { judgeHistory } from "../history.ts";
import type { Experiment, PlanInput } from "../plan/plan.ts";
import { type Choice, playable, tellSequence } from "../plan/sequence.ts";
import { runExperiment, type Trace } from "../trace.ts";
import { placeOfContradiction } from "../unexplained.ts";
import { planClaims } from "./experiments.ts";

/** How many exchanges random sequences may cost, in all and for each operation. */
const EXCHANGES_MAX = 800;
const EXCHANGES_EACH = 80;
/** How many different contradictions are looked for. */
const CONTRADICTIONS_MAX = 4;
const STEPS_MIN = 3;
const STEPS_MAX = 12;
const TARGETS = 5;
const BODIES = 16;

/**
 * Random sequences over the model, for what no experiment foresaw. A sequence that the service answers otherwise is
 * shrunk to the fewest and simplest steps that contradict in the same place, and explained like every other. Operations
 * that are contradicted already are left out: what follows from one cause is no other finding.
 */
export async function trySequences(desk: Desk, contradicted: ReadonlySet<string> = new Set()): Promise<void> {
	const operations = new Set([...desk.operations].filter((id) => !contradicted.has(id)));
	const input: PlanInput = {
		model: desk.model,
		start: startOf(desk.model),
		seed: desk.seed,
		validation: desk.validation,
		operations,
	};
	const candidates = playable(input);
	if (candidates.length === 0) {
		desk.notes.push("no random sequences: nothing in the document can be made and looked at again");
		return;
	}
	const search = startSearch(desk, input, candidates.length);
	const traces: Trace[] = [];
	for (let round = 0; round < CONTRADICTIONS_MAX && !search.isOver(); round++) {
		const found = await search.next(desk.seed + round);
		if (found === undefined) break;
		traces.push(await withoutIdleCalls(desk, input, found));
	}
	if (traces.length === 0) return;
	const { blamed } = await explainTraces(desk, input, { claims: planClaims(desk), traces });
	for (const claim of blamed) desk.decided.set(claim, { verdict: "drift" });
}

interface Search {
	/** The shrunk sequence that contradicts in a place where none did before. */
	next(seed: number): Promise<Trace | undefined>;
	isOver(): boolean;
}

function startSearch(desk: Desk, input: PlanInput, operations: number): Search {
	const known = new Set<string>();
	const from = desk.session.count();
	const most = Math.min(EXCHANGES_MAX, EXCHANGES_EACH * operations);
	const isOver = (): boolean => desk.stopReason() !== undefined || desk.session.count() - from >= most;
	const choice = fc.record({
		operation: fc.nat({ max: operations + Math.ceil(operations / 2) }),
		target: fc.nat({ max: TARGETS }),
		body: fc.nat({ max: BODIES }),
	});
	const choices = fc.array(choice, { minLength: STEPS_MIN, maxLength: STEPS_MAX, size: "max" });
	const next: Search["next"] = async (seed) => {
		let place: string | undefined;
		let smallest: Trace | undefined;
		const property = fc.asyncProperty(choices, async (steps) => {
			if (isOver()) return true;
			const trace = await play(desk, input, steps);
			const here = trace === undefined ? undefined : placeOfContradiction(desk, trace);
			if (trace === undefined || here === undefined || known.has(here)) return true;
			place ??= here;
			// Another contradiction on the way to a smaller one is another finding.
			if (here !== place) return true;
			smallest = trace;
			return false;
		});
		await fc.check(property, { seed, numRuns: most });
		if (place !== undefined) known.add(place);
		return smallest;
	};
	return { next, isOver };
}

/** Leaves out every call without which the contradiction is still seen in its place: reads, mostly. */
async function withoutIdleCalls(desk: Desk, input: PlanInput, trace: Trace): Promise<Trace> {
	const place = placeOfContradiction(desk, trace);
	let best = trace;
	for (let index = lengthOf(trace) - 2; index >= 0; index--) {
		const calls = best.experiment.calls.slice(0, lengthOf(best)).toSpliced(index, 1);
		const shorter = await attempt(desk, input, { ...best.experiment, calls });
		if (shorter !== undefined && placeOfContradiction(desk, shorter) === place) best = shorter;
	}
	return best;
}

function lengthOf({ judgement, experiment }: Trace): number {
	return judgement.kind === "rejected" ? judgement.at + 1 : experiment.calls.length;
}

async function play(desk: Desk, input: PlanInput, steps: readonly Choice[]): Promise<Trace | undefined> {
	const { calls, recipes, operation } = tellSequence(input, steps, "q");
	return operation === undefined || calls.length === 0
		? undefined
		: attempt(desk, input, { operation, calls, recipes, against: [] });
}

/** A sequence as it went, where the service contradicts the model. */
async function attempt(desk: Desk, input: PlanInput, experiment: Experiment): Promise<Trace | undefined> {
	const trace = await runExperiment(desk, input, { experiment, label: `q${desk.serial()}` });
	return trace !== undefined && judgeHistory(desk.model, trace.history).kind === "rejected" ? trace : undefined;
}

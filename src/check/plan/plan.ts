import type { Call } from "../../model/call.ts";
import { type Claim, claimsOf, type Rival } from "../../model/claim.ts";
import type { Model } from "../../model/model.ts";
import { separates } from "../../model/simulate.ts";
import type { State } from "../../model/state.ts";
import type { Validation } from "../../schema/validate.ts";
import { probesFor, type Scenario, type ScenarioInput, scenarioFor } from "./scenario.ts";
import { shrink } from "./shrink.ts";
import { createValueSource } from "./value-source.ts";

/** A short sequence on which a claim and some of its rivals must answer differently. */
export interface Experiment {
	readonly operation: string;
	/** Which sequence it was cut out of: the rich scenario, or one of the probes. */
	readonly from: "scenario" | number;
	readonly keep: readonly number[];
	/** The rivals that it tells from the model. */
	readonly against: readonly Rival[];
}

export interface Plan {
	readonly claims: readonly Claim[];
	readonly experiments: readonly Experiment[];
	/** Rivals that no sequence over this API can tell from the model. */
	readonly unobservable: ReadonlyMap<Rival, string>;
}

export interface PlanInput {
	readonly model: Model;
	readonly start: State;
	readonly seed: number;
	readonly validation: Validation;
	/** Operations whose claims are tried. */
	readonly operations: ReadonlySet<string>;
}

/**
 * Finds for every rival of every claim a short sequence that tells it from the model, and as few sequences as cover
 * them all. Pure: nothing is sent.
 */
export function plan(input: PlanInput): Plan {
	const claims = claimsOf(input.model).filter(({ operation }) => input.operations.has(operation));
	const experiments: Experiment[] = [];
	const unobservable = new Map<Rival, string>();
	for (const operation of new Set(claims.map((claim) => claim.operation))) {
		const rivals = claims.filter((claim) => claim.operation === operation).flatMap((claim) => claim.rivals);
		const planned = planOperation(input, operation, rivals);
		experiments.push(...planned.experiments);
		for (const [rival, reason] of planned.unobservable) unobservable.set(rival, reason);
	}
	return { claims, experiments, unobservable };
}

/** The calls of an experiment with values of its own. */
export function instantiate(
	input: PlanInput,
	experiment: Experiment,
	{ marker, label }: { marker: string; label: string },
): readonly Call[] | undefined {
	const sequence = sequencesFor(input, experiment.operation, { marker, label }).find(
		({ from }) => from === experiment.from,
	);
	if (sequence === undefined) return undefined;
	return experiment.keep.map((index) => sequence.calls[index]).filter((call) => call !== undefined);
}

interface Sequence {
	readonly from: Experiment["from"];
	readonly calls: readonly Call[];
}

function scenarioInput(
	input: PlanInput,
	operation: string,
	{ marker, label }: { marker: string; label: string },
): ScenarioInput {
	const { model, validation, seed, start } = input;
	return { model, operation, start, validation, source: createValueSource({ model, validation, seed, marker, label }) };
}

function sequencesFor(
	input: PlanInput,
	operation: string,
	names: { marker: string; label: string },
): readonly Sequence[] {
	const scenario = scenarioFor(scenarioInput(input, operation, names));
	const probes = probesFor(scenarioInput(input, operation, { ...names, label: `${names.label}p` }));
	return [
		...(scenario.ok ? [{ from: "scenario" as const, calls: scenario.calls }] : []),
		...probes.map((calls, from) => ({ from, calls })),
	];
}

function planOperation(
	input: PlanInput,
	operation: string,
	rivals: readonly Rival[],
): Pick<Plan, "experiments" | "unobservable"> {
	const names = { marker: "plan", label: operation.slice(0, 4).replaceAll(/\W/g, "") };
	const sequences = sequencesFor(input, operation, names);
	const unobservable = new Map<Rival, string>();
	if (sequences.length === 0) {
		const reason = reasonOf(scenarioFor(scenarioInput(input, operation, names)));
		for (const rival of rivals) unobservable.set(rival, reason);
		return { experiments: [], unobservable };
	}
	const found: Experiment[] = [];
	// Liars first: a sequence that convicts a liar convicts the honest rival of the same name as well.
	for (const rival of rivals.toSorted((a, b) => Number(b.lies) - Number(a.lies))) {
		const injected = rival.inject(input.model);
		const known = found.findIndex((experiment) => separatesBy(input, injected, callsOf(sequences, experiment)));
		const chosen = found[known];
		if (chosen !== undefined) {
			found[known] = { ...chosen, against: [...chosen.against, rival] };
			continue;
		}
		const experiment = search(input, { operation, rival, injected, sequences });
		if (experiment === undefined) unobservable.set(rival, "not observable through this API");
		else found.push(experiment);
	}
	return { experiments: found, unobservable };
}

function reasonOf(scenario: Scenario): string {
	return scenario.ok ? "no sequence could be made" : scenario.reason;
}

function callsOf(sequences: readonly Sequence[], experiment: Experiment): readonly Call[] {
	const calls = sequences.find(({ from }) => from === experiment.from)?.calls ?? [];
	return experiment.keep.map((index) => calls[index]).filter((call) => call !== undefined);
}

function separatesBy({ model, start }: PlanInput, rival: Model, calls: readonly Call[]): boolean {
	return separates(model, rival, calls, start);
}

interface Search {
	readonly operation: string;
	readonly rival: Rival;
	readonly injected: Model;
	readonly sequences: readonly Sequence[];
}

function search(input: PlanInput, { operation, rival, injected, sequences }: Search): Experiment | undefined {
	for (const { from, calls } of sequences) {
		const keep = shrink({ model: input.model, rival: injected, start: input.start }, calls);
		if (keep !== undefined) return { operation, from, keep, against: [rival] };
	}
	return undefined;
}

import type { Call } from "../../model/call.ts";
import { type Claim, claimsOf, type Rival } from "../../model/claim.ts";
import { impliedBecause } from "../../model/guard/exists.ts";
import { behaviourOf, type Model } from "../../model/model.ts";
import { separates } from "../../model/simulate.ts";
import type { State } from "../../model/state.ts";
import type { Validation } from "../../schema/validate.ts";
import { type Dispute, type Track, trackOf } from "./parting.ts";
import type { Recipes } from "./recipe.ts";
import { rename } from "./rename.ts";
import { probesFor, type Scenario, type ScenarioInput, scenarioFor } from "./scenario.ts";
import { shrink } from "./shrink.ts";
import { makersOf } from "./story.ts";
import { createValueSource } from "./value-source.ts";

/** A short sequence on which a claim and some of its rivals must answer differently. */
export interface Experiment {
	readonly operation: string;
	/** With keys that are not meant for the service: `instantiate` gives them others. */
	readonly calls: readonly Call[];
	readonly recipes: Recipes;
	/** What must be known of the service before it, where that is more than nothing. */
	readonly start?: State;
	/** The rivals that it tells from the model. */
	readonly against: readonly Rival[];
	/** The two that it tells apart, where the model is none of them. */
	readonly between?: Pick<Dispute, "model" | "rival">;
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
	/** By operation, what stands there, where that was read. */
	readonly starts?: ReadonlyMap<string, State>;
}

/** The input for one operation: it starts from what stands there. */
export function inputFor(input: PlanInput, operation: string): PlanInput {
	return { ...input, start: input.starts?.get(operation) ?? input.start };
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
		const planned = planOperation(inputFor(input, operation), operation, rivals);
		experiments.push(...planned.experiments);
		for (const [rival, reason] of planned.unobservable) unobservable.set(rival, reason);
	}
	return { claims, experiments, unobservable };
}

/** The calls of an experiment with keys of its own. */
export function instantiate(
	input: PlanInput,
	{ calls, recipes }: Experiment,
	names: { marker: string; label: string },
): readonly Call[] | undefined {
	const { model, validation, seed } = input;
	return rename(calls, recipes, createValueSource({ model, validation, seed, ...names }));
}

/** A short probe costs nothing to search. */
const PROBE_SEARCHED_MAX = 20;

/** A sequence that experiments are cut out of. */
export interface Sequence {
	readonly calls: readonly Call[];
	readonly recipes: Recipes;
	/** A probe repeats a call for a reason: it is not searched for calls that could be left out. */
	readonly isProbe: boolean;
}

function scenarioInput({ model, validation, seed, start }: PlanInput, operation: string, label: string): ScenarioInput {
	return {
		model,
		operation,
		start,
		validation,
		source: createValueSource({ model, validation, seed, marker: "plan", label }),
	};
}

/** The rich scenario around an operation, and the probes that its guards ask for. */
export function sequencesFor(input: PlanInput, operation: string): readonly Sequence[] {
	const forScenario = scenarioInput(input, operation, "s");
	const scenario = scenarioFor(forScenario);
	const forProbes = scenarioInput(input, operation, "p");
	const probes = probesFor(forProbes).map((calls) => ({ calls, recipes: forProbes.source.recipes, isProbe: true }));
	return [
		...(scenario.ok ? [{ calls: scenario.calls, recipes: forScenario.source.recipes, isProbe: false }] : []),
		...probes,
	];
}

/** A sequence with what a service that keeps to one model makes of it. */
export interface Tracked extends Sequence {
	readonly track: Track;
}

export function tracked(model: Model, start: State, sequences: readonly Sequence[]): readonly Tracked[] {
	return sequences.map((sequence) => ({ ...sequence, track: trackOf(model, start, sequence.calls) }));
}

/** What is needed of a sequence to tell two models apart, as an experiment. The first of the two has made the tracks. */
export function cutOut(
	sequences: readonly Tracked[],
	dispute: Dispute,
): Pick<Experiment, "calls" | "recipes"> | undefined {
	for (const { calls, recipes, isProbe, track } of sequences) {
		const keep = shrink(dispute, track, { whole: isProbe && calls.length > PROBE_SEARCHED_MAX });
		if (keep !== undefined)
			return { calls: keep.map((index) => calls[index]).filter((call) => call !== undefined), recipes };
	}
	return undefined;
}

function planOperation(
	input: PlanInput,
	operation: string,
	rivals: readonly Rival[],
): Pick<Plan, "experiments" | "unobservable"> {
	const sequences = tracked(input.model, input.start, sequencesFor(input, operation));
	const unobservable = new Map<Rival, string>();
	const nothing = nothingToTry(input, operation);
	if (nothing !== undefined) {
		for (const rival of rivals.filter(({ claim }) => claim.endsWith("/effect"))) unobservable.set(rival, nothing);
	}
	if (sequences.length === 0) {
		const reason = reasonOf(scenarioFor(scenarioInput(input, operation, "s")));
		for (const rival of rivals) unobservable.set(rival, reason);
		return { experiments: [], unobservable };
	}
	const found: Experiment[] = [];
	// Liars first: a sequence that convicts a liar convicts the honest rival of the same name as well.
	for (const rival of rivals
		.filter((one) => !unobservable.has(one))
		.toSorted((a, b) => Number(b.lies) - Number(a.lies))) {
		const dispute = { model: input.model, rival: rival.inject(input.model), start: input.start };
		const known = found.findIndex(({ calls }) => separates(dispute.model, dispute.rival, calls, input.start));
		const chosen = found[known];
		const cut = chosen === undefined ? cutOut(sequences, dispute) : undefined;
		if (chosen !== undefined) found[known] = { ...chosen, against: [...chosen.against, rival] };
		else if (cut === undefined) unobservable.set(rival, reasonNotTo(input, operation, rival));
		else found.push({ operation, ...cut, ...startOf(input), against: [rival] });
	}
	return { experiments: found, unobservable };
}

/** What is known of the service must still be so when an experiment is run that was planned from it. */
export function startOf({ start }: PlanInput): Pick<Experiment, "start"> {
	return start.adopted === undefined ? {} : { start };
}

/** A list that nothing fills shows nothing of its own. */
function nothingToTry({ model }: PlanInput, operation: string): string | undefined {
	const { effect } = behaviourOf(model, operation);
	if (effect.kind !== "list" || makersOf(model, effect.resource).length > 0) return undefined;
	if (model.resources.get(effect.resource)?.records !== undefined) return undefined;
	return `nothing in the document makes an entry of ${effect.resource}`;
}

/** Why no sequence tells a rival from the model. */
function reasonNotTo(input: PlanInput, operation: string, { claim }: Rival): string {
	const { model } = input;
	const behaviour = behaviourOf(model, operation);
	const guard = behaviour.guards.find((one, index) => claim === `${operation}/${one.kind}${index}`);
	const implied = guard?.kind === "exists" ? impliedBecause(guard, behaviour, model) : undefined;
	const { standard } = behaviour.query?.sort ?? {};
	const orderedBy = standard?.field ?? standard?.toldBy;
	const isOrder = claim === `${operation}/sort` && standard !== undefined;
	if (isOrder && (orderedBy === undefined || !behaviour.answer.fields.includes(orderedBy)))
		return "it does not show what it is ordered by";
	const empty = guard === undefined ? nothingToTry(input, operation) : undefined;
	return implied ?? empty ?? "not observable through this API";
}

function reasonOf(scenario: Scenario): string {
	return scenario.ok ? "no sequence could be made" : scenario.reason;
}

import { separates } from "../../model/simulate.ts";
import type { State } from "../../model/state.ts";
import { cutOut, type Experiment, type PlanInput, sequencesFor, tracked } from "./plan.ts";

/**
 * The experiment as it must be for what stands there by now. What else was tried has left something in the list, or
 * taken something away: a page that told two pagers apart shows the same with both then. Calls that still tell whom they
 * were meant to tell stay; else others are sought.
 */
export function refit(input: PlanInput, experiment: Experiment, start: State): Experiment {
	const { model } = input;
	const pairs =
		experiment.between === undefined
			? experiment.against.map((rival) => ({ model, rival: rival.inject(model) }))
			: [experiment.between];
	const isTold = (pair: (typeof pairs)[number]): boolean => separates(pair.model, pair.rival, experiment.calls, start);
	const untold = pairs.filter((pair) => !isTold(pair));
	if (untold.length === 0) return { ...experiment, start };
	for (const pair of untold) {
		const own = { ...input, start };
		const cut = cutOut(tracked(pair.model, start, sequencesFor(own, experiment.operation)), { ...pair, start });
		if (cut !== undefined) return { ...experiment, ...cut, start };
	}
	return { ...experiment, start };
}

import type { Desk } from "./desk.ts";
import type { Draft } from "./draft.ts";
import type { Experiment, PlanInput } from "./plan/plan.ts";
import { runExperiment } from "./trace.ts";

/** How often a contradiction is tried once more. */
export const RERUNS = 3;

/** How often a contradiction comes back. */
export async function runAgain(desk: Desk, input: PlanInput, experiment: Experiment): Promise<number> {
	let seen = 0;
	for (let run = 0; run < RERUNS; run++) {
		const trace = await runExperiment(desk, input, { experiment, label: `r${desk.serial()}` });
		if (trace?.judgement.kind === "rejected") seen++;
	}
	return seen;
}

/** What a finding says of a contradiction that did not come back every time. */
export function flakiness(again: number): Pick<Draft, "flaky"> {
	return again === RERUNS ? {} : { flaky: { seen: again + 1, runs: RERUNS + 1 } };
}

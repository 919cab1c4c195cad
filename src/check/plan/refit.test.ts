import { expect, test } from "vitest";
import { separates } from "../../model/simulate.ts";
import { emptyState, type State } from "../../model/state.ts";
import { createValidation } from "../../schema/validate.ts";
import { loadService } from "../fixture/check-service.ts";
import { type Experiment, type PlanInput, plan } from "./plan.ts";
import { refit } from "./refit.ts";

const { model } = await loadService("notes.yaml");

/** So many people stand there, and nobody else. */
function peopled(count: number): State {
	const people = Array.from({ length: count }, (_, index) => ({ key: `p${index}`, value: { id: `p${index}` } }));
	return { ...emptyState(true), containers: new Map([["people", people]]), adopted: new Set(["people"]) };
}

const input: PlanInput = {
	model,
	start: emptyState(true),
	seed: 1,
	validation: createValidation(),
	operations: new Set(["listPeople"]),
	starts: new Map([["listPeople", peopled(0)]]),
};

const tells = ({ against, calls }: Experiment, start: State): number =>
	against.filter((rival) => separates(model, rival.inject(model), calls, start)).length;

test("an experiment on a list is made anew where what stands there by now shows the same for both", () => {
	const planned = plan(input).experiments.filter(({ against }) => against.some(({ rule }) => rule === "paging"));
	const later = peopled(30);
	const dull = planned.filter((experiment) => tells(experiment, later) < experiment.against.length);
	expect(dull.length).toBeGreaterThan(0);
	for (const experiment of dull) expect(tells(refit(input, experiment, later), later)).toBeGreaterThan(0);
});

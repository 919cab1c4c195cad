import type { Rival } from "../model/claim.ts";
import { admit, type Judgement } from "../model/judge.ts";
import type { Model } from "../model/model.ts";
import { cleanUp } from "./cleanup.ts";
import { type Desk, START } from "./desk.ts";
import { type History, judgeHistory, live, toldOf } from "./history.ts";
import { type Experiment, instantiate, type PlanInput } from "./plan/plan.ts";

/** An experiment as it went. */
export interface Trace {
	readonly experiment: Experiment;
	readonly history: History;
	/** By the documented model. */
	readonly judgement: Judgement;
}

/** Runs an experiment with values of its own, and takes away what it made. */
export async function runExperiment(
	desk: Desk,
	input: PlanInput,
	{ experiment, label }: { experiment: Experiment; label: string },
): Promise<Trace | undefined> {
	const calls = instantiate(input, experiment, { marker: desk.marker, label });
	if (calls === undefined || calls.length === 0) return undefined;
	const history = await live(desk, START, calls);
	const judgement = judgeHistory(desk.model, history);
	const thorough = judgement.kind !== "admitted";
	await cleanUp(desk.session, history, {
		worlds: judgement.kind === "admitted" ? judgement.worlds : lastKnown(desk.model, history),
		thorough,
	});
	return { experiment, history, judgement };
}

/** What is known at the end of a history that the model does not admit: answers that contradict change nothing. */
function lastKnown(model: Model, history: History): History["start"] {
	let worlds = history.start;
	for (const told of toldOf(history)) {
		const step = admit(model, worlds, told);
		if (step.kind === "admitted") worlds = step.worlds;
	}
	return worlds;
}

/** Whether a history contradicts a rival, admits it, or tells nothing. */
export function standingOf(model: Model, rival: Rival, history: History): "excluded" | "admitted" | "unsure" {
	const judgement = judgeHistory(rival.inject(model), history);
	if (judgement.kind === "rejected") return "excluded";
	return judgement.kind === "admitted" ? "admitted" : "unsure";
}

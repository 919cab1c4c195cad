import type { Rival } from "../model/claim.ts";
import type { Judgement } from "../model/judge.ts";
import type { Model } from "../model/model.ts";
import { cleanUp } from "./cleanup.ts";
import { type Desk, START } from "./desk.ts";
import { type History, judgeHistory, live } from "./history.ts";
import { type Experiment, instantiate, type PlanInput } from "./plan/plan.ts";
import { worldsAfter } from "./stage.ts";

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
	await cleanUp(desk, history, {
		worlds: judgement.kind === "admitted" ? judgement.worlds : worldsAfter(desk, history),
		thorough,
	});
	return { experiment, history, judgement };
}

/** Whether a history contradicts a rival, admits it, or tells nothing. */
export function standingOf(model: Model, rival: Rival, history: History): "excluded" | "admitted" | "unsure" {
	const judgement = judgeHistory(rival.inject(model), history);
	if (judgement.kind === "rejected") return "excluded";
	return judgement.kind === "admitted" ? "admitted" : "unsure";
}

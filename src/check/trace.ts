import type { Rival } from "../model/claim.ts";
import type { Judgement, World } from "../model/judge.ts";
import type { Model } from "../model/model.ts";
import { identifyKey, isServerValue } from "../model/value.ts";
import { isUndisturbed, showsStrangers, takeBaseline } from "./baseline.ts";
import { cleanUp } from "./cleanup.ts";
import { type Desk, startWorlds } from "./desk.ts";
import { type History, judgeHistory, live } from "./history.ts";
import { type Experiment, instantiate, type PlanInput } from "./plan/plan.ts";
import { refit } from "./plan/refit.ts";
import { worldsAfter } from "./stage.ts";

/** An experiment as it went. */
export interface Trace {
	readonly experiment: Experiment;
	readonly history: History;
	/** By the documented model. */
	readonly judgement: Judgement;
}

/**
 * Runs an experiment with values of its own, and takes away what it made. Where others may write as well, what stands
 * there is read before and after: what was answered while it changed tells nothing, and is asked for again.
 */
export async function runExperiment(
	desk: Desk,
	input: PlanInput,
	{ experiment, label }: { experiment: Experiment; label: string },
): Promise<Trace | undefined> {
	if (experiment.start === undefined)
		return (await play(desk, input, { experiment, label, start: startWorlds(desk.model) }))?.trace;
	for (let round = 0; round < ROUNDS_MAX; round++) {
		const before = await takeBaseline(desk, experiment.operation);
		if (before === undefined) break;
		const start = [{ state: before, bindings: new Map() }];
		const fitting = refit(input, experiment, before);
		const played = await play(desk, input, { experiment: fitting, label: `${label}x${round}`, start });
		if (played === undefined || played.trace.history.stopped !== undefined) return played?.trace;
		const after = await takeBaseline(desk, experiment.operation);
		const isCalm = isUndisturbed(before, after, played.ours);
		if (isCalm && !showsStrangers(desk, played.trace, { before, ours: played.ours })) return played.trace;
	}
	const history: History = {
		start: startWorlds(desk.model),
		turns: [],
		stopped: "others were writing into the list at the same time",
	};
	return { experiment, history, judgement: judgeHistory(desk.model, history) };
}

/** An experiment among others' writes is begun so often. */
const ROUNDS_MAX = 5;

interface Playing {
	readonly experiment: Experiment;
	readonly label: string;
	readonly start: readonly World[];
}

/** What came of an experiment, and the keys of what it made. */
interface Played {
	readonly trace: Trace;
	readonly ours: ReadonlySet<string>;
}

async function play(desk: Desk, input: PlanInput, { experiment, label, start }: Playing): Promise<Played | undefined> {
	const calls = instantiate(input, experiment, { marker: desk.marker, label });
	if (calls === undefined || calls.length === 0) return undefined;
	const history = await live(desk, start, calls);
	const judgement = judgeHistory(desk.model, history);
	const worlds = judgement.kind === "admitted" ? judgement.worlds : worldsAfter(desk, history);
	await cleanUp(desk, history, { worlds, thorough: judgement.kind !== "admitted" });
	return { trace: { experiment, history, judgement }, ours: keysIn(worlds) };
}

/** Whatever has been named so far: by the server, or by the run itself in what it made and took away. */
function keysIn(worlds: readonly World[]): ReadonlySet<string> {
	return new Set(
		worlds.flatMap(({ bindings, state: { containers, gone } }) => {
			const stood = [...containers.values()].flatMap((entries) => entries.map(({ key }) => key));
			const named = [...stood, ...[...gone.values()].flat()].filter((key) => !isServerValue(key));
			return [...bindings.values(), ...named].map((value) => identifyKey(value));
		}),
	);
}

/** Whether a history contradicts a rival, admits it, or tells nothing. */
export function standingOf(model: Model, rival: Rival, history: History): "excluded" | "admitted" | "unsure" {
	const own = rival.claim.slice(0, rival.claim.lastIndexOf("/"));
	// Of what does not call its operation a rival says what the model says.
	const isCalled = history.turns.some(({ call }) => call.operation === own);
	const judgement = isCalled ? judgeHistory(rival.inject(model), history) : judgedBy(model, history);
	if (judgement.kind === "rejected") return "excluded";
	return judgement.kind === "admitted" ? "admitted" : "unsure";
}

/** What a model says of a history; many rivals ask for the same. */
function judgedBy(model: Model, history: History): Judgement {
	const known = judgements.get(history);
	if (known?.model === model) return known.judgement;
	const judgement = judgeHistory(model, history);
	judgements.set(history, { model, judgement });
	return judgement;
}

const judgements = new WeakMap<History, { readonly model: Model; readonly judgement: Judgement }>();

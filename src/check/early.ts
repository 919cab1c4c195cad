import { claimsOf } from "../model/claim.ts";
import { resourceActedOn } from "../model/effect.ts";
import { behaviourOf, lineage, type Model, resourceNamed } from "../model/model.ts";
import { isAdoptable, takeBaseline } from "./baseline.ts";
import { cleanUp } from "./cleanup.ts";
import { type Desk, startOf, startWorlds } from "./desk.ts";
import { live } from "./history.ts";
import { runExperiments, type Verdicts } from "./phase/experiments.ts";
import { make, makersOf, startStory } from "./plan/story.ts";
import { createValueSource } from "./plan/value-source.ts";
import { worldsAfter } from "./stage.ts";

/** So many entries make three pages, and hold several of what can be asked for. */
const ENTRIES_MIN = 12;

/**
 * Tries the logs that record what is done before much is done: what stands in them stays as it is, so all of a short one
 * can be known, and what it shows of that can be held against the document. A long one is never known whole.
 */
export async function tryLogsEarly(desk: Desk): Promise<void> {
	for (const operation of desk.operations) {
		if (!isLog(desk.model, operation) || !isAdoptable(desk, operation)) continue;
		if (desk.stopReason() !== undefined) return;
		if ((await countIn(desk, operation)) < ENTRIES_MIN) await leaveSome(desk, operation);
		if ((await countIn(desk, operation)) < 2) giveUp(desk, operation);
		else keep(desk, await runExperiments({ ...desk, operations: new Set([operation]) }));
	}
}

function isLog(model: Model, operation: string): boolean {
	const name = resourceActedOn(behaviourOf(model, operation).effect);
	return name !== undefined && resourceNamed(model, name).kind === "log";
}

/** How many entries there are; none where nobody can read all of them. */
async function countIn(desk: Desk, operation: string): Promise<number> {
	const baseline = await takeBaseline(desk, operation);
	return [...(baseline?.containers.values() ?? [])].flat().length;
}

/** Makes two items of everything at the top whose making is recorded. */
async function leaveSome(desk: Desk, operation: string): Promise<void> {
	const { model, validation, seed, marker } = desk;
	const log = resourceActedOn(behaviourOf(model, operation).effect);
	const source = createValueSource({ model, validation, seed, marker, label: `l${desk.serial()}` });
	const story = startStory(model, startOf(model), { source, validation });
	for (const { name } of model.resources.values()) {
		const [maker] = makersOf(model, name);
		const isRecorded = maker?.guards.some((guard) => guard.kind === "records" && guard.log === log) === true;
		if (!isRecorded || lineage(model, name).length > 1) continue;
		make(story, name, []);
		make(story, name, []);
	}
	const history = await live(desk, startWorlds(model), story.calls);
	await cleanUp(desk, history, { worlds: worldsAfter(desk, history), thorough: true });
}

function keep(desk: Desk, { claims, decisions, excluded }: Verdicts): void {
	for (const { id, rivals } of claims) {
		const decision = decisions.get(id);
		if (decision !== undefined && decision.verdict !== "undecided") desk.decided.set(id, decision);
		for (const { name } of rivals) {
			const forms = rivals.filter((rival) => rival.name === name);
			if (forms.every((rival) => excluded.has(rival))) desk.toldApart.add(`${id} ${name}`);
		}
	}
}

const ASKED: ReadonlySet<string> = new Set(["filter", "pager", "sort", "search"]);

function giveUp(desk: Desk, operation: string): void {
	const reason = "what stands in the log could not be read whole, so nobody knows what it should show";
	for (const { id, law, operation: own } of claimsOf(desk.model)) {
		if (own === operation && ASKED.has(law)) desk.decided.set(id, { verdict: "undecided", reason });
	}
}

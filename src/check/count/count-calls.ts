import { type Counted, countedBy, countWords } from "../../model/law/counts.ts";
import type { Behaviour } from "../../model/model.ts";
import { cleanUp } from "../cleanup.ts";
import { stepOf } from "../conform.ts";
import { type Decision, type Desk, report, startOf, startWorlds } from "../desk.ts";
import { live } from "../history.ts";
import { startStory } from "../plan/story.ts";
import { createValueSource } from "../plan/value-source.ts";
import type { Turn } from "../session.ts";
import { worldsAfter } from "../stage.ts";
import { stageCount } from "./stage-count.ts";
import { type Measured, useCredentials } from "./use-credentials.ts";

/** What is found is counted so often before it is believed. */
const COUNTED = 3;

/** Uses credentials of two holders in a known way, and looks what the service says of the use of one of them. */
export async function countCalls(desk: Desk): Promise<void> {
	for (const behaviour of desk.model.behaviours.values()) {
		if (!desk.operations.has(behaviour.operation.id)) continue;
		for (const counted of countedBy(desk.model, behaviour)) {
			if (desk.stopReason() === undefined) await decideCount(desk, behaviour, counted);
		}
	}
}

async function decideCount(desk: Desk, behaviour: Behaviour, counted: Counted): Promise<void> {
	const settle = (decision: Decision): unknown =>
		desk.decided.set(`${behaviour.operation.id}/counts ${counted.field}`, decision);
	const first = await measure(desk, behaviour, counted);
	if (typeof first === "string") return void settle({ verdict: "undecided", reason: first });
	if (first.observed === undefined) return void settle({ verdict: "agrees" });
	for (let again = 1; again < COUNTED; again++) {
		const next = await measure(desk, behaviour, counted);
		if (typeof next === "string" || next.observed !== first.observed)
			return void settle({ verdict: "undecided", reason: "it was counted in more than one way" });
	}
	settle({ verdict: "drift" });
	blame(desk, behaviour, { counted, observed: first.observed, turns: first.turns });
}

/** The reason where it cannot be measured. */
async function measure(desk: Desk, behaviour: Behaviour, counted: Counted): Promise<Measured | string> {
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label: `u${desk.serial()}` });
	const story = startStory(model, startOf(model), { source, validation });
	const staged = stageCount(story, behaviour, counted);
	if (typeof staged === "string") return staged;
	const history = await live(desk, startWorlds(model), story.calls);
	const worlds = worldsAfter(desk, history);
	const bindings = worlds[0]?.bindings ?? new Map();
	const written: Turn[] = [];
	try {
		return await useCredentials({ desk, staged, bindings, counted, at: behaviour.answer.at, written });
	} finally {
		const all = { ...history, turns: [...history.turns, ...written] };
		await cleanUp(desk, all, { worlds: worldsAfter(desk, all), thorough: true });
	}
}

function blame(
	desk: Desk,
	{ operation }: Behaviour,
	{ counted, observed, turns }: { counted: Counted; observed: string; turns: readonly Turn[] },
): void {
	const { counting, field } = counted;
	const [evidence] = counting.evidence;
	report(desk, [
		{
			rule: "effect",
			level: "drift",
			operation: operation.id,
			subject: field,
			documented: countWords(counted),
			observed,
			message: `${operation.method} ${operation.path}: ${countWords(counted)}, is declared. Observed, with credentials of our own: ${observed}.`,
			...(evidence === undefined ? {} : { because: evidence.text }),
			source: evidence?.source ?? operation.source,
			evidence: turns.map(stepOf),
			suspects: [observed],
			cause: `${operation.id}/counts ${field} ${observed}`,
		},
	]);
}

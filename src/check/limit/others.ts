import { lawOf } from "../../model/effect-laws.ts";
import type { Rate } from "../../model/guard/rate.ts";
import { type Behaviour, behaviourOf } from "../../model/model.ts";
import { isObject, type Value } from "../../model/value.ts";
import { type Desk, startOf } from "../desk.ts";
import { compose, type Story, startStory } from "../plan/story.ts";
import { createValueSource } from "../plan/value-source.ts";
import type { Turn } from "../session.ts";
import { type Counted, callWith, isRefusal } from "./burst.ts";

/** What another operation of a group does with a credential whose calls are used up. */
export interface Other {
	readonly kind: "refuses" | "lets through" | "writes all the same" | "unclear";
	readonly turns: readonly Turn[];
}

/** Calls another operation that shares the limit; only one that needs nothing to be there. */
export async function tryOther(
	desk: Desk,
	{ behaviour, guard }: { behaviour: Behaviour; guard: Rate },
	spent: Counted,
): Promise<Other> {
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label: `o${desk.serial()}` });
	const story = startStory(model, startOf(model), { source, validation });
	const body = source.body(behaviour.operation.id, "all");
	if (behaviour.keys.size > 0) return { kind: "unclear", turns: [] };
	const call = compose(story, behaviour.operation.id, { inside: [], body });
	const before = await readAll(desk, story, behaviour);
	const turn = await desk.session.provoke(callWith({ ...spent, call }), spent.bindings);
	const status = turn?.answer?.status ?? 0;
	if (turn === undefined || !isRefusal(guard, turn))
		return {
			kind: status >= 200 && status < 300 ? "lets through" : "unclear",
			turns: turn === undefined ? [] : [turn],
		};
	const after = lawOf(behaviour.effect).writes ? await readAll(desk, story, behaviour) : undefined;
	const isWritten = textsIn(body).some(
		(text) => after?.text.includes(text) === true && before?.text.includes(text) !== true,
	);
	return isWritten && after !== undefined
		? { kind: "writes all the same", turns: [turn, after.turn] }
		: { kind: "refuses", turns: [turn] };
}

/** The list of what an operation writes, as the main caller sees it. */
async function readAll(
	desk: Desk,
	story: Story,
	{ effect }: Behaviour,
): Promise<{ readonly turn: Turn; readonly text: string } | undefined> {
	const resource = "resource" in effect ? effect.resource : undefined;
	const reader = [...desk.model.behaviours.values()].find(
		(one) => one.effect.kind === "list" && one.effect.resource === resource && one.keys.size === 0,
	);
	if (reader === undefined) return undefined;
	const call = compose(story, behaviourOf(desk.model, reader.operation.id).operation.id, { inside: [] });
	const turn = await desk.session.send(call, new Map());
	return turn?.answer === undefined ? undefined : { turn, text: JSON.stringify(turn.body ?? "") };
}

const TELLING_LENGTH_MIN = 4;

/** Texts that nobody else writes by chance. */
function textsIn(value: Value | undefined): readonly string[] {
	if (typeof value === "string") return value.length >= TELLING_LENGTH_MIN ? [value] : [];
	if (Array.isArray(value)) return value.flatMap((one: Value) => textsIn(one));
	return isObject(value) ? Object.values(value).flatMap((one) => textsIn(one)) : [];
}

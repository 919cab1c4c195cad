import type { Call } from "../model/call.ts";
import { resourceActedOn } from "../model/effect.ts";
import { guardLawOf } from "../model/guard-laws.ts";
import type { World } from "../model/judge.ts";
import { type Behaviour, behaviourOf, lineage, type Model } from "../model/model.ts";
import type { Value } from "../model/value.ts";
import { cleanUp } from "./cleanup.ts";
import { type Desk, startOf, startWorlds } from "./desk.ts";
import { follow } from "./follow.ts";
import { type History, live } from "./history.ts";
import { focusOf } from "./plan/scenario.ts";
import {
	compose,
	lentAt,
	type Made,
	make,
	roomyLimits,
	type Story,
	satisfied,
	sceneIn,
	stagedBy,
	startStory,
	supply,
} from "./plan/story.ts";
import { createValueSource, type ValueSource } from "./plan/value-source.ts";
import type { Turn } from "./session.ts";

/** What an operation needs before it can be called, really made on the service; and the happy call that stands on it. */
export interface Stage {
	readonly story: Story;
	readonly source: ValueSource;
	readonly happy: Call;
	readonly history: History;
	/** What is believed now: every call that is played may make something. */
	worlds: readonly World[];
}

export type Staged = { readonly ok: true; readonly stage: Stage } | { readonly ok: false; readonly reason: string };

/** Makes the parents of an operation's resource, and the item that it is aimed at. */
export async function setStage(desk: Desk, operation: string, label: string): Promise<Staged> {
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label });
	const story = startStory(model, startOf(model), { source, validation });
	const built = build(desk, story, operation);
	if (!built.ok) return built;
	const happy = happyCall(story, operation, built.inside);
	const history = await live(desk, startWorlds(desk.model), story.calls);
	return { ok: true, stage: { story, source, happy, history, worlds: worldsAfter(desk, history) } };
}

type Built = { readonly ok: true; readonly inside: readonly Made[] } | { readonly ok: false; readonly reason: string };

function build(desk: Desk, story: Story, operation: string): Built {
	const behaviour = behaviourOf(desk.model, operation);
	const focus = focusOf(desk.model, behaviour) ?? innermost(desk.model, behaviour);
	const inside: Made[] = [];
	if (focus === undefined) return { ok: true, inside };
	for (const { name } of lineage(desk.model, focus)) {
		if (name === focus && !needsContent(desk, operation, focus)) break;
		const lent = lentAt(story, name, inside);
		const borrowed = name !== focus || mayTouchLent(desk, behaviour) ? lent : undefined;
		const made = borrowed ?? makeFit(desk, story, { operation, name, focus, inside });
		if (made === undefined && name !== focus)
			return { ok: false, reason: `nothing in the document creates an item of ${name}` };
		if (made !== undefined) inside.push(made);
	}
	return { ok: true, inside };
}

interface Making {
	readonly operation: string;
	readonly name: string;
	readonly focus: string;
	readonly inside: readonly Made[];
}

/** An item is drawn so often until no guard keeps the operation from it. */
const DRAWN_MAX = 4;

function makeFit(desk: Desk, story: Story, { operation, name, focus, inside }: Making): Made | undefined {
	const fields = fieldsFor(desk, operation, { name, focus });
	for (let drawn = 1; ; drawn++) {
		const made = make(story, name, inside, { fields });
		if (made === undefined || name !== focus || drawn >= DRAWN_MAX) return made;
		const scene = sceneIn(story, happyCall(story, operation, [...inside, made]));
		if (scene.behaviour.guards.every((guard) => guardLawOf(guard).holds(guard, scene) !== "no")) return made;
	}
}

/** What an item must hold for the operation to be called on it, or inside of it, as often as it will be. */
function fieldsFor(
	{ model }: Desk,
	operation: string,
	{ name, focus }: { name: string; focus: string | undefined },
): Readonly<Record<string, Value>> {
	// Of several kinds of items the last is the one that nothing keeps the operation from.
	const staged = name === focus ? (stagedBy(model, operation).at(-1) ?? {}) : {};
	return { ...roomyLimits(model, operation, name), ...staged };
}

/** The resource that a path leads to, where the operation does nothing to it that is known. */
function innermost(model: Model, { keys }: Behaviour): string | undefined {
	const named = [...keys.keys()].filter((name) => model.resources.has(name));
	return named.toSorted((a, b) => lineage(model, b).length - lineage(model, a).length)[0];
}

/** What others made is read, and on a target of ours asked to do something; it is not changed or taken away. */
function mayTouchLent(desk: Desk, { effect, operation }: Behaviour): boolean {
	if (operation.method === "GET") return true;
	return desk.disposable && effect.kind === "opaque" && operation.method !== "DELETE";
}

function happyCall(story: Story, operation: string, inside: readonly Made[]): Call {
	const behaviour = behaviourOf(story.model, operation);
	supply(story, behaviour);
	const body = story.source.body(operation, "all");
	const own = resourceActedOn(behaviour.effect);
	const key =
		own === undefined || !behaviour.keys.has(own)
			? undefined
			: (keyIn(inside, own) ?? memberKey(story, inside, own) ?? story.source.fresh(own));
	return satisfied(story, compose(story, operation, { inside, key, body }));
}

/** An operation on an item needs that item; one that makes it needs none. */
function needsContent(desk: Desk, operation: string, focus: string): boolean {
	const { effect, keys } = behaviourOf(desk.model, operation);
	if (resourceActedOn(effect) !== focus) return true;
	return keys.has(focus) && effect.kind !== "upsert" && effect.kind !== "create";
}

function keyIn(inside: readonly Made[], resource: string): Value | undefined {
	return inside.find((made) => made.resource === resource)?.key;
}

/** The first member of a set, when the operation is aimed at a member. */
function memberKey(story: Story, inside: readonly Made[], resource: string): Value | undefined {
	const parent = inside.at(-1);
	const entries = [...story.state.containers].find(
		([name]) => parent !== undefined && name.startsWith(parent.container) && name.endsWith(`/${resource}`),
	)?.[1];
	return entries?.[0]?.key;
}

/** What is believed after what was really answered. */
export function worldsAfter({ model }: Desk, { start, turns }: History): readonly World[] {
	return turns.reduce((worlds, { told }) => (told === undefined ? worlds : follow(model, worlds, told)), start);
}

/** Sends one call on a stage. */
export async function play(desk: Desk, stage: Stage, call: Call): Promise<Turn | undefined> {
	const turn = await desk.session.send(call, stage.worlds[0]?.bindings ?? new Map());
	if (turn?.told !== undefined) stage.worlds = follow(desk.model, stage.worlds, turn.told);
	return turn;
}

/** Takes everything away again. */
export async function strike(desk: Desk, stage: Stage, turns: readonly Turn[]): Promise<void> {
	const history = { ...stage.history, turns: [...stage.history.turns, ...turns] };
	await cleanUp(desk, history, { worlds: stage.worlds, thorough: true });
}

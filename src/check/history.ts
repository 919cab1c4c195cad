import { setTimeout } from "node:timers/promises";
import type { Step } from "../finding/finding.ts";
import type { Call } from "../model/call.ts";
import { admit, type Judgement, judge, type Told, type World } from "../model/judge.ts";
import { behaviourOf, type Model } from "../model/model.ts";
import { type Outcome, outcomes } from "../model/outcome.ts";
import type { PagePattern, Pattern } from "../model/pattern.ts";
import { sceneOf } from "../model/scene.ts";
import { viewOf } from "../model/state.ts";
import { concretize, isServerValue, ownerOf, type Value } from "../model/value.ts";
import { stepOf } from "./conform.ts";
import type { Desk } from "./desk.ts";
import { expectationOf } from "./expect.ts";
import { follow } from "./follow.ts";
import type { Turn } from "./session.ts";

/** What was really sent and answered, from a start that the model knows. */
export interface History {
	readonly start: readonly World[];
	readonly turns: readonly Turn[];
	/** Set when the sequence could not be told to its end. */
	readonly stopped?: string;
}

/** Sends a sequence call by call; what the server makes up is learned on the way. */
export async function live(desk: Desk, start: readonly World[], calls: readonly Call[]): Promise<History> {
	const { session, model } = desk;
	const turns: Turn[] = [];
	let worlds = start;
	let contradicted = false;
	for (const call of calls) {
		const stopped = desk.stopReason();
		if (stopped !== undefined) return { start, turns, stopped };
		const sent = await session.send(call, worlds[0]?.bindings ?? new Map());
		if (sent === undefined) return { start, turns, stopped: "a value that only the server knows was never shown" };
		if (sent.told === undefined) return { start, turns: [...turns, sent], stopped: "no answer came" };
		const turn = contradicted ? sent : await settled(desk, worlds, { ...sent, told: sent.told });
		turns.push(turn);
		if (turn.told === undefined) continue;
		// After a contradiction the sequence goes on all the same: what follows tells which rival it is.
		if (admit(model, worlds, turn.told).kind !== "admitted") contradicted = true;
		worlds = follow(model, worlds, turn.told);
	}
	return { start, turns };
}

/** The answer, or a later one where a list may lag behind and has caught up in time. */
async function settled(desk: Desk, worlds: readonly World[], turn: Turn & { told: Told }): Promise<Turn> {
	const isRejected = admit(desk.model, worlds, turn.told).kind === "rejected";
	return isRejected && mayLag(desk, turn) ? ((await settle(desk, worlds, turn)) ?? turn) : turn;
}

/** A list may show a write later than an item does; a refusal or a read of an item has no such excuse. */
function mayLag(desk: Desk, { call, told }: Turn): boolean {
	const isList = behaviourOf(desk.model, call.operation).effect.kind === "list";
	return isList && told !== undefined && told.status < 300 && !desk.unsettled.has(call.operation);
}

const FIRST_PAUSE_MS = 25;

/** Reads again with growing pauses until the answer is admitted; undefined when it is not within the time to settle. */
async function settle(desk: Desk, worlds: readonly World[], { call }: Turn): Promise<Turn | undefined> {
	let waitedMs = 0;
	for (let pauseMs = FIRST_PAUSE_MS; waitedMs < desk.settleMs; pauseMs *= 2) {
		const pause = Math.min(pauseMs, desk.settleMs - waitedMs);
		await setTimeout(pause);
		waitedMs += pause;
		const turn = await desk.session.send(call, worlds[0]?.bindings ?? new Map());
		if (turn?.told === undefined) return undefined;
		if (admit(desk.model, worlds, turn.told).kind === "admitted") {
			desk.notes.push(`${call.operation} lags: a write showed in it after ${waitedMs} ms or less`);
			return turn;
		}
	}
	desk.unsettled.add(call.operation);
	return undefined;
}

export function toldOf({ turns }: History): readonly Told[] {
	return turns.flatMap(({ told }) => (told === undefined ? [] : [told]));
}

export function judgeHistory(model: Model, history: History): Judgement {
	return judge(model, history.start, toldOf(history));
}

/** The proof, step by step: what the docs predict beside what the service showed. */
export function stepsOf({ model, session: { mask } }: Desk, history: History, partsAt: number): readonly Step[] {
	let worlds = history.start;
	return history.turns.slice(0, partsAt + 1).map((turn, index) => {
		const { told } = turn;
		const predicted = predict(model, worlds, turn.call, mask.maskText);
		const [world] = worlds;
		const expects =
			predicted.outcome === undefined || world === undefined
				? {}
				: { expects: expectationOf(predicted.outcome, world, mask.maskText) };
		if (told !== undefined) worlds = follow(model, worlds, told);
		const shown = told === undefined ? "no answer" : describeAnswer(told, predicted.pattern, mask.maskText);
		return {
			...stepOf(turn),
			predicted: predicted.text,
			observed: shown,
			...expects,
			parts: index === partsAt,
		};
	});
}

interface Prediction {
	readonly text: string;
	readonly pattern: Pattern | undefined;
	readonly outcome?: Outcome;
}

/** Hides what is secret in a text. A text is cut only afterwards: half a secret would not be known for one. */
type MaskText = (text: string) => string;

function predict(model: Model, worlds: readonly World[], call: Call, maskText: MaskText): Prediction {
	const [world] = worlds;
	if (world === undefined) return { text: "", pattern: undefined };
	const [outcome] = outcomes(sceneOf(model, viewOf(world.state), call));
	if (outcome === undefined) return { text: "", pattern: undefined };
	const shown = describePattern(outcome.body, world, maskText);
	return {
		text: shown === "" ? outcome.statuses.join(" or ") : shown,
		pattern: outcome.kind === "expected" ? outcome.body : undefined,
		outcome,
	};
}

function describePattern(pattern: Pattern, world: World, maskText: MaskText): string {
	const known = patternValue(pattern, world);
	return known === undefined ? "" : describeValue(known, maskText);
}

/** What of a pattern is known, as a value; undefined when nothing is. */
function patternValue(pattern: Pattern, world: World): unknown {
	switch (pattern.kind) {
		case "any":
		case "log":
		case "not":
		case "next":
			return undefined;
		case "hint":
			return undefined;
		case "page":
			return pattern.ranks?.areCertain === true || pattern.items.length <= pattern.size
				? pageValue(pattern, world)
				: undefined;
		case "value":
			return valueIn(pattern.value, world);
		case "list":
			return pattern.items.map((item) => patternValue(item, world) ?? "…");
		case "object": {
			const members = Object.entries(pattern.members).flatMap(([name, member]): [string, unknown][] => {
				const value = patternValue(member, world);
				return value === undefined ? [] : [[name, value]];
			});
			return members.length === 0 ? undefined : Object.fromEntries(members);
		}
	}
}

/** What stands on a page is known where the order is. */
function pageValue({ items, ranks, from, size }: PagePattern, world: World): unknown {
	const numbered = items.map((item, index) => ({ item, rank: ranks?.of[index] ?? 0 }));
	const page = numbered.toSorted((a, b) => a.rank - b.rank).slice(from, from + size);
	return page.map(({ item }) => patternValue(item, world) ?? "…");
}

function valueIn(value: Value, world: World): unknown {
	const known = concretize(value, world.bindings);
	if (known !== undefined) return known;
	return isServerValue(value) ? undefined : JSON.parse(JSON.stringify(value));
}

function describeAnswer(told: Told, pattern: Pattern | undefined, maskText: MaskText): string {
	if (pattern === undefined || told.status >= 400 || typeof told.body === "symbol" || told.body === undefined)
		return String(told.status);
	const visible = visibleIn(pattern, told.body);
	return visible === undefined ? String(told.status) : describeValue(visible, maskText);
}

/** The part of an answer that the pattern speaks of. */
function visibleIn(pattern: Pattern, body: unknown): unknown {
	if (pattern.kind === "any" || pattern.kind === "not" || pattern.kind === "hint") return undefined;
	if (pattern.kind === "value" && isServerValue(pattern.value) && ownerOf(pattern.value) === "volatile")
		return undefined;
	if (pattern.kind !== "object" || typeof body !== "object" || body === null) return body;
	const members = Object.entries(pattern.members).flatMap(([name, member]): [string, unknown][] => {
		const value = visibleIn(member, (body as Record<string, unknown>)[name]);
		return value === undefined ? [] : [[name, value]];
	});
	return members.length === 0 ? undefined : Object.fromEntries(members);
}

const TEXT_MAX = 200;

/** Compact, for a table: a list of plain values as words, everything else as JSON. */
function describeValue(value: unknown, maskText: MaskText): string {
	const isPlain = Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null);
	const words = isPlain ? (value.length === 0 ? "(empty)" : value.map(String).join(" ")) : JSON.stringify(value);
	const text = maskText(words);
	return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}

import { setTimeout } from "node:timers/promises";
import type { Call } from "../../model/call.ts";
import type { World } from "../../model/judge.ts";
import { cleanUp } from "../cleanup.ts";
import { type Desk, startWorlds } from "../desk.ts";
import { follow } from "../follow.ts";
import { judgeHistory, live } from "../history.ts";
import type { Turn } from "../session.ts";
import { worldsAfter } from "../stage.ts";
import type { ToldContest } from "./contest.ts";
import { type Linearization, linearize, type Operation } from "./linearize.ts";

/** A contest as it went. */
export interface Meeting {
	readonly turns: readonly Turn[];
	readonly operations: readonly Operation[];
	/** What was known before the clients met. */
	readonly before: readonly World[];
	readonly verdict: Linearization;
	/** What stands in the end showed only after a while. */
	readonly lagged: boolean;
}

/** Sends the requests of all clients at once and reads what stands in the end; what was made is taken away. */
export async function meet(desk: Desk, told: ToldContest): Promise<Meeting | undefined> {
	const setup = await live(desk, startWorlds(desk.model), told.setup);
	const judged = judgeHistory(desk.model, setup);
	if (judged.kind !== "admitted" || setup.stopped !== undefined) {
		await cleanUp(desk, setup, { worlds: worldsAfter(desk, setup), thorough: true });
		return undefined;
	}
	const before = judged.worlds;
	const sent = await Promise.all(told.clients.map((calls, client) => sendAll(desk, { calls, before, client })));
	const together = sent.flat().toSorted((a, b) => a.operation.startMs - b.operation.startMs);
	const known = together
		.toSorted((a, b) => a.operation.endMs - b.operation.endMs)
		.reduce((worlds, { turn }) => (turn.told === undefined ? worlds : follow(desk.model, worlds, turn.told)), before);
	const read = await readUntilExplained(desk, { told, before, known, together });
	const history = { start: startWorlds(desk.model), turns: [...setup.turns, ...read.turns] };
	await cleanUp(desk, history, { worlds: worldsAfter(desk, history), thorough: read.verdict.kind !== "explained" });
	return { ...read, before };
}

interface Sent {
	readonly turn: Turn;
	readonly operation: Operation;
}

async function sendAll(
	desk: Desk,
	{ calls, before, client }: { calls: readonly Call[]; before: readonly World[]; client: number },
): Promise<readonly Sent[]> {
	const sent: Sent[] = [];
	for (const [index, call] of calls.entries()) {
		// Every round of another seed meets in another way.
		const pauseMs = (desk.seed + client * 7 + index * 3) % 3;
		if (index > 0 && pauseMs > 0) await setTimeout(pauseMs);
		const one = await sendTimed(desk, call, before);
		if (one !== undefined) sent.push(one);
	}
	return sent;
}

async function sendTimed(desk: Desk, call: Call, worlds: readonly World[]): Promise<Sent | undefined> {
	const startMs = performance.now();
	const turn = await desk.session.send(call, worlds[0]?.bindings ?? new Map());
	if (turn === undefined) return undefined;
	return { turn, operation: { call, told: turn.told, startMs, endMs: performance.now() } };
}

const FIRST_PAUSE_MS = 50;

interface Reading {
	readonly told: ToldContest;
	readonly before: readonly World[];
	readonly known: readonly World[];
	readonly together: readonly Sent[];
}

/** Reads what stands in the end, again with growing pauses where a list may lag behind. */
async function readUntilExplained(
	desk: Desk,
	{ told, before, known, together }: Reading,
): Promise<Omit<Meeting, "before">> {
	for (let pauseMs = FIRST_PAUSE_MS, waitedMs = 0; ; pauseMs *= 2) {
		const finals: Sent[] = [];
		for (const call of told.finals) {
			const one = await sendTimed(desk, call, known);
			if (one !== undefined) finals.push(one);
		}
		const all = [...together, ...finals];
		const operations = all.map(({ operation }) => operation);
		const verdict = linearize(desk.model, before, operations);
		if (verdict.kind !== "unexplained" || waitedMs >= desk.settleMs || desk.stopReason() !== undefined)
			return { turns: all.map(({ turn }) => turn), operations, verdict, lagged: waitedMs > 0 };
		await setTimeout(pauseMs);
		waitedMs += pauseMs;
	}
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Spawned } from "./spawn-intry.ts";

/** How load goes through the proxy while what stands behind it is killed and started again. */
export interface KillOptions {
	/** Of the proxy. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly clients: number;
	readonly upstream: Spawned;
	/** Starts it again at the same address. */
	restart(): Promise<Spawned>;
	/** How long the load lasts before the kill, until the restart begins, and once it is there. */
	readonly phaseMs: number;
}

/** Status → how many answers had it; `none` for requests without an answer. */
export type Statuses = Readonly<Record<string, number>>;

/** What the clients were answered, phase by phase. */
export interface KillResult {
	readonly before: Statuses;
	readonly away: Statuses;
	/** From a little after the restart on. */
	readonly after: Statuses;
	readonly again: Spawned;
}

const GRACE_MS = 300;

/** Keeps every client busy all the time. */
export async function killUpstream(options: KillOptions): Promise<KillResult> {
	const { url, headers, clients, phaseMs } = options;
	const phase = { counts: {} as Record<string, number>, isOver: false };
	const runClient = async (): Promise<void> => {
		while (!phase.isOver) {
			const { counts } = phase;
			const status = await statusOf(`${url}/api/admin/stats`, headers);
			counts[status] = (counts[status] ?? 0) + 1;
		}
	};
	const begin = (): Record<string, number> => {
		phase.counts = {};
		return phase.counts;
	};
	const running = Array.from({ length: clients }, runClient);
	const before = begin();
	await sleep(phaseMs);
	// What is under way between two phases belongs to neither.
	begin();
	await sleep(GRACE_MS);
	await options.upstream.kill();
	const away = begin();
	await sleep(phaseMs);
	begin();
	await sleep(GRACE_MS);
	const again = await options.restart();
	begin();
	await sleep(GRACE_MS);
	const after = begin();
	await sleep(phaseMs);
	phase.isOver = true;
	await Promise.all(running);
	return { before, away, after, again };
}

async function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
	try {
		const answer = await fetch(url, { headers, signal: AbortSignal.timeout(5000) });
		await answer.arrayBuffer();
		return String(answer.status);
	} catch {
		return "none";
	}
}

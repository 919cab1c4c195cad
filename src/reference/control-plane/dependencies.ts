import type { Redis } from "ioredis";
import type { Database } from "../database/database.ts";

/** How what the server needs is doing. */
export interface Dependencies {
	checkDatabase(): Promise<DependencyState>;
	checkRedis(): Promise<DependencyState>;
}

export interface DependencyState {
	readonly status: "up" | "down" | "disabled";
	/** How long the answer took; null when none came or none was asked for. */
	readonly latency_ms: number | null;
}

/** Longest wait for an answer before a dependency counts as down. */
const CHECK_MS_MAX = 2000;

/** Asks the dependencies themselves, each time. */
export function createDependencies(database: Database, redis: Redis | undefined): Dependencies {
	return {
		checkDatabase: () => check(() => database.query("select 1")),
		checkRedis: async () =>
			redis === undefined ? { status: "disabled", latency_ms: null } : check(() => redis.ping()),
	};
}

async function check(ask: () => Promise<unknown>): Promise<DependencyState> {
	const started = performance.now();
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error("no answer in time")), CHECK_MS_MAX);
	});
	try {
		await Promise.race([ask(), late]);
		return { status: "up", latency_ms: Math.round((performance.now() - started) * 100) / 100 };
	} catch {
		return { status: "down", latency_ms: null };
	} finally {
		clearTimeout(timer);
	}
}

import { once } from "node:events";
import { Redis } from "ioredis";
import type { Logger } from "pino";

/** Longest wait for one answer of Redis. */
const COMMAND_MS_MAX = 1000;
/** Longest pause between two attempts to connect. */
const RETRY_MS_MAX = 1000;

/** A connection that comes back by itself; while it is away every command fails at once. */
export function connectRedis(url: string, log: Logger): Redis {
	const redis = new Redis(url, {
		enableOfflineQueue: false,
		autoResendUnfulfilledCommands: false,
		commandTimeout: COMMAND_MS_MAX,
		connectTimeout: COMMAND_MS_MAX,
		retryStrategy: (attempts) => Math.min(attempts * 50, RETRY_MS_MAX),
	});
	redis.on("ready", () => log.info("redis is ready"));
	redis.on("close", () => log.warn("redis is away"));
	redis.on("error", (error: Error) => log.debug({ err: error }, "redis failed"));
	return redis;
}

/** Waits for the first connection, but not longer than for one answer: a server starts without Redis as well. */
export async function untilConnected(redis: Redis): Promise<void> {
	if (redis.status === "ready") return;
	await once(redis, "ready", { signal: AbortSignal.timeout(COMMAND_MS_MAX) }).catch(() => undefined);
}

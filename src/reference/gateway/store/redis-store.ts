import { Redis } from "ioredis";
import type { Logger } from "pino";
import { secretDigest } from "../../secret/secret-matcher.ts";
import type { AppConfig } from "../app-config.ts";
import { REDIS_SCRIPTS, type RedisScript } from "./redis-scripts.ts";
import { CIDS_MAX, type CidsWritten, RATE_WINDOW_MS, type Store, StoreUnavailable } from "./store.ts";

/** Longest wait for one answer of Redis; after it the request is answered 503. */
const COMMAND_MS_MAX = 2000;
/** Longest pause between two attempts to connect. */
const RETRY_MS_MAX = 1000;
/** Longest wait for the first connection before the server starts without it. */
const FIRST_CONNECTION_MS_MAX = 1000;

const KEYS = "gateway:keys";
const appKey = (appId: string): string => `gateway:app:${appId}`;
const cidsKey = (appId: string): string => `gateway:cids:${appId}`;
const callsKey = (appId: string): string => `gateway:calls:${appId}`;

/**
 * A store in Redis. While Redis is away every function rejects with `StoreUnavailable` at once; the connection comes
 * back by itself. A write is acknowledged when Redis has acknowledged it: how safe that is on disk is the setting of
 * Redis (`appendonly yes`, `appendfsync always` for none lost).
 *
 * @param url `redis://` or `rediss://`
 */
export async function createRedisStore(url: string, log: Logger): Promise<Store> {
	const redis = connect(url, log);
	await firstConnection(redis);

	const run = (script: RedisScript, ...words: readonly (string | number)[]): Promise<unknown> =>
		ask(() => scripted(redis)[script](...words));
	const writeCids = async (how: string, appId: string, numbers: readonly string[]): Promise<CidsWritten> => {
		const answer = await run("gatewayWriteCids", appKey(appId), cidsKey(appId), how, CIDS_MAX, ...numbers);
		if (answer === -2) return { kind: "full" };
		const written = members(answer);
		return written === undefined ? { kind: "app-not-found" } : { kind: "written", numbers: written };
	};
	const loadApp = async (appId: string): Promise<AppConfig | undefined> => {
		const text = await ask(() => redis.hget(appKey(appId), "config"));
		return text === null ? undefined : JSON.parse(text);
	};

	return {
		loadApp,
		saveApp: async (appId, config) => {
			const digest = config.apiKey === undefined ? "" : secretDigest(config.apiKey);
			const saved = await run("gatewaySaveApp", appKey(appId), KEYS, appId, JSON.stringify(config), digest);
			return saved === 1 ? "saved" : "key-in-use";
		},
		deleteApp: async (appId) =>
			(await run("gatewayDeleteApp", appKey(appId), KEYS, cidsKey(appId), callsKey(appId))) === 1,
		findAppByKey: async (apiKey) => {
			const appId = await ask(() => redis.hget(KEYS, secretDigest(apiKey)));
			const config = appId === null ? undefined : await loadApp(appId);
			return appId === null || config?.apiKey !== apiKey ? undefined : { appId, rateLimit: config.rateLimit };
		},
		replaceCids: (appId, numbers) => writeCids("replace", appId, numbers),
		appendCids: (appId, numbers) => writeCids("append", appId, numbers),
		listCids: async (appId) => members(await run("gatewayListCids", appKey(appId), cidsKey(appId))),
		removeCid: async (appId, number) => {
			const removed = await run("gatewayRemoveCid", appKey(appId), cidsKey(appId), number);
			if (removed === -1) return "app-not-found";
			return removed === 1 ? "removed" : "number-not-found";
		},
		hasCid: async (appId, number) => (await ask(() => redis.sismember(cidsKey(appId), number))) === 1,
		takeCall: async (appId, limit) => {
			const waitMs = Number(await run("gatewayTakeCall", appKey(appId), callsKey(appId), limit, RATE_WINDOW_MS));
			if (waitMs === -1) return { kind: "app-not-found" };
			return waitMs === 0 ? { kind: "taken" } : { kind: "limited", retryAfterMs: waitMs };
		},
		isReady: () => redis.status === "ready",
		close: async () => redis.disconnect(),
	};
}

/** A command that finds no connection fails at once, and none is sent twice: the caller is told 503 and decides. */
function connect(url: string, log: Logger): Redis {
	const redis = new Redis(url, {
		scripts: REDIS_SCRIPTS,
		enableOfflineQueue: false,
		autoResendUnfulfilledCommands: false,
		commandTimeout: COMMAND_MS_MAX,
		connectTimeout: COMMAND_MS_MAX,
		retryStrategy: (attempts) => Math.min(attempts * 50, RETRY_MS_MAX),
		reconnectOnError: (error) => error.message.startsWith("READONLY"),
	});
	redis.on("ready", () => log.info("redis is ready"));
	redis.on("close", () => log.warn("redis is away"));
	redis.on("error", (error: Error) => log.debug({ err: error }, "redis failed"));
	return redis;
}

function firstConnection(redis: Redis): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, FIRST_CONNECTION_MS_MAX);
		redis.once("ready", () => {
			clearTimeout(timer);
			resolve();
		});
	});
}

type Scripted = Readonly<Record<RedisScript, (...words: readonly (string | number)[]) => Promise<unknown>>>;

/** The client defines one method for each of the scripts that it was made with, which its type cannot tell. */
function scripted(redis: Redis): Scripted {
	return redis as unknown as Scripted;
}

/** An answer that Redis gave and that only a mistake of ours explains; all other failures mean that it is away. */
const OUR_MISTAKE = /^(ERR|WRONGTYPE|NOSCRIPT)\b/;

async function ask<T>(command: () => Promise<T>): Promise<T> {
	try {
		return await command();
	} catch (error) {
		if (error instanceof Error && error.name === "ReplyError" && OUR_MISTAKE.test(error.message)) throw error;
		throw new StoreUnavailable(error);
	}
}

function members(answer: unknown): readonly string[] | undefined {
	return Array.isArray(answer) ? answer.map(String).sort() : undefined;
}

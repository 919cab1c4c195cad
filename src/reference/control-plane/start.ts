import type { Redis } from "ioredis";
import { type Logger, pino } from "pino";
import type { Database } from "../database/database.ts";
import { openEmbeddedDatabase } from "../database/embedded-database.ts";
import { migrate } from "../database/migrate.ts";
import { openPostgresDatabase } from "../database/postgres-database.ts";
import { selectFaults } from "../fault/select-faults.ts";
import type { RunningServer } from "../process/run-server.ts";
import { connectRedis } from "../redis/connect-redis.ts";
import type { Resolve } from "../webhook-url/bounded-resolver.ts";
import { refuseWebhookUrl } from "../webhook-url/check-webhook-url.ts";
import { systemResolver } from "../webhook-url/system-resolver.ts";
import type { ControlPlane } from "./control-plane.ts";
import { MIGRATIONS } from "./database/migrations.ts";
import { createDependencies } from "./dependencies.ts";
import { faultyStores } from "./faults/faulty-stores.ts";
import { CONTROL_PLANE_FAULT_NAMES } from "./faults.ts";
import { memoryRateLimiter, type RateLimiter, redisRateLimiter, UNLIMITED } from "./rate-limiter.ts";
import { grantFirstTokens } from "./seed/first-tokens.ts";
import { seedDatabase } from "./seed/seed.ts";
import { createServer } from "./server.ts";
import { type ControlPlaneSettings, DEFAULT_SETTINGS } from "./settings.ts";
import { STORES } from "./store/stores.ts";
import { createDeliverer } from "./webhook/deliverer.ts";

/** Settings, and what tests put in the place of the world outside. */
export interface ControlPlaneOptions extends Partial<ControlPlaneSettings> {
	/** Milliseconds since 1970. */
	readonly clock?: () => number;
	readonly resolve?: Resolve;
	/** One that is open already, and stays open when the server closes. */
	readonly database?: Database;
}

export interface RunningControlPlane extends RunningServer {
	/** A token for `acme`, made because the database had none at all; it is told this once. */
	readonly firstToken: string | undefined;
}

/**
 * Starts a control plane and waits until it listens. Unlike the program it takes a free port and logs nothing, unless
 * told.
 *
 * @throws {SettingError} when a fault is unknown; rejects when the port or the database cannot be opened.
 * @example const { url, close } = await startControlPlane({ adminToken: "change-me-please" })
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<RunningControlPlane> {
	const settings = { ...DEFAULT_SETTINGS, port: 0, logLevel: "silent" as const, ...options };
	const faults = selectFaults(CONTROL_PLANE_FAULT_NAMES, settings.faults);
	const log = pino({ level: settings.logLevel }, pino.destination(2));
	const database = options.database ?? (await openDatabase(settings, log));
	const redis = settings.redisUrl === undefined ? undefined : connectRedis(settings.redisUrl, log);
	const closeParts = async (): Promise<void> => {
		redis?.disconnect();
		if (options.database === undefined) await database.close();
	};
	try {
		const plane = assemble(settings, options, { database, redis, log, faults });
		const firstToken = await prepareDatabase(database, settings, new Date(plane.clock()));
		const server = createServer(plane);
		const url = await server.listen({ host: settings.host, port: settings.port });
		const stop = async (): Promise<void> => {
			await server.close();
			await plane.deliverer.stop();
			await closeParts();
		};
		let stopped: Promise<void> | undefined;
		return {
			url,
			firstToken,
			close: () => {
				stopped ??= stop();
				return stopped;
			},
		};
	} catch (error) {
		await closeParts();
		throw error;
	}
}

async function openDatabase(settings: ControlPlaneSettings, log: Logger): Promise<Database> {
	return settings.databaseUrl === undefined
		? openEmbeddedDatabase(settings.dataFolder)
		: openPostgresDatabase(settings.databaseUrl, log);
}

/** Tables, seed and tokens, in that order; gives the token that had to be made. */
async function prepareDatabase(
	database: Database,
	settings: ControlPlaneSettings,
	now: Date,
): Promise<string | undefined> {
	await migrate(database, MIGRATIONS);
	if (settings.seed === "demo") await seedDatabase(database, STORES, now);
	return grantFirstTokens(database, settings, now);
}

type Parts = Pick<ControlPlane, "database" | "log" | "faults"> & { readonly redis: Redis | undefined };

function assemble(
	settings: ControlPlaneSettings,
	options: ControlPlaneOptions,
	{ database, redis, log, faults }: Parts,
): ControlPlane {
	const real = options.clock ?? Date.now;
	const clock = (): number => real() + settings.clockOffsetSeconds * 1000;
	const rules = {
		allowHttp: settings.allowHttpWebhooks,
		allowLocalhost: settings.allowLocalhostWebhooks,
		timeoutMs: settings.webhookTimeoutMs,
		resolve: options.resolve ?? systemResolver(),
	};
	return {
		database,
		stores: faultyStores(STORES, faults, settings.adminToken),
		limiter: createLimiter(settings.rateLimit, { redis, clock }),
		dependencies: createDependencies(database, redis),
		deliverer: createDeliverer({ database, rules, retryMs: settings.webhookRetryMs, clock, log }),
		faults,
		log,
		clock,
		signingKeyGraceMs: settings.signingKeyGraceHours * 3_600_000,
		refuseWebhookUrl: (url) => refuseWebhookUrl(url, rules),
	};
}

function createLimiter(
	limit: number | undefined,
	{ redis, clock }: { readonly redis: Redis | undefined; readonly clock: () => number },
): RateLimiter {
	if (limit === undefined) return UNLIMITED;
	return redis === undefined ? memoryRateLimiter(limit, clock) : redisRateLimiter(limit, redis);
}

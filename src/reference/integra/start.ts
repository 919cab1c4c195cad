import type { Redis } from "ioredis";
import { pino } from "pino";
import { selectFaults } from "../fault/select-faults.ts";
import type { RunningServer } from "../process/run-server.ts";
import { connectRedis, untilConnected } from "../redis/connect-redis.ts";
import { secretMatcher } from "../secret/secret-matcher.ts";
import { addressList } from "./address-list.ts";
import { type Database, openDatabase } from "./database/database.ts";
import { createTables } from "./database/tables.ts";
import { withFaults } from "./faults/with-faults.ts";
import { INTEGRA_FAULT_NAMES } from "./faults.ts";
import { OPERATOR } from "./http/caller.ts";
import type { Integra, LimitsFor } from "./integra.ts";
import { type Limit, memoryRateLimiter } from "./limit/rate-limiter.ts";
import { redisRateLimiter } from "./limit/redis-rate-limiter.ts";
import { findMissing } from "./scopes.ts";
import { seedDatabase } from "./seed/seed.ts";
import { createServer } from "./server.ts";
import { DEFAULT_SETTINGS, type IntegraSettings } from "./settings.ts";
import { newKey } from "./store/api-keys.ts";
import { STORES } from "./store/stores.ts";

/** Settings, and what tests put in the place of the world outside. */
export interface IntegraOptions extends Partial<IntegraSettings> {
	/** Milliseconds since 1970. */
	readonly clock?: () => number;
}

export interface RunningIntegra extends RunningServer {
	/** The operator's key, when it had to be made; it is told this once. */
	readonly madeKey: string | undefined;
}

/**
 * Starts an Integra and waits until it listens. Unlike the program it takes a free port and logs nothing, unless told.
 *
 * @throws {SettingError} when a fault is unknown; rejects when the port or the database cannot be opened.
 * @example const { url, close } = await startIntegra({ adminKey: "change-me-please" })
 */
export async function startIntegra(options: IntegraOptions = {}): Promise<RunningIntegra> {
	const settings = { ...DEFAULT_SETTINGS, port: 0, logLevel: "silent" as const, ...options };
	const madeKey = settings.adminKey === undefined ? newKey() : undefined;
	const log = pino({ level: settings.logLevel }, pino.destination(2));
	const faults = selectFaults(INTEGRA_FAULT_NAMES, settings.faults);
	const database = openDatabase(settings.databaseFile);
	const redis = settings.redisUrl === undefined ? undefined : connectRedis(settings.redisUrl, log);
	const closeParts = (): void => {
		redis?.disconnect();
		database.close();
	};
	try {
		const honest = assemble(settings, options, { database, redis, adminKey: settings.adminKey ?? madeKey ?? "" });
		const integra = withFaults({ ...honest, faults, log });
		createTables(database);
		if (settings.seed === "demo") seedDatabase(database, STORES, new Date(integra.clock()));
		const server = createServer(integra);
		if (redis !== undefined) await untilConnected(redis);
		const url = await server.listen({ host: settings.host, port: settings.port });
		let stopped: Promise<void> | undefined;
		const close = (): Promise<void> => {
			stopped ??= server.close().then(closeParts);
			return stopped;
		};
		return { url, madeKey, close };
	} catch (error) {
		closeParts();
		throw error;
	}
}

interface Parts {
	readonly database: Database;
	readonly redis: Redis | undefined;
	readonly adminKey: string;
}

function assemble(
	settings: IntegraSettings,
	options: IntegraOptions,
	{ database, redis, adminKey }: Parts,
): Omit<Integra, "faults" | "log"> {
	const real = options.clock ?? Date.now;
	const clock = (): number => real() + settings.clockOffsetSeconds * 1000;
	return {
		database,
		stores: STORES,
		limiter: redis === undefined ? memoryRateLimiter(clock) : redisRateLimiter(redis),
		limitsFor: limitsBy(settings),
		isOperatorKey: secretMatcher(adminKey),
		isAllowedAddress: addressList(settings.allowedAddresses),
		findMissing,
		clock,
	};
}

/** A batch counts as a request and as a batch. */
function limitsBy({ rateLimit, batchRateLimit, operatorRateLimit }: IntegraSettings): LimitsFor {
	return (who, { isBatch }) => {
		const own = who === OPERATOR.id ? operatorRateLimit : undefined;
		const all: Limit = { name: "all", max: own ?? rateLimit };
		return isBatch ? [all, { name: "batch", max: own ?? batchRateLimit }] : [all];
	};
}

import { unknownFaults } from "../fault/select-faults.ts";
import { readEnvironment, type Variables } from "../process/environment.ts";
import { readToken } from "../process/read-token.ts";
import { readUrl } from "../process/read-url.ts";
import { SettingError } from "../process/setting-error.ts";
import { addressProblem } from "./address-list.ts";
import { INTEGRA_FAULT_NAMES } from "./faults.ts";

/** How an Integra is run. */
export interface IntegraSettings {
	readonly host: string;
	/** 0 takes a free one. */
	readonly port: number;
	/** The operator's key, with every scope; made when undefined. */
	readonly adminKey: string | undefined;
	/** Where SQLite keeps its data; in memory when undefined. */
	readonly databaseFile: string | undefined;
	/** Without it the limits are counted in memory. */
	readonly redisUrl: string | undefined;
	/** Requests per minute and key. */
	readonly rateLimit: number;
	/** Batches per minute and key. */
	readonly batchRateLimit: number;
	/** Both for the operator's key; the same as for others when undefined. */
	readonly operatorRateLimit: number | undefined;
	/** Addresses and networks from which calls may come; all when there are none. */
	readonly allowedAddresses: readonly string[];
	/** What an empty database is filled with. */
	readonly seed: Seed;
	/** Moves the server's clock forward. */
	readonly clockOffsetSeconds: number;
	/** Names of planted faults. */
	readonly faults: readonly string[];
	readonly logLevel: LogLevel;
}

type Seed = (typeof SEEDS)[number];
const SEEDS = ["demo", "none"] as const;

type LogLevel = (typeof LOG_LEVELS)[number];
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** What holds where the operator says nothing. */
export const DEFAULT_SETTINGS: IntegraSettings = {
	host: "127.0.0.1",
	port: 8082,
	adminKey: undefined,
	databaseFile: undefined,
	redisUrl: undefined,
	rateLimit: 500,
	batchRateLimit: 100,
	operatorRateLimit: undefined,
	allowedAddresses: [],
	seed: "demo",
	clockOffsetSeconds: 0,
	faults: [],
	logLevel: "info",
};

const PORTS = { min: 0, max: 65_535 };
const RATES = { min: 1, max: 100_000_000 };
const OFFSET_SECONDS = { min: 0, max: 1_000_000_000 };

/**
 * Settings from environment variables.
 *
 * @throws {SettingError} with every value that cannot be used.
 * @example readSettings({ RATE_LIMIT: "1000", PORT: "9000" }).rateLimit // 1000
 */
export function readSettings(variables: Variables): IntegraSettings {
	const environment = readEnvironment(variables);
	const { integer, problems } = environment;
	const defaults = DEFAULT_SETTINGS;
	const settings: IntegraSettings = {
		host: environment.text("HOST") ?? defaults.host,
		port: integer("PORT", PORTS) ?? defaults.port,
		adminKey: readToken(environment, "ADMIN_API_KEY"),
		databaseFile: environment.text("DATABASE_FILE"),
		redisUrl: readUrl(environment, "REDIS_URL", ["redis", "rediss"]),
		rateLimit: integer("RATE_LIMIT", RATES) ?? defaults.rateLimit,
		batchRateLimit: integer("BATCH_RATE_LIMIT", RATES) ?? defaults.batchRateLimit,
		operatorRateLimit: integer("OPERATOR_RATE_LIMIT", RATES),
		allowedAddresses: environment.list("ALLOWED_ADDRESSES"),
		seed: environment.choice("SEED", SEEDS) ?? defaults.seed,
		clockOffsetSeconds: integer("CLOCK_OFFSET_SECONDS", OFFSET_SECONDS) ?? defaults.clockOffsetSeconds,
		faults: environment.list("FAULTS"),
		logLevel: environment.choice("LOG_LEVEL", LOG_LEVELS) ?? defaults.logLevel,
	};
	for (const entry of settings.allowedAddresses) {
		const problem = addressProblem(entry);
		if (problem !== undefined) problems.push(`ALLOWED_ADDRESSES: ${problem}`);
	}
	problems.push(...unknownFaults(INTEGRA_FAULT_NAMES, settings.faults));
	if (problems.length > 0) throw new SettingError(problems);
	return settings;
}

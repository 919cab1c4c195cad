import { unknownFaults } from "../fault/select-faults.ts";
import { readEnvironment, type Variables } from "../process/environment.ts";
import { readToken } from "../process/read-token.ts";
import { readUrl } from "../process/read-url.ts";
import { SettingError } from "../process/setting-error.ts";
import { CONTROL_PLANE_FAULT_NAMES } from "./faults.ts";

/** How a control plane is run. */
export interface ControlPlaneSettings {
	readonly host: string;
	/** 0 takes a free one. */
	readonly port: number;
	/** A PostgreSQL server; without it PostgreSQL runs inside the process. */
	readonly databaseUrl: string | undefined;
	/** Where the one inside keeps its data; in memory when undefined. */
	readonly dataFolder: string | undefined;
	/** Without it the rate limit is counted in memory, and health leaves Redis out. */
	readonly redisUrl: string | undefined;
	/** Reads and writes in the tenant `acme`. */
	readonly adminToken: string | undefined;
	/** Reads in the tenant `acme`. */
	readonly viewerToken: string | undefined;
	/** Writes in the tenant `acme`, and may not read. */
	readonly writerToken: string | undefined;
	/** Reads and writes in the tenant `globex`. */
	readonly otherTenantToken: string | undefined;
	/** What an empty database is filled with. */
	readonly seed: Seed;
	/** Requests per minute and token; no limit when undefined. */
	readonly rateLimit: number | undefined;
	/** How long a signing key can be verified with after its rotation. */
	readonly signingKeyGraceHours: number;
	/** Moves the server's clock forward. */
	readonly clockOffsetSeconds: number;
	readonly allowHttpWebhooks: boolean;
	readonly allowLocalhostWebhooks: boolean;
	/** Longest wait for a receiver. */
	readonly webhookTimeoutMs: number;
	/** The pause before the second attempt; each later one is four times as long. */
	readonly webhookRetryMs: number;
	/** Names of planted faults. */
	readonly faults: readonly string[];
	readonly logLevel: LogLevel;
}

type Seed = (typeof SEEDS)[number];
const SEEDS = ["demo", "none"] as const;

type LogLevel = (typeof LOG_LEVELS)[number];
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** What holds where the operator says nothing. */
export const DEFAULT_SETTINGS: ControlPlaneSettings = {
	host: "127.0.0.1",
	port: 8081,
	databaseUrl: undefined,
	dataFolder: undefined,
	redisUrl: undefined,
	adminToken: undefined,
	viewerToken: undefined,
	writerToken: undefined,
	otherTenantToken: undefined,
	seed: "demo",
	rateLimit: undefined,
	signingKeyGraceHours: 24,
	clockOffsetSeconds: 0,
	allowHttpWebhooks: false,
	allowLocalhostWebhooks: false,
	webhookTimeoutMs: 5000,
	webhookRetryMs: 5000,
	faults: [],
	logLevel: "info",
};

const PORTS = { min: 0, max: 65_535 };
const RATES = { min: 1, max: 1_000_000 };
const GRACE_HOURS = { min: 1, max: 8760 };
const OFFSET_SECONDS = { min: 0, max: 1_000_000_000 };
const WEBHOOK_MS = { min: 1, max: 600_000 };

/**
 * Settings from environment variables.
 *
 * @throws {SettingError} with every value that cannot be used.
 * @example readSettings({ ADMIN_TOKEN: "change-me-please", PORT: "9000" }).port // 9000
 */
export function readSettings(variables: Variables): ControlPlaneSettings {
	const environment = readEnvironment(variables);
	const { integer, flag } = environment;
	const defaults = DEFAULT_SETTINGS;
	const settings: ControlPlaneSettings = {
		host: environment.text("HOST") ?? defaults.host,
		port: integer("PORT", PORTS) ?? defaults.port,
		databaseUrl: readUrl(environment, "DATABASE_URL", ["postgres", "postgresql"]),
		dataFolder: environment.text("DATA_FOLDER"),
		redisUrl: readUrl(environment, "REDIS_URL", ["redis", "rediss"]),
		adminToken: readToken(environment, "ADMIN_TOKEN"),
		viewerToken: readToken(environment, "VIEWER_TOKEN"),
		writerToken: readToken(environment, "WRITER_TOKEN"),
		otherTenantToken: readToken(environment, "OTHER_TENANT_TOKEN"),
		seed: environment.choice("SEED", SEEDS) ?? defaults.seed,
		rateLimit: integer("RATE_LIMIT", RATES),
		signingKeyGraceHours: integer("SIGNING_KEY_GRACE_HOURS", GRACE_HOURS) ?? defaults.signingKeyGraceHours,
		clockOffsetSeconds: integer("CLOCK_OFFSET_SECONDS", OFFSET_SECONDS) ?? defaults.clockOffsetSeconds,
		allowHttpWebhooks: flag("ALLOW_HTTP_WEBHOOKS"),
		allowLocalhostWebhooks: flag("ALLOW_LOCALHOST_WEBHOOKS"),
		webhookTimeoutMs: integer("WEBHOOK_TIMEOUT_MS", WEBHOOK_MS) ?? defaults.webhookTimeoutMs,
		webhookRetryMs: integer("WEBHOOK_RETRY_MS", WEBHOOK_MS) ?? defaults.webhookRetryMs,
		faults: environment.list("FAULTS"),
		logLevel: environment.choice("LOG_LEVEL", LOG_LEVELS) ?? defaults.logLevel,
	};
	if (settings.databaseUrl !== undefined && settings.dataFolder !== undefined) {
		environment.problems.push("DATABASE_URL and DATA_FOLDER exclude each other");
	}
	environment.problems.push(...sharedTokens(settings));
	environment.problems.push(...unknownFaults(CONTROL_PLANE_FAULT_NAMES, settings.faults));
	if (environment.problems.length > 0) throw new SettingError(environment.problems);
	return settings;
}

/** A token names one tenant. */
function sharedTokens(settings: ControlPlaneSettings): readonly string[] {
	const { adminToken, viewerToken, writerToken, otherTenantToken } = settings;
	const given = [adminToken, viewerToken, writerToken, otherTenantToken].filter((token) => token !== undefined);
	return new Set(given).size === given.length
		? []
		: ["ADMIN_TOKEN, VIEWER_TOKEN, WRITER_TOKEN and OTHER_TENANT_TOKEN must differ from each other"];
}

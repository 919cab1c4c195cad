import { unknownFaults } from "../fault/select-faults.ts";
import { type Environment, readEnvironment, type Variables } from "../process/environment.ts";
import { readUrl } from "../process/read-url.ts";
import { SettingError } from "../process/setting-error.ts";
import { GATEWAY_FAULT_NAMES } from "./faults.ts";
import type { CidsPut } from "./gateway.ts";

/** How a gateway is run. */
export interface GatewaySettings {
	readonly host: string;
	/** 0 takes a free one. */
	readonly port: number;
	/** Without it the admin operations answer 503. */
	readonly adminKey: string | undefined;
	/** Without it everything is kept in memory. */
	readonly redisUrl: string | undefined;
	readonly allowHttpWebhooks: boolean;
	readonly allowLocalhostWebhooks: boolean;
	readonly cidsPut: CidsPut;
	/** Calls at the same time; no limit when undefined. */
	readonly outboundCapacity: number | undefined;
	/** How long a call holds its line. */
	readonly callSeconds: number;
	/** Names of planted faults. */
	readonly faults: readonly string[];
	readonly logLevel: LogLevel;
}

type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** What holds where the operator says nothing. */
export const DEFAULT_SETTINGS: GatewaySettings = {
	host: "127.0.0.1",
	port: 8080,
	adminKey: undefined,
	redisUrl: undefined,
	allowHttpWebhooks: false,
	allowLocalhostWebhooks: false,
	cidsPut: "append",
	outboundCapacity: undefined,
	callSeconds: 60,
	faults: [],
	logLevel: "info",
};

const PORTS = { min: 0, max: 65_535 };
const CAPACITIES = { min: 0, max: 1_000_000 };
const CALL_SECONDS = { min: 1, max: 86_400 };

/**
 * Settings from environment variables.
 *
 * @throws {SettingError} with every value that cannot be used.
 * @example readSettings({ ADMIN_API_KEY: "change-me", PORT: "9000" }).port // 9000
 */
export function readSettings(variables: Variables): GatewaySettings {
	const environment = readEnvironment(variables);
	const settings: GatewaySettings = {
		host: environment.text("HOST") ?? DEFAULT_SETTINGS.host,
		port: environment.integer("PORT", PORTS) ?? DEFAULT_SETTINGS.port,
		adminKey: readAdminKey(environment),
		redisUrl: readUrl(environment, "REDIS_URL", ["redis", "rediss"]),
		allowHttpWebhooks: environment.flag("ALLOW_HTTP_WEBHOOKS"),
		allowLocalhostWebhooks: environment.flag("ALLOW_LOCALHOST_WEBHOOKS"),
		cidsPut: environment.choice("CIDS_PUT", ["append", "replace"]) ?? DEFAULT_SETTINGS.cidsPut,
		outboundCapacity: environment.integer("OUTBOUND_CAPACITY", CAPACITIES),
		callSeconds: environment.integer("CALL_SECONDS", CALL_SECONDS) ?? DEFAULT_SETTINGS.callSeconds,
		faults: environment.list("FAULTS"),
		logLevel: environment.choice("LOG_LEVEL", LOG_LEVELS) ?? DEFAULT_SETTINGS.logLevel,
	};
	environment.problems.push(...unknownFaults(GATEWAY_FAULT_NAMES, settings.faults));
	if (environment.problems.length > 0) throw new SettingError(environment.problems);
	return settings;
}

/** A key that no header can carry would lock everybody out. The value is a secret and is never repeated. */
function readAdminKey(environment: Environment): string | undefined {
	const key = environment.text("ADMIN_API_KEY");
	if (key !== undefined && !/^[!-~]+$/.test(key)) {
		environment.problems.push("ADMIN_API_KEY has characters other than printable ASCII without spaces");
	}
	return key;
}

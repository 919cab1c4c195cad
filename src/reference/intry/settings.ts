import { unknownFaults } from "../fault/select-faults.ts";
import { type Environment, readEnvironment, type Variables } from "../process/environment.ts";
import { isUrlOf, readUrl } from "../process/read-url.ts";
import { SettingError } from "../process/setting-error.ts";
import { type ApiKey, isKey } from "./core/keyring.ts";
import { SCOPES } from "./core/kinds.ts";
import { INTRY_FAULT_NAMES } from "./faults.ts";

/** How Intry is run. */
export interface IntrySettings {
	readonly host: string;
	/** 0 takes a free one. */
	readonly port: number;
	/** What runs: the proxy before a Core of its own for each environment, the proxy alone, or one Core. */
	readonly role: Role;
	/** Names of the environments that have a Core here; of a Core, its own. */
	readonly environments: readonly string[];
	/** Of the proxy alone: name → base URL of a Core. */
	readonly coreUrls: Readonly<Record<string, string>>;
	/** Longest wait of the proxy for a Core. */
	readonly upstreamTimeoutMs: number;
	/** A PostgreSQL server; without it PostgreSQL runs inside the process. */
	readonly databaseUrl: string | undefined;
	/** Where the one inside keeps its data; in memory when undefined. */
	readonly dataFolder: string | undefined;
	readonly keys: readonly ApiKey[];
	/** What an empty environment is filled with. */
	readonly seed: Seed;
	/** Names of planted faults. */
	readonly faults: readonly string[];
	readonly logLevel: LogLevel;
}

type Role = (typeof ROLES)[number];
const ROLES = ["all", "proxy", "core"] as const;
type Seed = (typeof SEEDS)[number];
const SEEDS = ["demo", "none"] as const;
type LogLevel = (typeof LOG_LEVELS)[number];
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** What holds where the operator says nothing. */
export const DEFAULT_SETTINGS: IntrySettings = {
	host: "127.0.0.1",
	port: 8083,
	role: "all",
	environments: ["PROD", "STAGING", "TEST", "DEV"],
	coreUrls: {},
	upstreamTimeoutMs: 10_000,
	databaseUrl: undefined,
	dataFolder: undefined,
	keys: [],
	seed: "demo",
	faults: [],
	logLevel: "info",
};

const PORTS = { min: 0, max: 65_535 };
const TIMEOUTS_MS = { min: 50, max: 600_000 };

/**
 * Settings from environment variables.
 *
 * @throws {SettingError} with every value that cannot be used.
 * @example readSettings({ ADMIN_KEY: "change-me-please", PORT: "9000" }).port // 9000
 */
export function readSettings(variables: Variables): IntrySettings {
	const environment = readEnvironment(variables);
	const defaults = DEFAULT_SETTINGS;
	const names = environment.list("ENVIRONMENTS");
	const settings: IntrySettings = {
		host: environment.text("HOST") ?? defaults.host,
		port: environment.integer("PORT", PORTS) ?? defaults.port,
		role: environment.choice("ROLE", ROLES) ?? defaults.role,
		environments: names.length === 0 ? defaults.environments : names,
		coreUrls: readCoreUrls(environment),
		upstreamTimeoutMs: environment.integer("UPSTREAM_TIMEOUT_MS", TIMEOUTS_MS) ?? defaults.upstreamTimeoutMs,
		databaseUrl: readUrl(environment, "DATABASE_URL", ["postgres", "postgresql"]),
		dataFolder: environment.text("DATA_FOLDER"),
		keys: readKeys(environment),
		seed: environment.choice("SEED", SEEDS) ?? defaults.seed,
		faults: environment.list("FAULTS"),
		logLevel: environment.choice("LOG_LEVEL", LOG_LEVELS) ?? defaults.logLevel,
	};
	environment.problems.push(...roleProblems(settings), ...unknownFaults(INTRY_FAULT_NAMES, settings.faults));
	if (environment.problems.length > 0) throw new SettingError(environment.problems);
	return settings;
}

/** An environment's name goes into a header and names a schema of the database. */
const NAME = /^[A-Z][A-Z0-9_]{0,31}$/;

function roleProblems({ role, environments, coreUrls, databaseUrl, dataFolder }: IntrySettings): readonly string[] {
	const isProxy = role === "proxy";
	const hasUrls = Object.keys(coreUrls).length > 0;
	const bad = [...environments, ...Object.keys(coreUrls)].filter((name) => !NAME.test(name));
	return [
		...bad.map((name) => `${JSON.stringify(name)} is no name of an environment: capitals, digits and underscores`),
		...(isProxy && !hasUrls ? ["ROLE=proxy needs CORE_URLS, such as PROD=http://127.0.0.1:9000"] : []),
		...(!isProxy && hasUrls ? ["CORE_URLS is for ROLE=proxy: with other roles the Cores run here"] : []),
		...(role === "core" && environments.length !== 1 ? ["ROLE=core needs one name in ENVIRONMENTS"] : []),
		...(databaseUrl !== undefined && dataFolder !== undefined
			? ["DATABASE_URL and DATA_FOLDER exclude each other"]
			: []),
	];
}

/** `PROD=https://core.example.com,STAGING=https://core.example.net` */
function readCoreUrls(environment: Environment): Readonly<Record<string, string>> {
	const entries = environment.list("CORE_URLS").map((text): readonly [string, string] => {
		const at = text.indexOf("=");
		const [name, url] = [
			text.slice(0, Math.max(0, at)).trim(),
			text
				.slice(at + 1)
				.trim()
				.replace(/\/+$/, ""),
		];
		const isBase = isUrlOf(url, ["http", "https"]) && new URL(url).pathname === "/";
		if (at < 1 || !isBase) environment.problems.push("CORE_URLS must hold NAME=http://host:port, separated by commas");
		return [name, url];
	});
	return Object.fromEntries(entries);
}

/** Everything, only reading, and whatever `API_KEYS` says. Keys are secrets, so no problem repeats one. */
function readKeys(environment: Environment): readonly ApiKey[] {
	const named = (name: string, variable: string, scopes: readonly string[]): readonly ApiKey[] => {
		const key = environment.text(variable);
		if (key !== undefined && !isKey(key)) {
			environment.problems.push(`${variable} must have 12 characters at least, of those that bearer tokens have`);
		}
		return key === undefined ? [] : [{ name, key, scopes }];
	};
	const keys = [
		...named("admin", "ADMIN_KEY", SCOPES),
		...named(
			"reader",
			"READER_KEY",
			SCOPES.filter((scope) => scope.endsWith(":read")),
		),
		...readOtherKeys(environment),
	];
	if (new Set(keys.map(({ key }) => key)).size < keys.length) environment.problems.push("two keys are the same");
	return keys;
}

/** `{ "robot": { "key": "…", "scopes": ["units:read"] } }` */
function readOtherKeys(environment: Environment): readonly ApiKey[] {
	const text = environment.text("API_KEYS");
	if (text === undefined) return [];
	const keys = parseKeys(text);
	if (keys === undefined) {
		environment.problems.push('API_KEYS must be JSON: { "name": { "key": "12 characters at least", "scopes": [] } }');
	}
	return keys ?? [];
}

function parseKeys(text: string): readonly ApiKey[] | undefined {
	try {
		const keys = Object.entries(JSON.parse(text) as Record<string, Partial<ApiKey> | null>).map(([name, one]) => ({
			name,
			key: String(one?.key),
			scopes: one?.scopes ?? [],
		}));
		const isRight = ({ key, scopes }: ApiKey): boolean =>
			isKey(key) && Array.isArray(scopes) && scopes.every((scope) => typeof scope === "string");
		return keys.every(isRight) ? keys : undefined;
	} catch {
		return undefined;
	}
}

import { randomBytes } from "node:crypto";
import { type Logger, pino } from "pino";
import type { Database } from "../database/database.ts";
import { openEmbeddedDatabase } from "../database/embedded-database.ts";
import { openPostgresDatabase } from "../database/postgres-database.ts";
import type { Faults } from "../fault/fault.ts";
import { selectFaults } from "../fault/select-faults.ts";
import { closeWithin } from "../http/close-within.ts";
import type { RunningServer } from "../process/run-server.ts";
import type { ApiKey } from "./core/keyring.ts";
import { SCOPES } from "./core/kinds.ts";
import { startCore } from "./core/start-core.ts";
import { INTRY_FAULT_NAMES, type IntryFault } from "./faults.ts";
import { type Environments, faultyChoice } from "./proxy/environments.ts";
import { createProxyServer } from "./proxy/server.ts";
import { DEFAULT_SETTINGS, type IntrySettings } from "./settings.ts";

/** Settings, and what tests put in the place of the world outside. */
export interface IntryOptions extends Partial<IntrySettings> {
	/** Milliseconds since 1970. */
	readonly clock?: () => number;
	/** One that is open already, and stays open when the server closes. */
	readonly database?: Database;
}

export interface RunningIntry extends RunningServer {
	/** A key for everything, made because none was given; it is told this once. */
	readonly firstKey: string | undefined;
	/** Base URLs of the Cores that run here. */
	readonly cores: Environments;
}

/**
 * Starts the admin proxy before a Core for each environment, or one of the two, and waits until all of it listens.
 * Unlike the program it takes free ports and logs nothing, unless told.
 *
 * @throws {SettingError} when a fault is unknown; rejects when a port or the database cannot be opened.
 * @example const { url, close } = await startIntry({ keys: [{ name: "admin", key: "change-me-please", scopes: ["stats:read"] }] })
 */
export async function startIntry(options: IntryOptions = {}): Promise<RunningIntry> {
	const settings = { ...DEFAULT_SETTINGS, port: 0, logLevel: "silent" as const, ...options };
	const faults = selectFaults(INTRY_FAULT_NAMES, settings.faults);
	const log = pino({ level: settings.logLevel }, pino.destination(2));
	const opened: RunningServer["close"][] = [];
	const close = async (): Promise<void> => {
		for (const closeOne of opened.toReversed()) await closeOne();
	};
	try {
		return await open(settings, { options, faults, log, opened, close });
	} catch (error) {
		await close();
		throw error;
	}
}

interface Parts {
	readonly options: IntryOptions;
	readonly faults: Faults<IntryFault>;
	readonly log: Logger;
	/** What has to be closed, in the order of opening. */
	readonly opened: RunningServer["close"][];
	readonly close: () => Promise<void>;
}

async function open(settings: IntrySettings, parts: Parts): Promise<RunningIntry> {
	const { faults, log, opened, close } = parts;
	const once = { closing: undefined as Promise<void> | undefined };
	const closeOnce = (): Promise<void> => {
		once.closing ??= close();
		return once.closing;
	};
	const firstKey = settings.keys.length > 0 || settings.role === "proxy" ? undefined : newKey();
	const keys = firstKey === undefined ? settings.keys : [{ name: "first", key: firstKey, scopes: SCOPES }];
	const cores = settings.role === "proxy" ? new Map<string, string>() : await startCores(settings, keys, parts);
	const running = { firstKey, cores, close: closeOnce };
	if (settings.role === "core") return { ...running, url: [...cores.values()][0] ?? "" };
	const environments = settings.role === "proxy" ? new Map(Object.entries(settings.coreUrls)) : cores;
	const proxy = createProxyServer({
		environments,
		choose: faultyChoice(faults),
		timeoutMs: settings.upstreamTimeoutMs,
		log,
	});
	opened.push(() => closeWithin(proxy));
	return { ...running, url: await proxy.listen({ host: settings.host, port: settings.port }) };
}

/** One database for all of them, in which each has tables of its own. */
async function startCores(
	settings: IntrySettings,
	keys: readonly ApiKey[],
	{ options, faults, log, opened }: Parts,
): Promise<Map<string, string>> {
	const database = options.database ?? (await openDatabase(settings, log));
	if (options.database === undefined) opened.push(() => database.close());
	const place =
		settings.role === "core" ? { host: settings.host, port: settings.port } : { host: "127.0.0.1", port: 0 };
	const shared = { database, keys, faults, log, hasSeed: settings.seed === "demo", clock: options.clock ?? Date.now };
	const cores = new Map<string, string>();
	for (const name of settings.environments) {
		const core = await startCore({ name, ...place, ...shared });
		opened.push(core.close);
		cores.set(name, core.url);
	}
	return cores;
}

function openDatabase({ databaseUrl, dataFolder }: IntrySettings, log: Logger): Promise<Database> {
	return databaseUrl === undefined
		? openEmbeddedDatabase(dataFolder)
		: Promise.resolve(openPostgresDatabase(databaseUrl, log));
}

function newKey(): string {
	return `intry_${randomBytes(24).toString("base64url")}`;
}

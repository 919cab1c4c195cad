import { pino } from "pino";
import { selectFaults } from "../fault/select-faults.ts";
import type { RunningServer } from "../process/run-server.ts";
import { secretMatcher } from "../secret/secret-matcher.ts";
import type { Resolve } from "../webhook-url/bounded-resolver.ts";
import { refuseWebhookUrl } from "../webhook-url/check-webhook-url.ts";
import { systemResolver } from "../webhook-url/system-resolver.ts";
import { faultyStore } from "./faults/faulty-store.ts";
import { GATEWAY_FAULT_NAMES } from "./faults.ts";
import type { Gateway } from "./gateway.ts";
import { createMetrics } from "./metrics.ts";
import { createOutbound } from "./outbound.ts";
import { createRecentErrors } from "./recent-errors.ts";
import { createServer } from "./server.ts";
import { DEFAULT_SETTINGS, type GatewaySettings } from "./settings.ts";
import { createMemoryStore } from "./store/memory-store.ts";
import { createRedisStore } from "./store/redis-store.ts";

/** Settings, and what tests put in the place of the world outside. */
export interface GatewayOptions extends Partial<GatewaySettings> {
	/** Milliseconds since 1970. */
	readonly clock?: () => number;
	readonly resolve?: Resolve;
	/** Also measures the process itself; once per process. */
	readonly processMetrics?: boolean;
}

/**
 * Starts a gateway and waits until it listens. Unlike the program it takes a free port and logs nothing, unless told.
 *
 * @throws {SettingError} when a fault is unknown; rejects when the port cannot be opened.
 * @example const { url, close } = await startGateway({ adminKey: "change-me", cidsPut: "replace" })
 */
export async function startGateway(options: GatewayOptions = {}): Promise<RunningServer> {
	const settings = { ...DEFAULT_SETTINGS, port: 0, logLevel: "silent" as const, ...options };
	const gateway = await assemble(settings, options);
	const server = createServer(gateway);
	try {
		const url = await server.listen({ host: settings.host, port: settings.port });
		const stop = async (): Promise<void> => {
			await server.close();
			await gateway.store.close();
		};
		let stopped: Promise<void> | undefined;
		return {
			url,
			close: () => {
				stopped ??= stop();
				return stopped;
			},
		};
	} catch (error) {
		await gateway.store.close();
		throw error;
	}
}

async function assemble(settings: GatewaySettings, options: GatewayOptions): Promise<Gateway> {
	const faults = selectFaults(GATEWAY_FAULT_NAMES, settings.faults);
	const clock = options.clock ?? Date.now;
	const log = pino({ level: settings.logLevel }, pino.destination(2));
	const { redisUrl, adminKey } = settings;
	const store = redisUrl === undefined ? createMemoryStore(clock) : await createRedisStore(redisUrl, log);
	const rules = {
		allowHttp: settings.allowHttpWebhooks,
		allowLocalhost: settings.allowLocalhostWebhooks,
		resolve: options.resolve ?? systemResolver(),
	};
	return {
		store: faultyStore(store, faults, clock),
		outbound: createOutbound({ capacity: settings.outboundCapacity, callMs: settings.callSeconds * 1000, clock }),
		recentErrors: createRecentErrors(),
		metrics: createMetrics({ isStoreReady: store.isReady, process: options.processMetrics ?? false }),
		faults,
		log,
		clock,
		isAdminKey: adminKey === undefined ? undefined : adminKeyCheck(adminKey, faults.has("admin-key-prefix")),
		cidsPut: settings.cidsPut,
		refuseWebhookUrl: (url) => refuseWebhookUrl(url, rules),
	};
}

function adminKeyCheck(adminKey: string, byPrefix: boolean): (given: string) => boolean {
	return byPrefix ? (given) => given !== "" && adminKey.startsWith(given) : secretMatcher(adminKey);
}

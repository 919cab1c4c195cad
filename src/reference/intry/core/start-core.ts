import type { Logger } from "pino";
import type { Database } from "../../database/database.ts";
import { migrate } from "../../database/migrate.ts";
import type { Faults } from "../../fault/fault.ts";
import { closeWithin } from "../../http/close-within.ts";
import type { RunningServer } from "../../process/run-server.ts";
import { faultyCovers, faultyKeyring } from "../faults/faulty-keys.ts";
import { faultyKinds, prepareFaults, SHARED_SCHEMA } from "../faults/faulty-kinds.ts";
import { faultyStore } from "../faults/faulty-store.ts";
import type { IntryFault } from "../faults.ts";
import { coversExactly } from "./access.ts";
import type { Core } from "./core.ts";
import { type ApiKey, createKeyring } from "./keyring.ts";
import { KINDS, type Plural } from "./kinds.ts";
import { migrationsIn } from "./migrations.ts";
import { createReports } from "./reports.ts";
import { seedStore } from "./seed.ts";
import { createCoreServer } from "./server.ts";
import { createStore, type Tables } from "./store.ts";

/** One environment, and what it stands on. */
export interface CoreOptions {
	readonly name: string;
	readonly host: string;
	/** 0 takes a free one. */
	readonly port: number;
	/** It stays open when the Core closes. */
	readonly database: Database;
	readonly keys: readonly ApiKey[];
	readonly hasSeed: boolean;
	readonly faults: Faults<IntryFault>;
	readonly clock: () => number;
	readonly log: Logger;
}

/** Starts the Core service of one environment and waits until it listens. Its tables are its own: nobody else's schema. */
export async function startCore(options: CoreOptions): Promise<RunningServer> {
	const { name, database, faults, clock, log } = options;
	const schema = schemaOf(name);
	await migrate(database, migrationsIn(schema), schema);
	await prepareFaults(database, schema, faults);
	const tables: Tables = (plural) => `${isShared(plural, faults) ? SHARED_SCHEMA : schema}.${plural}`;
	const honest = createStore(database, tables, clock);
	if (options.hasSeed) await seedStore(honest, clock());
	const core: Core = {
		name,
		kinds: faultyKinds(KINDS, faults),
		store: faultyStore(honest, faults),
		reports: createReports(database, tables),
		findKey: faultyKeyring(createKeyring(options.keys), options.keys, faults),
		covers: faultyCovers(coversExactly, faults),
		faults,
		clock,
		log,
	};
	const server = createCoreServer(core);
	const url = await server.listen({ host: options.host, port: options.port });
	return { url, close: () => closeWithin(server) };
}

/** @example schemaOf("STAGING") // "intry_staging" */
export function schemaOf(name: string): string {
	return `intry_${name.toLowerCase()}`;
}

function isShared(plural: Plural, faults: Faults<IntryFault>): boolean {
	return plural === "devices" && faults.has("environments-share-devices");
}

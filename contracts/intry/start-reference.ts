import type { Database } from "../../src/reference/database/database.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";
import { SCOPES } from "../../src/reference/intry/core/kinds.ts";
import { type IntryOptions, startIntry } from "../../src/reference/intry/start.ts";
import type { RunningIntry } from "./intry-client.ts";

export const KEYS = {
	adminKey: "admin-key-of-the-contract",
	readerKey: "reader-key-of-the-contract",
	narrowKey: "narrow-key-of-the-contract",
} as const;

/** A key of the time when scopes were whole words, and of others that only look like those of today. */
export const COARSE_KEY = "coarse-key-of-the-contract";
export const COARSE_SCOPES: readonly string[] = SCOPES.flatMap((scope) => [scope.split(":")[0] ?? "", `${scope}er`]);

/** Good for one figure, and for nothing else. */
export const COUNTER_KEY = "counter-key-of-the-contract";
export const COUNTER_SCOPES: readonly string[] = ["stats:read"];

export const NARROW_SCOPES: readonly string[] = ["units:read"];
export const READER_SCOPES: readonly string[] = SCOPES.filter((scope) => scope.endsWith(":read"));

/** The reference on a PostgreSQL of its own, on one that is given, or on the server that the options name. */
export async function startReference(options: IntryOptions = {}, given?: Database): Promise<RunningIntry> {
	const own = given === undefined && options.databaseUrl === undefined ? await openSampleDatabase() : undefined;
	const database = given ?? own;
	const keys = [
		{ name: "admin", key: KEYS.adminKey, scopes: SCOPES },
		{ name: "reader", key: KEYS.readerKey, scopes: READER_SCOPES },
		{ name: "narrow", key: KEYS.narrowKey, scopes: NARROW_SCOPES },
		{ name: "coarse", key: COARSE_KEY, scopes: COARSE_SCOPES },
		{ name: "counter", key: COUNTER_KEY, scopes: COUNTER_SCOPES },
	];
	const running = await startIntry({ seed: "none", keys, ...(database === undefined ? {} : { database }), ...options });
	const close = async (): Promise<void> => {
		await running.close();
		await own?.close();
	};
	return { url: running.url, ...KEYS, close };
}

import type { CheckIdentities } from "../../src/check/callers.ts";
import { type CheckOptions, check } from "../../src/check/run.ts";
import type { Contract } from "../../src/contract/contract.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Run } from "../../src/finding/run.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model } from "../../src/model/model.ts";
import type { Database } from "../../src/reference/database/database.ts";
import { SCOPES } from "../../src/reference/intry/core/kinds.ts";
import type { RunningIntry } from "./intry-client.ts";
import { MOCK_KEYS } from "./start-mock.ts";
import {
	COARSE_KEY,
	COARSE_SCOPES,
	COUNTER_KEY,
	COUNTER_SCOPES,
	KEYS,
	NARROW_SCOPES,
	READER_SCOPES,
	startReference,
} from "./start-reference.ts";

export interface Described {
	readonly contract: Contract;
	readonly model: Model;
}

/** Intry's document with its overlay, and what is read out of it. */
export async function loadIntry(): Promise<Described> {
	const contract = await loadContract({
		spec: "spec/intry/admin.yaml",
		overlays: ["spec/intry/behaviour.overlay.yaml"],
	});
	return { contract, model: inferModel(contract) };
}

const bearer = (key: string): Readonly<Record<string, string>> => ({ Authorization: `Bearer ${key}` });

type Callers = Required<Pick<CheckOptions, "headers" | "identities">>;

/** What a check is told of those who call: an administrator, one who may only read, and some with little. */
function callersWith(keys: Omit<RunningIntry, "url" | "close">, others: CheckIdentities = {}): Callers {
	const reader = { headers: bearer(keys.readerKey), tenant: TENANT, scopes: READER_SCOPES };
	const narrow = { headers: bearer(keys.narrowKey), tenant: TENANT, scopes: NARROW_SCOPES };
	const main = { headers: {}, tenant: TENANT, scopes: SCOPES };
	return { headers: bearer(keys.adminKey), identities: { main, reader, narrow, ...others } };
}

const TENANT = "intry";

export const CALLERS: Callers = callersWith(KEYS, {
	coarse: { headers: bearer(COARSE_KEY), tenant: TENANT, scopes: COARSE_SCOPES },
	counter: { headers: bearer(COUNTER_KEY), tenant: TENANT, scopes: COUNTER_SCOPES },
});
export const MOCK_CALLERS: Callers = callersWith(MOCK_KEYS);

/** Checks a target with these callers. */
export async function checkTarget(
	{ contract, model }: Described,
	target: string,
	options: Partial<CheckOptions>,
): Promise<Run> {
	const fixed = { contract, model, target, api: "intry", disposable: true, runId: "hftest", ...CALLERS };
	for await (const event of check({ ...fixed, ...options })) if (event.kind === "finished") return event.run;
	throw new Error("the check ended without a run");
}

/** Starts an Intry of its own with empty environments, checks it, and stops it. */
export async function checkIntry(
	described: Described,
	{ faults = [], database }: { readonly faults?: readonly string[]; readonly database: Database },
	options: Partial<CheckOptions>,
): Promise<Run> {
	for (const name of ["prod", "staging", "shared"]) await database.query(`drop schema if exists intry_${name} cascade`);
	const running = await startReference({ faults, environments: ["PROD", "STAGING"] }, database);
	try {
		return await checkTarget(described, running.url, options);
	} finally {
		await running.close();
	}
}

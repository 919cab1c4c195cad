import { type CheckOptions, check } from "../../src/check/run.ts";
import type { Contract } from "../../src/contract/contract.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Run } from "../../src/finding/run.ts";
import type { Listening } from "../../src/mock/adapter/node-server.ts";
import { createMock } from "../../src/mock/mock.ts";
import { loadScenario } from "../../src/mock/scenario/load-scenario.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model } from "../../src/model/model.ts";
import { type IntegraOptions, startIntegra } from "../../src/reference/integra/start.ts";

export const SPEC = "spec/integra/openapi.yaml";
export const OVERLAY = "spec/integra/behaviour.overlay.yaml";

/** The operator's key, which has every scope. */
export const ADMIN_KEY = "admin-key-of-the-check";
export const HEADERS: Readonly<Record<string, string>> = { authorization: `Bearer ${ADMIN_KEY}` };

/** The keys that the check has made are limited as documented; its own calls need more. */
export const SETTINGS: IntegraOptions = { adminKey: ADMIN_KEY, operatorRateLimit: 1_000_000 };

export interface Described {
	readonly contract: Contract;
	readonly model: Model;
}

/** Integra's document with its overlay, and what is read out of it. */
export async function loadIntegra(): Promise<Described> {
	const contract = await loadContract({ spec: SPEC, overlays: [OVERLAY] });
	return { contract, model: inferModel(contract) };
}

/** Starts Integra's mock as its scenario has it. */
export async function startMock({ contract, model }: Described): Promise<Listening> {
	const scenario = await loadScenario({ file: "mocks/integra/default.yaml", model });
	return createMock({ contract, model, scenario }).listen({ port: 0, host: "127.0.0.1" });
}

/** The key of its scenario. */
export const MOCK_KEY = "demo-admin-key";

/** Starts a mock of its own, checks it, and stops it. */
export async function checkMock(described: Described, options: Partial<CheckOptions>): Promise<Run> {
	const { url, close } = await startMock(described);
	try {
		return await checkRunning(described, url, { headers: { authorization: `Bearer ${MOCK_KEY}` }, ...options });
	} finally {
		await close();
	}
}

/** Starts an Integra of its own, checks it, and stops it. */
export async function checkIntegra(
	described: Described,
	settings: IntegraOptions,
	options: Partial<CheckOptions>,
): Promise<Run> {
	const { url, close } = await startIntegra({ ...SETTINGS, ...settings });
	try {
		return await checkRunning(described, url, options);
	} finally {
		await close();
	}
}

async function checkRunning(
	{ contract, model }: Described,
	target: string,
	options: Partial<CheckOptions>,
): Promise<Run> {
	const fixed = { contract, model, target, api: "integra", headers: HEADERS, disposable: true, runId: "hftest" };
	for await (const event of check({ ...fixed, settleMs: 100, ...options })) {
		if (event.kind === "finished") return event.run;
	}
	throw new Error("the check ended without a run");
}

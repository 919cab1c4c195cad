import { type CheckOptions, check } from "../../src/check/run.ts";
import type { Contract } from "../../src/contract/contract.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Run } from "../../src/finding/run.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model } from "../../src/model/model.ts";
import type { GatewaySettings } from "../../src/reference/gateway/settings.ts";
import { startGateway } from "../../src/reference/gateway/start.ts";

const ADMIN_KEY = "admin-key-of-the-checked-gateway";

export interface Described {
	readonly contract: Contract;
	readonly model: Model;
}

/** The gateway's document with its overlay, and what is read out of it. */
export async function loadGateway(): Promise<Described> {
	const contract = await loadContract({
		spec: "spec/gateway/openapi.yaml",
		overlays: ["spec/gateway/behaviour.overlay.yaml"],
	});
	return { contract, model: inferModel(contract) };
}

/** Starts a gateway of its own, checks it, and stops it. */
export async function checkGateway(
	{ contract, model }: Described,
	settings: Partial<GatewaySettings>,
	options: Partial<CheckOptions>,
): Promise<Run> {
	const { url, close } = await startGateway({ adminKey: ADMIN_KEY, ...settings });
	try {
		const headers = { "X-Admin-API-Key": ADMIN_KEY };
		const fixed = { contract, model, target: url, api: "gateway", headers, disposable: true, runId: "hftest" };
		const events = check({ ...fixed, ...options });
		for await (const event of events) if (event.kind === "finished") return event.run;
	} finally {
		await close();
	}
	throw new Error("the check ended without a run");
}

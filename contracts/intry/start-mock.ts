import { loadContract } from "../../src/contract/load.ts";
import { createMock } from "../../src/mock/mock.ts";
import { loadScenario } from "../../src/mock/scenario/load-scenario.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { RunningIntry } from "./intry-client.ts";

/** Those of its scenario. */
export const MOCK_KEYS = {
	adminKey: "demo-admin-key",
	readerKey: "demo-reader-key",
	narrowKey: "demo-narrow-key",
} as const;

/** Intry's mock as its scenario starts it. */
export async function startMock(drift: readonly string[] = []): Promise<RunningIntry> {
	const contract = await loadContract({
		spec: "spec/intry/admin.yaml",
		overlays: ["spec/intry/behaviour.overlay.yaml"],
	});
	const model = inferModel(contract);
	const scenario = await loadScenario({ file: "mocks/intry/default.yaml", model });
	const listening = await createMock({ contract, model, scenario, drift }).listen({ port: 0, host: "127.0.0.1" });
	return { ...listening, ...MOCK_KEYS };
}

import { loadContract } from "../../src/contract/load.ts";
import { createMock } from "../../src/mock/mock.ts";
import { loadScenario } from "../../src/mock/scenario/load-scenario.ts";
import { inferModel } from "../../src/model/infer.ts";
import { OVERLAY, SPEC } from "./check-control-plane.ts";
import type { RunningControlPlane } from "./control-plane-client.ts";

/** The mock with its scenario, and the tokens that the scenario names. */
export async function startMock(): Promise<RunningControlPlane> {
	const contract = await loadContract({ spec: SPEC, overlays: [OVERLAY] });
	const model = inferModel(contract);
	const scenario = await loadScenario({ file: "mocks/control-plane/default.yaml", model });
	const listening = await createMock({ contract, model, scenario }).listen({ port: 0, host: "127.0.0.1" });
	return {
		...listening,
		adminToken: "demo-admin-token",
		viewerToken: "demo-viewer-token",
		otherTenantToken: "demo-stranger-token",
	};
}

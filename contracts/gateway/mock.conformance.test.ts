import { loadContract } from "../../src/contract/load.ts";
import { createMock } from "../../src/mock/mock.ts";
import { loadScenario } from "../../src/mock/scenario/load-scenario.ts";
import { inferModel } from "../../src/model/infer.ts";
import { describeGateway } from "./conformance.ts";

describeGateway({
	name: "the mock",
	start: async () => {
		const contract = await loadContract({
			spec: "spec/gateway/openapi.yaml",
			overlays: ["spec/gateway/behaviour.overlay.yaml"],
		});
		const model = inferModel(contract);
		const scenario = await loadScenario({ file: "mocks/gateway/default.yaml", model });
		const listening = await createMock({ contract, model, scenario }).listen({ port: 0, host: "127.0.0.1" });
		return { ...listening, adminKey: "demo-admin-key" };
	},
});

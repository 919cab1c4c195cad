import { loadContract } from "../../src/contract/load.ts";
import { createMock } from "../../src/mock/mock.ts";
import { inferModel } from "../../src/model/infer.ts";
import { describeGateway } from "./conformance.ts";

const ADMIN_KEY = "admin-key-for-the-mock";

describeGateway({
	name: "the mock",
	start: async () => {
		const contract = await loadContract({
			spec: "spec/gateway/openapi.yaml",
			overlays: ["spec/gateway/behaviour.overlay.yaml"],
		});
		const mock = createMock({ contract, model: inferModel(contract), identities: { adminKey: ADMIN_KEY } });
		return { ...(await mock.listen({ port: 0, host: "127.0.0.1" })), adminKey: ADMIN_KEY };
	},
});

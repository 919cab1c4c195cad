import { loadContract } from "../../src/contract/load.ts";
import { createMock } from "../../src/mock/mock.ts";
import { inferModel } from "../../src/model/infer.ts";
import { startGateway } from "../../src/reference/gateway/start.ts";
import { describeContract } from "../../src/vitest.ts";

const SPEC = "spec/gateway/openapi.yaml";
const OVERLAY = "spec/gateway/behaviour.overlay.yaml";
const ADMIN_KEY = "admin-key-of-the-contract-tests";

describeContract({
	name: "the gateway as it runs today",
	spec: SPEC,
	overlay: OVERLAY,
	ledger: "contracts/gateway/known-drift.yaml",
	headers: { "X-Admin-API-Key": ADMIN_KEY },
	target: () => startGateway({ adminKey: ADMIN_KEY }),
});

describeContract({
	name: "the gateway that keeps its promise",
	spec: SPEC,
	overlay: OVERLAY,
	headers: { "X-Admin-API-Key": ADMIN_KEY },
	target: () => startGateway({ adminKey: ADMIN_KEY, cidsPut: "replace" }),
});

describeContract({
	name: "the gateway's mock",
	spec: SPEC,
	overlay: OVERLAY,
	headers: { "X-Admin-API-Key": ADMIN_KEY },
	target: async () => {
		const contract = await loadContract({ spec: SPEC, overlays: [OVERLAY] });
		const mock = createMock({ contract, model: inferModel(contract), identities: { adminKey: ADMIN_KEY } });
		return mock.listen({ port: 0, host: "127.0.0.1" });
	},
});

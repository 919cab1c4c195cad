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

import { startIntegra } from "../../src/reference/integra/start.ts";
import { describeContract } from "../../src/vitest.ts";
import { HEADERS, OVERLAY, SETTINGS, SPEC } from "./check-integra.ts";

describeContract({
	name: "Integra",
	spec: SPEC,
	overlay: OVERLAY,
	ledger: "contracts/integra/known-drift.yaml",
	headers: HEADERS,
	disposable: true,
	settleMs: 100,
	limitMs: 240_000,
	target: () => startIntegra(SETTINGS),
});

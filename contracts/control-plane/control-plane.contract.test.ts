import { loadContract } from "../../src/contract/load.ts";
import { createMock } from "../../src/mock/mock.ts";
import { inferModel } from "../../src/model/infer.ts";
import { startControlPlane } from "../../src/reference/control-plane/start.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";
import { describeContract } from "../../src/vitest.ts";
import { CALLERS, HEADERS, IDENTITIES, OVERLAY, SPEC, TOKENS } from "./check-control-plane.ts";

const shared = {
	spec: SPEC,
	overlay: OVERLAY,
	headers: HEADERS,
	identities: IDENTITIES,
	disposable: true,
	settleMs: 100,
	limitMs: 240_000,
};

/** `FAULTS=all` holds the mock to all of its contract, which takes a minute. */
const PART = ["*Project", "*Projects", "*ApiKey*", "*Member*", "*Invitation*"];

describeContract({
	...shared,
	name: "the control plane",
	ledger: "contracts/control-plane/known-drift.yaml",
	target: async () => {
		const database = await openSampleDatabase();
		const running = await startControlPlane({ ...TOKENS, database });
		const close = async (): Promise<void> => {
			await running.close();
			await database.close();
		};
		return { url: running.url, close };
	},
});

describeContract({
	...shared,
	name: "the control plane's mock",
	...(process.env.FAULTS === "all" ? {} : { operations: PART }),
	target: async () => {
		const contract = await loadContract({ spec: SPEC, overlays: [OVERLAY] });
		const scenario = { identities: {}, callers: CALLERS, data: new Map() };
		const mock = createMock({ contract, model: inferModel(contract), scenario });
		return mock.listen({ port: 0, host: "127.0.0.1" });
	},
});

import { createMock } from "../../src/mock/mock.ts";
import { loadScenario } from "../../src/mock/scenario/load-scenario.ts";
import { loadIntegra } from "./check-integra.ts";
import { describeIntegra } from "./conformance.ts";

describeIntegra({
	name: "the mock",
	without: {
		usage: "no law of the model counts calls; the numbers are those of the document's example",
		batches: "no law of the model makes many items of one body",
		"what entries are about": "the log grows, but nothing in the document says what an entry holds",
		"filters without case": "no filter of the model ignores case",
		"what the server fills in": "a value that only the server knows is another one in another answer",
		"parameters that come twice": "the last one counts",
	},
	start: async () => {
		const { contract, model } = await loadIntegra();
		const scenario = await loadScenario({ file: "mocks/integra/default.yaml", model });
		const listening = await createMock({ contract, model, scenario }).listen({ port: 0, host: "127.0.0.1" });
		return { ...listening, adminKey: "demo-admin-key" };
	},
});

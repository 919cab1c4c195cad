import { loadIntegra, MOCK_KEY, startMock } from "./check-integra.ts";
import { describeIntegra } from "./conformance.ts";

describeIntegra({
	name: "the mock",
	without: {
		"what usage is made of":
			"the parts by key and day are those of the document's example, and nothing says that a query must name what is there",
		batches: "no law of the model makes many items of one body",
		"what entries are about": "the log grows, but nothing in the document says what an entry holds",
		"filters without case": "no filter of the model ignores case",
		"what the server fills in": "a value that only the server knows is another one in another answer",
		"parameters that come twice": "the last one counts",
	},
	start: async () => ({ ...(await startMock(await loadIntegra())), adminKey: MOCK_KEY }),
});

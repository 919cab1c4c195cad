import { startIntegra } from "../../src/reference/integra/start.ts";
import { behindPrism } from "../prism-proxy.ts";
import { SPEC } from "./check-integra.ts";
import { describeIntegra } from "./conformance.ts";

const adminKey = "admin-key-behind-prism";

describeIntegra({
	name: "the reference, behind Prism",
	start: async () => {
		const running = await startIntegra({ adminKey, rateLimit: 1_000_000, batchRateLimit: 1_000_000 });
		return behindPrism(SPEC, { url: running.url, close: running.close, adminKey });
	},
});

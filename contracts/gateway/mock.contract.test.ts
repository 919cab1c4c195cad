import { expect, test } from "vitest";
import { check } from "../../src/check/run.ts";
import type { Run } from "../../src/finding/run.ts";
import { createMock } from "../../src/mock/mock.ts";
import { checkGateway, type Described, loadGateway } from "./check-gateway.ts";

const ADMIN_KEY = "admin-key-of-the-checked-mock";
const LIMIT_MS = 60_000;

async function checkMock({ contract, model }: Described, options: { drift?: string[]; seed?: number }): Promise<Run> {
	const { seed = 1, drift = [] } = options;
	const mock = createMock({ contract, model, drift, identities: { adminKey: ADMIN_KEY } });
	const { url, close } = await mock.listen({ port: 0, host: "127.0.0.1" });
	try {
		const headers = { "X-Admin-API-Key": ADMIN_KEY };
		for await (const event of check({ contract, model, target: url, api: "gateway", headers, seed, settleMs: 100 })) {
			if (event.kind === "finished") return event.run;
		}
	} finally {
		await close();
	}
	throw new Error("the check ended without a run");
}

test.for([1, 2, 3])("the check finds nothing on the mock, seed %i", { timeout: LIMIT_MS }, async (seed) => {
	const run = await checkMock(await loadGateway(), { seed });
	expect(run.findings.map(({ message }) => message)).toEqual([]);
});

test("a mock with the gateway's drift is caught exactly as the gateway is", { timeout: LIMIT_MS }, async () => {
	const gateway = await loadGateway();
	const [mocked, real] = [
		await checkMock(gateway, { drift: ["replaceCids=append"] }),
		await checkGateway(gateway, { cidsPut: "append" }, { settleMs: 100 }),
	];
	const told = ({ findings }: Run) =>
		findings.map(({ fingerprint, rule, operation, documented, observed }) => ({
			fingerprint,
			rule,
			operation,
			documented,
			observed,
		}));
	expect(told(mocked)).toEqual(told(real));
	expect(told(mocked)).toMatchObject([{ rule: "effect", documented: "replace", observed: "append" }]);
});

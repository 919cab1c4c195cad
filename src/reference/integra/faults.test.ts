import { afterEach, describe, expect, test } from "vitest";
import type { Credential, WitnessRequest } from "../fault/fault.ts";
import { sendWitness, showsPattern, type WitnessAnswer } from "../fault/witness.ts";
import type { RunningServer } from "../process/run-server.ts";
import { WITNESS_LIMITS } from "./faults/witness-requests.ts";
import { INTEGRA_FAULTS } from "./faults.ts";
import { startIntegra } from "./start.ts";

const NOW = Date.parse("2026-01-15T10:00:00Z");
const ADMIN_KEY = "admin-key-of-the-witness";

const running: RunningServer[] = [];
afterEach(() => Promise.all(running.splice(0).map(({ close }) => close())));

describe("each planted fault", () => {
	test.each(INTEGRA_FAULTS)("$name shows in its witness, and only when it is on", async ({ name, witness }) => {
		const { requests, documented, observed } = witness;
		const right = await answers([], requests);
		const wrong = await answers([name], requests);
		expect.soft(showsPattern(right, documented), `without fault: ${JSON.stringify(right)}`).toBe(true);
		expect.soft(showsPattern(right, observed), `without fault: ${JSON.stringify(right)}`).toBe(false);
		expect.soft(showsPattern(wrong, observed), `with fault: ${JSON.stringify(wrong)}`).toBe(true);
		expect.soft(showsPattern(wrong, documented), `with fault: ${JSON.stringify(wrong)}`).toBe(false);
	});

	test("is refused by a misspelt name with the right one", async () => {
		await expect(startIntegra({ faults: ["scope-by-prefx"] })).rejects.toThrow('did you mean "scope-by-prefix"?');
	});

	test("all of them together still answer in the documented form", async () => {
		const all = INTEGRA_FAULTS.map(({ name }) => name);
		const given = await answers(all, [{ method: "POST", path: "/admin/v1/users", credential: "none", body: {} }]);
		expect(given).toMatchObject([{ status: 401, body: { error: { code: "unauthorized" } } }]);
	});
});

async function answers(
	faults: readonly string[],
	requests: readonly WitnessRequest[],
): Promise<readonly WitnessAnswer[]> {
	const server = await startIntegra({ adminKey: ADMIN_KEY, ...WITNESS_LIMITS, faults, clock: () => NOW });
	running.push(server);
	return sendWitness(server.url, requests, headersFor);
}

function headersFor(credential: Credential): Readonly<Record<string, string>> {
	if (credential === "none") return {};
	if (typeof credential === "object") return { authorization: `Bearer ${credential.apiKey}` };
	const key = credential === "half-admin" ? ADMIN_KEY.slice(0, ADMIN_KEY.length / 2) : ADMIN_KEY;
	return { authorization: `Bearer ${key}` };
}

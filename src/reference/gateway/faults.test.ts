import { describe, expect, test } from "vitest";
import type { Credential, WitnessRequest } from "../fault/fault.ts";
import { sendWitness, showsPattern, type WitnessAnswer } from "../fault/witness.ts";
import { GATEWAY_FAULTS } from "./faults.ts";
import { startGateway } from "./start.ts";

const ADMIN_KEY = "admin-key-of-the-witness";

describe("each planted fault", () => {
	test.each(GATEWAY_FAULTS)("$name shows in its witness, and only when it is on", async ({ name, witness }) => {
		const honest = await answersOf([], witness.requests);
		const faulty = await answersOf([name], witness.requests);
		expect.soft(showsPattern(honest, witness.documented), `without fault: ${JSON.stringify(honest)}`).toBe(true);
		expect.soft(showsPattern(honest, witness.observed), `without fault: ${JSON.stringify(honest)}`).toBe(false);
		expect.soft(showsPattern(faulty, witness.observed), `with fault: ${JSON.stringify(faulty)}`).toBe(true);
		expect.soft(showsPattern(faulty, witness.documented), `with fault: ${JSON.stringify(faulty)}`).toBe(false);
	});

	test("all of them together still answer in the documented form", async () => {
		const all = GATEWAY_FAULTS.map(({ name }) => name);
		const answers = await answersOf(all, [{ method: "GET", path: "/admin/apps/a b", credential: "admin" }]);
		expect(answers).toMatchObject([{ status: 400, body: { success: false } }]);
	});

	test("is refused by a misspelt name with the right one", async () => {
		await expect(startGateway({ faults: ["list-drop-last"] })).rejects.toThrow('did you mean "list-drops-last"?');
	});
});

async function answersOf(
	faults: readonly string[],
	requests: readonly WitnessRequest[],
): Promise<readonly WitnessAnswer[]> {
	const { url, close } = await startGateway({ adminKey: ADMIN_KEY, cidsPut: "replace", faults });
	try {
		return await sendWitness(url, requests, credentialHeader);
	} finally {
		await close();
	}
}

function credentialHeader(credential: Credential): Record<string, string> {
	if (typeof credential === "object") return { "x-api-key": credential.apiKey };
	if (credential === "admin") return { "x-admin-api-key": ADMIN_KEY };
	if (credential === "half-admin") return { "x-admin-api-key": ADMIN_KEY.slice(0, ADMIN_KEY.length / 2) };
	return {};
}

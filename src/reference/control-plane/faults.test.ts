import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../database/database.ts";
import { openSampleDatabase } from "../database/sample-database.ts";
import type { Credential, WitnessRequest } from "../fault/fault.ts";
import { sendWitness, showsPattern, type WitnessAnswer } from "../fault/witness.ts";
import type { RunningServer } from "../process/run-server.ts";
import { emptyDatabase } from "./database/empty-database.ts";
import { WITNESS_DAY } from "./faults/witness-requests.ts";
import { CONTROL_PLANE_FAULTS } from "./faults.ts";
import { grantFirstTokens } from "./seed/first-tokens.ts";
import { seedDatabase } from "./seed/seed.ts";
import { startControlPlane } from "./start.ts";
import { STORES } from "./store/stores.ts";

const NOW = Date.parse(`${WITNESS_DAY}T10:00:00Z`);
const TOKENS = {
	adminToken: "admin-token-of-the-witness",
	viewerToken: "viewer-token-of-the-witness",
	writerToken: "writer-token-of-the-witness",
	otherTenantToken: "other-token-of-the-witness",
};

let database: Database;
let honest: RunningServer;
beforeAll(async () => {
	database = await openSampleDatabase();
	honest = await start([]);
}, 120_000);
afterAll(async () => {
	await honest.close();
	await database.close();
});

describe("each planted fault", () => {
	test.each(CONTROL_PLANE_FAULTS)("$name shows in its witness, and only when it is on", async ({ name, witness }) => {
		const { requests, documented, observed } = witness;
		const right = await answersWithout(requests);
		const wrong = await answersWith([name], requests);
		expect.soft(showsPattern(right, documented), `without fault: ${JSON.stringify(right)}`).toBe(true);
		expect.soft(showsPattern(right, observed), `without fault: ${JSON.stringify(right)}`).toBe(false);
		expect.soft(showsPattern(wrong, observed), `with fault: ${JSON.stringify(wrong)}`).toBe(true);
		expect.soft(showsPattern(wrong, documented), `with fault: ${JSON.stringify(wrong)}`).toBe(false);
	});

	test("is refused by a misspelt name with the right one", async () => {
		await expect(startControlPlane({ faults: ["search-heed-case"] })).rejects.toThrow(
			'did you mean "search-heeds-case"?',
		);
	});

	test("all of them together still answer in the documented form", async () => {
		const all = CONTROL_PLANE_FAULTS.map(({ name }) => name);
		const answers = await answersWith(all, [
			{ method: "POST", path: "/v1/admin/projects", credential: "none", body: {} },
		]);
		expect(answers).toMatchObject([{ status: 401, body: { error: { code: "unauthorized" } } }]);
	});
});

function start(faults: readonly string[]): Promise<RunningServer> {
	const clock = (): number => NOW;
	return startControlPlane({ ...TOKENS, database, faults, clock });
}

/** The honest server remembers nothing beside its database, so one serves them all. */
async function answersWithout(requests: readonly WitnessRequest[]): Promise<readonly WitnessAnswer[]> {
	await refill();
	await grantFirstTokens(database, TOKENS, new Date(NOW));
	return sendWitness(honest.url, requests, headersFor);
}

async function answersWith(
	faults: readonly string[],
	requests: readonly WitnessRequest[],
): Promise<readonly WitnessAnswer[]> {
	await refill();
	const { url, close } = await start(faults);
	try {
		return await sendWitness(url, requests, headersFor);
	} finally {
		await close();
	}
}

/** One fault drops this constraint. */
const UNIQUE_SLUG = "organizations_tenant_id_slug_key";

async function refill(): Promise<void> {
	await emptyDatabase(database);
	await database.query(`alter table organizations drop constraint if exists ${UNIQUE_SLUG}`);
	await database.query(`alter table organizations add constraint ${UNIQUE_SLUG} unique (tenant_id, slug)`);
	await seedDatabase(database, STORES, new Date(NOW));
}

function headersFor(credential: Credential): Readonly<Record<string, string>> {
	if (credential === "none") return {};
	if (typeof credential === "object") return { "x-api-key": credential.apiKey };
	const { adminToken, viewerToken, otherTenantToken } = TOKENS;
	const tokens = {
		admin: adminToken,
		"half-admin": adminToken.slice(0, adminToken.length / 2),
		viewer: viewerToken,
		stranger: otherTenantToken,
	};
	return { authorization: `Bearer ${tokens[credential]}` };
}

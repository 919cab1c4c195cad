import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../database/database.ts";
import { openSampleDatabase } from "../database/sample-database.ts";
import type { Credential, WitnessRequest } from "../fault/fault.ts";
import { sendWitness, showsPattern, type WitnessAnswer } from "../fault/witness.ts";
import { KINDS, SCOPES } from "./core/kinds.ts";
import { INTRY_FAULTS } from "./faults.ts";
import { startIntry } from "./start.ts";

const ADMIN_KEY = "admin-key-of-the-witness";
const KEYS = [
	{ name: "admin", key: ADMIN_KEY, scopes: SCOPES },
	{ name: "reader", key: "reader-key-of-the-witness", scopes: KINDS.map(({ plural }) => `${plural}:read`) },
	{ name: "coarse", key: "coarse-key-of-the-witness", scopes: KINDS.map(({ plural }) => plural) },
];

let database: Database;
beforeAll(async () => {
	database = await openSampleDatabase();
}, 120_000);
afterAll(() => database.close());

describe("each planted fault", () => {
	test.each(INTRY_FAULTS)("$name shows in its witness, and only when it is on", async ({ name, witness }) => {
		const { requests, documented, observed } = witness;
		const right = await answersOf([], requests);
		const wrong = await answersOf([name], requests);
		expect.soft(showsPattern(right, documented), `without fault: ${JSON.stringify(right)}`).toBe(true);
		expect.soft(showsPattern(right, observed), `without fault: ${JSON.stringify(right)}`).toBe(false);
		expect.soft(showsPattern(wrong, observed), `with fault: ${JSON.stringify(wrong)}`).toBe(true);
		expect.soft(showsPattern(wrong, documented), `with fault: ${JSON.stringify(wrong)}`).toBe(false);
	});

	test("is refused by a misspelt name with the right one", async () => {
		await expect(startIntry({ database, faults: ["offset-count-pages"] })).rejects.toThrow(
			'did you mean "offset-counts-pages"?',
		);
	});

	test("all of them together still answer in the documented form", async () => {
		const all = INTRY_FAULTS.map(({ name }) => name);
		const [answer] = await answersOf(all, [{ method: "POST", path: "/api/admin/units", credential: "none", body: {} }]);
		expect(answer).toMatchObject({ status: 401, body: { message: expect.any(String) } });
	});
});

/** What these leave behind in the database is more than rows. */
const ALTERING: readonly string[] = [
	"serial-numbers-shared",
	"email-case-matters",
	"unknown-unit-accepted",
	"environments-share-devices",
];
let isAltered = true;

async function emptyEnvironments(): Promise<void> {
	for (const name of ["prod", "staging", "shared"]) {
		if (isAltered) await database.query(`drop schema if exists intry_${name} cascade`);
		else if (name !== "shared") await database.query(`truncate intry_${name}.tenants, intry_${name}.devices cascade`);
	}
}

/** Of a server whose environments are empty. */
async function answersOf(
	faults: readonly string[],
	requests: readonly WitnessRequest[],
): Promise<readonly WitnessAnswer[]> {
	await emptyEnvironments();
	isAltered = faults.some((name) => ALTERING.includes(name));
	const environments = ["PROD", "STAGING"];
	const { url, close } = await startIntry({ database, environments, keys: KEYS, seed: "none", faults });
	try {
		return await sendWitness(url, requests, headersFor);
	} finally {
		await close();
	}
}

function headersFor(credential: Credential): Readonly<Record<string, string>> {
	const [admin, reader, coarse] = KEYS.map(({ key }) => key);
	const keys = { admin, viewer: reader, stranger: coarse, "half-admin": ADMIN_KEY.slice(0, ADMIN_KEY.length / 2) };
	if (credential === "none" || typeof credential === "object") return {};
	return { authorization: `Bearer ${keys[credential]}` };
}

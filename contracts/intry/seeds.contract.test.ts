import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Run } from "../../src/finding/run.ts";
import type { Database } from "../../src/reference/database/database.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";
import { checkIntry, checkTarget, loadIntry, MOCK_CALLERS } from "./check-intry.ts";
import { startMock } from "./start-mock.ts";

/** `SEEDS=20` tries as many, the whole document each time; without it one seed of one resource shows that it works. */
const COUNT = Number(process.env.SEEDS ?? 0);
const SEEDS = Array.from({ length: Math.max(1, COUNT) }, (_, index) => index + 2);
const PART = COUNT > 0 ? {} : { operations: ["*Device*"] };
const TIME_MS_MAX = 400_000;
/** A check that decides nothing would find nothing either. */
const AGREED_MIN = COUNT > 0 ? 150 : 25;

const described = await loadIntry();
const options = (seed: number) => ({ ...PART, seed, runId: `hf${seed}x`, settleMs: 100 });

function expectNothing(run: Run): void {
	expect(run.findings.map(({ message }) => message)).toEqual([]);
	expect(run.claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(AGREED_MIN);
}

describe("the check finds nothing", () => {
	let database: Database;
	beforeAll(async () => {
		database = await openSampleDatabase();
	});
	afterAll(() => database.close());

	test.each(SEEDS)("on the reference with seed %i", { timeout: TIME_MS_MAX }, async (seed) => {
		expectNothing(await checkIntry(described, { database }, options(seed)));
	});

	test.each(SEEDS)("on the mock with seed %i", { timeout: TIME_MS_MAX }, async (seed) => {
		const mock = await startMock();
		try {
			expectNothing(await checkTarget(described, mock.url, { ...MOCK_CALLERS, ...options(seed) }));
		} finally {
			await mock.close();
		}
	});
});

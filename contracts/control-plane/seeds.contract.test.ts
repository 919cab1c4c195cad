import { afterAll, describe, expect, test } from "vitest";
import { createMock } from "../../src/mock/mock.ts";
import { startControlPlane } from "../../src/reference/control-plane/start.ts";
import { missingPostgres, type SpawnedPostgres, spawnPostgres } from "../../src/reference/process/spawn-postgres.ts";
import { CALLERS, checkControlPlane, checkRunning, loadControlPlane, TOKENS } from "./check-control-plane.ts";

/** `SEEDS=20` tries as many; a check of the whole document takes a minute. Without it a part is checked, on PostgreSQL. */
const COUNT = Number(process.env.SEEDS ?? 0);
const SEEDS = Array.from({ length: COUNT }, (_, index) => index + 2);
const TIME_MS_MAX = 400_000;
const described = await loadControlPlane();

const options = (seed: number) => ({ seed, runId: `hf${seed}x`, settleMs: 100 });

/** A check that decides nothing would find nothing either. */
const AGREED_MIN = 190;

const PART = ["*Project", "*Projects"];
const PART_AGREED_MIN = 20;

function expectNothing(run: Awaited<ReturnType<typeof checkControlPlane>>): void {
	expect(run.findings.map(({ message }) => message)).toEqual([]);
	expect(run.claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(AGREED_MIN);
}

describe.runIf(COUNT > 1)("the control plane, on PostgreSQL inside the process", () => {
	test.each(SEEDS)("gives no finding with seed %i", { timeout: TIME_MS_MAX }, async (seed) => {
		expectNothing(await checkControlPlane(described, {}, options(seed)));
	});
});

const missing = missingPostgres();
if (missing !== undefined) console.warn(`skipped: the control plane on PostgreSQL, because ${missing}`);

describe.skipIf(missing !== undefined)("the control plane, on a PostgreSQL of its own", () => {
	let postgres: SpawnedPostgres | undefined;
	afterAll(() => postgres?.dispose());

	test.runIf(COUNT === 0)("gives no finding where projects are made, listed and changed", async () => {
		postgres ??= await spawnPostgres();
		const { url, close } = await startControlPlane({ ...TOKENS, databaseUrl: postgres.url });
		try {
			const run = await checkRunning(described, url, { ...options(2), operations: PART });
			expect(run.findings.map(({ message }) => message)).toEqual([]);
			expect(run.claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(PART_AGREED_MIN);
		} finally {
			await close();
		}
	});

	test.each(SEEDS)("gives no finding with seed %i", { timeout: TIME_MS_MAX }, async (seed) => {
		postgres ??= await spawnPostgres();
		const { url, close } = await startControlPlane({ ...TOKENS, databaseUrl: postgres.url });
		try {
			expectNothing(await checkRunning(described, url, options(seed)));
		} finally {
			await close();
		}
	});
});

describe.runIf(COUNT > 1)("the control plane's mock", () => {
	test.each(SEEDS)("gives no finding with seed %i", { timeout: TIME_MS_MAX }, async (seed) => {
		const scenario = { identities: {}, callers: CALLERS, data: new Map() };
		const { url, close } = await createMock({ ...described, scenario }).listen({ port: 0, host: "127.0.0.1" });
		try {
			expectNothing(await checkRunning(described, url, options(seed)));
		} finally {
			await close();
		}
	});
});

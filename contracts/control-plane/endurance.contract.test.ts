import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startControlPlane } from "../../src/reference/control-plane/start.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";
import { missingPostgres, type SpawnedPostgres, spawnPostgres } from "../../src/reference/process/spawn-postgres.ts";
import { killInTheMiddle } from "./endurance/kill-in-the-middle.ts";
import { loadControlPlane } from "./endurance/load.ts";
import { spawnControlPlane } from "./endurance/spawn-control-plane.ts";

/** What is proved at length in bench/control-plane: here a few seconds of it. */
const TIME_MS_MAX = 240_000;
const TOKEN = "admin-token-of-the-load";

test(
	"64 connections that read and write meet no error, and no write is lost",
	async () => {
		const database = await openSampleDatabase();
		const { url, close } = await startControlPlane({ adminToken: TOKEN, database });
		const result = await loadControlPlane({ url, token: TOKEN, connections: 64, seconds: 2 });
		await close();
		await database.close();
		expect(result).toMatchObject({ errors: 0, timeouts: 0, lost: [] });
		expect(Object.keys(result.statuses).toSorted()).toEqual(["200", "201"]);
		expect(result.acknowledged).toBeGreaterThan(10);
	},
	TIME_MS_MAX,
);

test(
	"kill -9 in the midst of writes loses nothing acknowledged, and leaves nothing half written, in a folder",
	async () => {
		const folder = await mkdtemp(join(tmpdir(), "control-plane-"));
		const env = { DATA_FOLDER: folder };
		const kill = async (running: { kill(): Promise<void> }) => {
			await running.kill();
			return spawnControlPlane(env);
		};
		const round = await killInTheMiddle({ env, after: 30, kill });
		await rm(folder, { recursive: true, force: true });
		expect(round).toMatchObject({ lost: [], halfWritten: [] });
		expect(round.acknowledged).toBeGreaterThanOrEqual(30);
	},
	TIME_MS_MAX,
);

const missing = missingPostgres();
if (missing !== undefined) console.warn(`skipped: the control plane on PostgreSQL, because ${missing}`);

describe.skipIf(missing !== undefined)("on a PostgreSQL of its own", () => {
	let postgres: SpawnedPostgres;
	beforeAll(async () => {
		postgres = await spawnPostgres();
	}, TIME_MS_MAX);
	afterAll(() => postgres?.dispose());

	test(
		"kill -9 of the server loses nothing acknowledged",
		async () => {
			const env = { DATABASE_URL: postgres.url };
			const round = await killInTheMiddle({
				env,
				after: 30,
				kill: async (running) => {
					await running.kill();
					return spawnControlPlane(env);
				},
			});
			expect(round).toMatchObject({ lost: [], halfWritten: [] });
		},
		TIME_MS_MAX,
	);

	test(
		"kill -9 of PostgreSQL loses nothing acknowledged, and the same server goes on when it is back",
		async () => {
			const round = await killInTheMiddle({
				env: { DATABASE_URL: postgres.url },
				after: 30,
				kill: async (running) => {
					await postgres.kill();
					expect((await fetch(`${running.url}/health`)).status).toBe(503);
					expect((await fetch(`${running.url}/health/ready`)).status).toBe(503);
					expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
					const headers = { authorization: "Bearer admin-token-of-the-process" };
					expect((await fetch(`${running.url}/v1/admin/users`, { headers })).status).toBe(503);
					await postgres.start();
					await expect.poll(async () => (await fetch(`${running.url}/health`)).status, { timeout: 30_000 }).toBe(200);
					return running;
				},
			});
			expect(round).toMatchObject({ lost: [], halfWritten: [] });
		},
		TIME_MS_MAX,
	);
});

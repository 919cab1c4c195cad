import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killInTheMiddle } from "../../contracts/control-plane/endurance/kill-in-the-middle.ts";
import { loadControlPlane } from "../../contracts/control-plane/endurance/load.ts";
import { SPAWNED_TOKEN, spawnControlPlane } from "../../contracts/control-plane/endurance/spawn-control-plane.ts";
import { missingPostgres, spawnPostgres } from "../../src/reference/process/spawn-postgres.ts";

/**
 * What `npm test` shows for seconds, at length: 64 connections for a minute, and ten kills in the midst of writes, on
 * PostgreSQL inside the process and beside it. `node bench/control-plane/load.ts [seconds] [kills]`
 */
const seconds = Number(process.argv[2] ?? 60);
const kills = Number(process.argv[3] ?? 10);

const folder = await mkdtemp(join(tmpdir(), "control-plane-bench-"));
await prove("PostgreSQL inside the process, in a folder", { DATA_FOLDER: folder });
await rm(folder, { recursive: true, force: true });

const missing = missingPostgres();
if (missing === undefined) {
	const postgres = await spawnPostgres();
	await prove("a PostgreSQL server", { DATABASE_URL: postgres.url });
	await postgres.dispose();
} else {
	console.log(`skipped: a PostgreSQL server, because ${missing}`);
}

async function prove(name: string, env: Readonly<Record<string, string>>): Promise<void> {
	console.log(name);
	const running = await spawnControlPlane(env);
	const load = { url: running.url, token: SPAWNED_TOKEN, connections: 64, seconds };
	console.log(`  load  ${JSON.stringify(await loadControlPlane(load))}`);
	await running.kill();
	for (let round = 1; round <= kills; round += 1) {
		const result = await killInTheMiddle({
			env,
			after: 20 + 10 * round,
			kill: async (killed) => {
				await killed.kill();
				return spawnControlPlane(env);
			},
		});
		console.log(`  kill ${round}  ${JSON.stringify(result)}`);
	}
}

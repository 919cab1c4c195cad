import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "undici";
import { type KillResult, killUpstream } from "../../contracts/intry/kill-upstream.ts";
import { SPAWNED_KEY, type Spawned, spawnIntry, spawnUpstream } from "../../contracts/intry/spawn-intry.ts";

/**
 * What the admin proxy costs, and how it bears that a Core is killed under load. Each part is a process of its own.
 * `node bench/intry/proxy.ts [rounds] [requests]` writes RESULTS.md.
 */
const ROUNDS = Number(process.argv[2] ?? 10);
const REQUESTS = Number(process.argv[3] ?? 1000);
const WARM_UP = 300;
/** Of the load while a Core is killed. */
const CLIENTS = 16;
const PHASE_MS = 3000;
const HEADERS = { authorization: `Bearer ${SPAWNED_KEY}`, "x-admin-env": "PROD" };

interface Measured {
	readonly name: string;
	readonly direct: readonly number[];
	readonly proxied: readonly number[];
}

const measured = [await measureUpstream(), await measureCore()];
const killed = await killCore();
await writeFile(new URL("RESULTS.md", import.meta.url), await render(measured, killed));

/** Beside a server that takes no time of its own. */
async function measureUpstream(): Promise<Measured> {
	const upstream = await spawnUpstream();
	return measure("a server that answers at once", upstream, "/api/admin/stats");
}

/** Beside a Core that asks its database. */
async function measureCore(): Promise<Measured> {
	const core = await spawnIntry({ ROLE: "core", ENVIRONMENTS: "PROD" });
	return measure("a Core, list of units", core, "/api/admin/units");
}

/** One request after the other, alternately without and with the proxy, so that both see the same machine. */
async function measure(name: string, upstream: Spawned, path: string): Promise<Measured> {
	const proxy = await spawnIntry({ ROLE: "proxy", CORE_URLS: `PROD=${upstream.url}` });
	const clients = [new Client(upstream.url), new Client(proxy.url)] as const;
	const times: readonly [number[], number[]] = [[], []];
	for (let round = 0; round <= ROUNDS; round += 1) {
		for (const [index, client] of clients.entries()) {
			const taken = await time(client, path, round === 0 ? WARM_UP : REQUESTS);
			if (round > 0) times[index === 0 ? 0 : 1].push(...taken);
		}
	}
	for (const client of clients) await client.close();
	await proxy.kill();
	await upstream.kill();
	return { name, direct: times[0], proxied: times[1] };
}

/** Milliseconds of each request. */
async function time(client: Client, path: string, count: number): Promise<readonly number[]> {
	const taken: number[] = [];
	for (let index = 0; index < count; index += 1) {
		const started = performance.now();
		const { statusCode, body } = await client.request({ path, method: "GET", headers: HEADERS });
		await body.dump();
		taken.push(performance.now() - started);
		if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
	}
	return taken;
}

/** A real Core whose data are in a folder, killed as by a power cut. */
async function killCore(): Promise<KillResult> {
	const folder = await mkdtemp(join(tmpdir(), "intry-bench-"));
	const env = { ROLE: "core", ENVIRONMENTS: "PROD", DATA_FOLDER: folder };
	const upstream = await spawnIntry(env);
	const { port } = new URL(upstream.url);
	const proxy = await spawnIntry({ ROLE: "proxy", CORE_URLS: `PROD=${upstream.url}`, UPSTREAM_TIMEOUT_MS: "2000" });
	const result = await killUpstream({
		url: proxy.url,
		headers: HEADERS,
		clients: CLIENTS,
		upstream,
		restart: () => spawnIntry({ ...env, PORT: port }),
		phaseMs: PHASE_MS,
	});
	await proxy.kill();
	await result.again.kill();
	await rm(folder, { recursive: true, force: true });
	return result;
}

async function render(all: readonly Measured[], { before, away, after }: KillResult): Promise<string> {
	const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
	const rows = all.map(({ name, direct, proxied }) => {
		const [a, b] = [summary(direct), summary(proxied)];
		return `| ${name} | ${a.median} | ${b.median} | **${(b.median - a.median).toFixed(3)}** | ${a.late} | ${b.late} |`;
	});
	const told = Object.entries({ "before the kill": before, "while it is away": away, "after the restart": after });
	const counts = told.map(([name, statuses]) => `| ${name} | ${JSON.stringify(statuses)} |`);
	return `# The admin proxy of Intry

Written by \`node bench/intry/proxy.ts ${ROUNDS} ${REQUESTS}\`. holdfast ${version} · Node ${process.versions.node} · client, proxy and what stands
behind it are three processes on two shared cores, with a load of ${loadavg()[0]?.toFixed(0)} from elsewhere when it ended.

## What it adds

${ROUNDS} rounds of ${REQUESTS} requests each, one after the other over one connection, alternately without and with the
proxy. Milliseconds.

| behind the proxy | median without | median with | added | 95 % without | 95 % with |
|---|---|---|---|---|---|
${rows.join("\n")}

## When a Core is killed

${CLIENTS} clients without a pause while the Core is killed (SIGKILL) and started again at the same address: answers by
status. \`none\` would be a request without an answer.

| phase | answers |
|---|---|
${counts.join("\n")}
`;
}

function summary(times: readonly number[]): { readonly median: number; readonly late: number } {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (share: number): number => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(3));
	return { median: at(0.5), late: at(0.95) };
}

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadGateway } from "../../contracts/gateway/check-gateway.ts";
import { check } from "../../src/check/run.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Run } from "../../src/finding/run.ts";
import { readVersion } from "../../src/finding/version.ts";
import { inferModel } from "../../src/model/infer.ts";
import { startGateway } from "../../src/reference/gateway/start.ts";
import { crudDocument } from "./crud-document.ts";
import { serveApart } from "./served.ts";

/**
 * What a check costs: its own processor time for each exchange (generation, judging and all), and how long it takes, for
 * the gateway and for 200 operations of modelled CRUD; beside it Schemathesis and Dredd on the gateway's document, where
 * they are installed. Writes `bench/check/RESULTS.md`.
 *
 *   node bench/check/run.ts [--schemathesis PROGRAM] [--dredd PROGRAM]
 */
const RESOURCES = 40;
const SAMPLES = 3;
const SPEC = fileURLToPath(new URL("../../spec/gateway/openapi.yaml", import.meta.url));
const KEY = "admin-key-of-the-measured-gateway";

interface Cost {
	readonly name: string;
	readonly exchanges: number;
	readonly seconds: number;
	/** Of the checking process alone; undefined where it is another program. */
	readonly cpuMs: number;
	readonly found: string;
}

const folder = mkdtempSync(join(tmpdir(), "bench-check-"));
try {
	const costs = [await measureGateway(), await measureCrud(), ...(await measurePeers())];
	writeFileSync(new URL("RESULTS.md", import.meta.url), render(costs));
} finally {
	rmSync(folder, { recursive: true });
}

/** The median of several runs, by their time. */
async function median(name: string, runOnce: () => Promise<Run>): Promise<Cost> {
	const costs: Cost[] = [];
	for (let sample = 0; sample < SAMPLES; sample++) {
		const from = performance.now();
		const before = process.cpuUsage();
		const run = await runOnce();
		const { user, system } = process.cpuUsage(before);
		const exchanges = run.phases.reduce((sum, phase) => sum + phase.exchanges, 0);
		const agreed = run.claims.filter(({ verdict }) => verdict === "agrees").length;
		const found = `${run.findings.length} findings, ${agreed} of ${run.claims.length} claims agree`;
		costs.push({ name, exchanges, seconds: (performance.now() - from) / 1_000, cpuMs: (user + system) / 1_000, found });
		console.log(costs.at(-1));
	}
	const sorted = costs.toSorted((a, b) => a.seconds - b.seconds);
	return sorted[Math.floor(SAMPLES / 2)] as Cost;
}

async function lastOf(events: ReturnType<typeof check>): Promise<Run> {
	for await (const event of events) if (event.kind === "finished") return event.run;
	throw new Error("the check ended without a run");
}

async function measureGateway(): Promise<Cost> {
	const { contract, model } = await loadGateway();
	const gateway = await startGateway({ adminKey: KEY });
	const headers = { "X-Admin-API-Key": KEY };
	const options = { contract, model, target: gateway.url, api: "gateway", headers, disposable: true };
	const cost = await median("the gateway, all phases (server in the same process)", () => lastOf(check(options)));
	await gateway.close();
	return cost;
}

async function measureCrud(): Promise<Cost> {
	const file = join(folder, "crud.json");
	writeFileSync(file, crudDocument(RESOURCES));
	const contract = await loadContract({ spec: file });
	const served = await serveApart(file);
	const options = { contract, model: inferModel(contract), target: served.url, api: "crud" };
	const cost = await median(`${RESOURCES * 5} operations of CRUD, all phases (server apart)`, () =>
		lastOf(check(options)),
	);
	served.close();
	return cost;
}

/** Programs of others on the gateway's document, each with the gateway of its own. */
async function measurePeers(): Promise<readonly Cost[]> {
	const costs: Cost[] = [];
	for (const [name, args] of [
		["schemathesis", (url: string) => ["run", SPEC, "--url", url, "-H", `X-Admin-API-Key: ${KEY}`]],
		["dredd", (url: string) => [SPEC, url, "--header", `X-Admin-API-Key: ${KEY}`]],
	] as const) {
		const at = process.argv.indexOf(`--${name}`);
		const program = at < 0 ? name : (process.argv[at + 1] ?? name);
		const version = spawnSync(program, ["--version"], { encoding: "utf8" });
		if (version.error !== undefined) {
			console.log(`${name} is not installed: its row is left out`);
			continue;
		}
		costs.push(await measurePeer(`${name} (${version.stdout.trim().split("\n")[0]})`, program, args));
	}
	return costs;
}

async function measurePeer(name: string, program: string, args: (url: string) => readonly string[]): Promise<Cost> {
	const served = await serveApartGateway();
	const from = performance.now();
	const time = "/usr/bin/time";
	const { stdout, stderr } = spawnSync(time, ["-f", "%U %S", program, ...args(served.url)], {
		encoding: "utf8",
		// What it leaves behind goes with the folder.
		cwd: folder,
	});
	const seconds = (performance.now() - from) / 1_000;
	const [user = 0, system = 0] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
	const exchanges = served.count();
	await served.close();
	const summary =
		`${stdout}${stderr}`.match(/\d+ passing, \d+ failing|\d+ generated, [^\n]*/)?.[0].trim() ?? "see its own report";
	return { name, exchanges, seconds, cpuMs: (user + system) * 1_000, found: summary };
}

/** A gateway that counts what it is asked; spawnSync stops this process, so it runs in another. */
async function serveApartGateway(): Promise<{ url: string; count: () => number; close: () => Promise<void> }> {
	const { startCounted } = await import("./counted-gateway.ts");
	return startCounted(KEY, join(folder, `count-${performance.now()}`));
}

function render(costs: readonly Cost[]): string {
	const rows = costs.map(({ name, exchanges, seconds, cpuMs, found }) => {
		const each = exchanges === 0 ? "" : (cpuMs / exchanges).toFixed(2);
		return `| ${name} | ${exchanges} | ${seconds.toFixed(1)} | ${(cpuMs / 1_000).toFixed(1)} | ${each} | ${found} |`;
	});
	return `# What a check costs

Median of ${SAMPLES} runs by time; processor time is that of the checking process. Where the server runs in the same process its
time is counted too. The programs of others run as they come: the document, the address and the credential are all they
are given, and Dredd has no hooks that set up what it asks for. Written by \`node bench/check/run.ts\`.

holdfast ${readVersion()} · Node ${process.versions.node} · ${cpus()[0]?.model ?? "unknown"} × ${cpus().length}

| what | exchanges | s | CPU s | CPU ms an exchange | result |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
}

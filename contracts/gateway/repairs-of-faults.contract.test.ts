import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { Finding } from "../../src/finding/finding.ts";
import type { Run } from "../../src/finding/run.ts";
import { inferModel } from "../../src/model/infer.ts";
import { GATEWAY_FAULTS } from "../../src/reference/gateway/faults.ts";
import { startGateway } from "../../src/reference/gateway/start.ts";
import type { RunningServer } from "../../src/reference/process/run-server.ts";
import { renderOverlay } from "../../src/report/repair-overlay.ts";
import { type RepairTrial, type TriedRepair, tryRepairTests } from "../repair-trial.ts";
import { checkGateway, loadGateway } from "./check-gateway.ts";

const ADMIN_KEY = "admin-key-of-the-repaired-faults";
const gateway = await loadGateway();

interface Found {
	readonly name: string;
	readonly run: Run;
	readonly finding: Finding;
}

/** All of them are tried with `REPAIRS_ALL=1`: each is a check or two. */
const CHOSEN: readonly string[] = [
	"created-answers-201",
	"missing-app-as-text",
	"unknown-event-accepted",
	"remove-by-prefix",
	"dial-ignores-allow-list",
	"health-without-key",
	"events-dropped",
];
const phases = ["values", "experiments"] as const;
const faults = GATEWAY_FAULTS.filter(({ name }) => process.env.REPAIRS_ALL === "1" || CHOSEN.includes(name));

let folder = "";
const found: Found[] = [];
const servers: RunningServer[] = [];
beforeAll(async () => {
	folder = await mkdtemp(join(process.cwd(), ".repairs-"));
	for (const { name, expects } of faults) {
		const operations = [...new Set([expects.operation, "upsertApp", "getApp", "replaceCids", "listCids"])];
		const run = await checkGateway(
			gateway,
			{ cidsPut: "replace", faults: [name] },
			{ operations, phases, settleMs: 100 },
		);
		for (const finding of run.findings) found.push({ name, run, finding });
	}
}, 200_000);
afterAll(async () => {
	for (const server of servers) await server.close();
	await rm(folder, { recursive: true });
});

test("every generated test fails on the fault, and passes on the gateway that keeps its promise", async () => {
	const start = async (faults: readonly string[]): Promise<string> => {
		const server = await startGateway({ adminKey: ADMIN_KEY, cidsPut: "replace", faults });
		servers.push(server);
		return server.url;
	};
	const good = await start([]);
	const trials: RepairTrial[] = [];
	for (const { name, run, finding } of found)
		trials.push({ name: `${name} ${finding.fingerprint}`, run, finding, faulty: await start([name]), good });
	const tried = await tryRepairTests(folder, trials, { ADMIN_KEY });
	const wrong = tried.filter(
		({ why, onFaulty, onGood }: TriedRepair) => why === undefined && (onFaulty !== "failed" || onGood !== "passed"),
	);
	expect(wrong).toEqual([]);
	expect(tried.filter(({ why }) => why === undefined).length).toBeGreaterThan(faults.length / 2);
});

test("every overlay makes the check agree", async () => {
	const left: string[] = [];
	for (const { name, run, finding } of found) {
		const overlay = renderOverlay(run, finding);
		if (overlay === undefined) continue;
		const file = join(folder, "repair.overlay.yaml");
		await writeFile(file, overlay);
		const contract = await loadContract({
			spec: "spec/gateway/openapi.yaml",
			overlays: ["spec/gateway/behaviour.overlay.yaml", file],
		});
		const operations = [finding.operation.id, "upsertApp", "getApp", "replaceCids", "listCids"];
		const mended = await checkGateway(
			{ contract, model: inferModel(contract) },
			{ cidsPut: "replace", faults: [name] },
			{ operations, phases, settleMs: 100 },
		);
		const same = mended.findings.filter(
			({ rule, operation, subject }) =>
				rule === finding.rule && operation.id === finding.operation.id && subject === finding.subject,
		);
		left.push(...same.map(({ documented, observed }) => `${name}: documented ${documented}, observed ${observed}`));
	}
	expect(left).toEqual([]);
});

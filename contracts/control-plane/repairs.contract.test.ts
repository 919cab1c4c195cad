import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { Finding } from "../../src/finding/finding.ts";
import type { Run } from "../../src/finding/run.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { ControlPlaneFault } from "../../src/reference/control-plane/faults.ts";
import { startControlPlane } from "../../src/reference/control-plane/start.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";
import { renderOverlay } from "../../src/report/repair-overlay.ts";
import { tryRepairTests } from "../repair-trial.ts";
import { checkControlPlane, loadControlPlane, OVERLAY, SPEC, TOKENS } from "./check-control-plane.ts";

const FAULT: ControlPlaneFault = "redirects-not-stored";
const options = { operations: ["createProject", "getProject"], phases: ["experiments"], settleMs: 100 } as const;

let folder = "";
let run: Run;
let finding: Finding;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
	folder = await mkdtemp(join(process.cwd(), ".repairs-"));
	run = await checkControlPlane(await loadControlPlane(), { faults: [FAULT] }, options);
	finding = run.findings.find(({ subject }) => subject === "redirects") as Finding;
});
afterAll(async () => {
	for (const close of closing) await close();
	await rm(folder, { recursive: true });
});

async function start(faults: readonly ControlPlaneFault[]): Promise<string> {
	const database = await openSampleDatabase();
	const { url, close } = await startControlPlane({ ...TOKENS, database, faults });
	closing.push(async () => {
		await close();
		await database.close();
	});
	return url;
}

test("the generated test makes what it needs, fails on the fault, and passes without it", async () => {
	const trial = { name: FAULT, run, finding, faulty: await start([FAULT]), good: await start([]) };
	const credentials = { ADMIN_TOKEN: TOKENS.adminToken, AUTHORIZATION: TOKENS.adminToken };
	expect(await tryRepairTests(folder, [trial], credentials)).toEqual([
		{ name: FAULT, onFaulty: "failed", onGood: "passed" },
	]);
});

test("the overlay makes the check agree", async () => {
	const file = join(folder, "repair.overlay.yaml");
	await writeFile(file, renderOverlay(run, finding) ?? "");
	const contract = await loadContract({ spec: SPEC, overlays: [OVERLAY, file] });
	const mended = await checkControlPlane({ contract, model: inferModel(contract) }, { faults: [FAULT] }, options);
	expect(mended.findings.filter(({ subject }) => subject === "redirects")).toEqual([]);
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { Finding } from "../../src/finding/finding.ts";
import type { Run } from "../../src/finding/run.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { IntegraFault } from "../../src/reference/integra/faults.ts";
import { startIntegra } from "../../src/reference/integra/start.ts";
import { renderOverlay } from "../../src/report/repair-overlay.ts";
import { tryRepairTests } from "../repair-trial.ts";
import { ADMIN_KEY, checkIntegra, loadIntegra, OVERLAY, SETTINGS, SPEC } from "./check-integra.ts";

const FAULT: IntegraFault = "revoke-does-nothing";
const options = { operations: ["createApiKey", "listApiKeys", "revokeApiKey"], phases: ["experiments"] } as const;

let folder = "";
let run: Run;
let finding: Finding;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
	folder = await mkdtemp(join(process.cwd(), ".repairs-"));
	run = await checkIntegra(await loadIntegra(), { faults: [FAULT] }, options);
	finding = run.findings.find(({ operation }) => operation.id === "revokeApiKey") as Finding;
});
afterAll(async () => {
	for (const close of closing) await close();
	await rm(folder, { recursive: true });
});

async function start(faults: readonly IntegraFault[]): Promise<string> {
	const { url, close } = await startIntegra({ ...SETTINGS, faults });
	closing.push(close);
	return url;
}

test("the generated test makes what it needs, fails on the fault, and passes without it", async () => {
	const trial = { name: FAULT, run, finding, faulty: await start([FAULT]), good: await start([]) };
	expect(await tryRepairTests(folder, [trial], { ADMIN_KEY })).toEqual([
		{ name: FAULT, onFaulty: "failed", onGood: "passed" },
	]);
});

test("the overlay makes the check agree", async () => {
	const file = join(folder, "repair.overlay.yaml");
	await writeFile(file, renderOverlay(run, finding) ?? "");
	const contract = await loadContract({ spec: SPEC, overlays: [OVERLAY, file] });
	const mended = await checkIntegra({ contract, model: inferModel(contract) }, { faults: [FAULT] }, options);
	expect(mended.findings.map(({ fingerprint }) => fingerprint)).not.toContain(finding.fingerprint);
});

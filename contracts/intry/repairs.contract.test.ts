import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { Finding } from "../../src/finding/finding.ts";
import type { Run } from "../../src/finding/run.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Database } from "../../src/reference/database/database.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";
import { renderOverlay } from "../../src/report/repair-overlay.ts";
import { tryRepairTests } from "../repair-trial.ts";
import { checkIntry, loadIntry } from "./check-intry.ts";
import { KEYS, startReference } from "./start-reference.ts";

const FAULT = "call-delete-does-nothing";
const options = {
	operations: ["createCall", "getCall", "deleteCall"],
	phases: ["experiments"],
	settleMs: 100,
} as const;

let folder = "";
let database: Database;
let run: Run;
let finding: Finding;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
	folder = await mkdtemp(join(process.cwd(), ".repairs-"));
	database = await openSampleDatabase();
	run = await checkIntry(await loadIntry(), { faults: [FAULT], database }, options);
	finding = run.findings.find(({ operation }) => operation.id === "deleteCall") as Finding;
});
afterAll(async () => {
	for (const close of closing) await close();
	await database.close();
	await rm(folder, { recursive: true });
});

async function start(faults: readonly string[]): Promise<string> {
	const { url, close } = await startReference({ faults, environments: ["PROD"] });
	closing.push(close);
	return url;
}

test("the generated test makes what it needs, fails on the fault, and passes without it", async () => {
	const trial = { name: FAULT, run, finding, faulty: await start([FAULT]), good: await start([]) };
	expect(await tryRepairTests(folder, [trial], { API_KEY: KEYS.adminKey })).toEqual([
		{ name: FAULT, onFaulty: "failed", onGood: "passed" },
	]);
});

test("the overlay makes the check agree", async () => {
	const file = join(folder, "repair.overlay.yaml");
	await writeFile(file, renderOverlay(run, finding) ?? "");
	const overlays = ["spec/intry/behaviour.overlay.yaml", file];
	const contract = await loadContract({ spec: "spec/intry/admin.yaml", overlays });
	const described = { contract, model: inferModel(contract) };
	const mended = await checkIntry(described, { faults: [FAULT], database }, options);
	expect(mended.findings.map(({ fingerprint }) => fingerprint)).not.toContain(finding.fingerprint);
});

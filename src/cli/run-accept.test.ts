import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyLedger } from "../finding/apply-ledger.ts";
import { loadLedger } from "../finding/load-ledger.ts";
import { DRIFT, KNOWN, SAMPLE } from "../finding/sample-run.ts";
import { renderJson } from "../report/json.ts";
import { runCli } from "./run-cli.ts";
import { testIo } from "./sample-io.ts";

let folder = "";
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "holdfast-accept-"));
	await writeFile(join(folder, "run.json"), renderJson(SAMPLE));
});
afterEach(() => rm(folder, { recursive: true }));

const accept = async (...args: readonly string[]): Promise<{ code: number; out: string; err: string }> => {
	const io = testIo({ cwd: folder, environment: {} });
	const code = await runCli(["accept", "run.json", "--no-config", ...args], io);
	return { code, ...io.written };
};

test("what is accepted is known to the next check, and what stood in the ledger stays", async () => {
	await writeFile(join(folder, "ledger.yaml"), "# ours\nknown: [] # none yet\n");
	const { code, out } = await accept(
		"--ledger",
		"ledger.yaml",
		"--reason",
		"it is meant so",
		"--expires",
		"2027-01-31",
	);
	expect({ code, out }).toEqual({ code: 0, out: `${SAMPLE.contract.api}: 1 drift is known now, in ledger.yaml\n` });
	expect(await readFile(join(folder, "ledger.yaml"), "utf8")).toContain("# ours");
	const ledger = await loadLedger("ledger.yaml", folder);
	const { findings } = applyLedger([DRIFT], [], ledger, "2026-11-21");
	expect(findings[0]?.known).toMatchObject({ reason: "it is meant so", since: "2026-11-21", expires: "2027-01-31" });
});

test("accepting once more adds nothing that is known", async () => {
	const known = { ...SAMPLE, findings: [KNOWN] };
	await writeFile(join(folder, "run.json"), renderJson(known));
	const { out } = await accept("--ledger", "ledger.yaml", "--reason", "r");
	expect(out).toBe(`${SAMPLE.contract.api}: nothing new to accept\n`);
});

test.each<[args: readonly string[], message: string]>([
	[["--ledger", "l.yaml"], "a known drift needs a reason"],
	[["--reason", "r"], "nothing says where the ledger"],
	[["--reason", "r", "--ledger", "l.yaml", "--only", "000000"], "no finding 000000 stands in run.json"],
])("%j is a mistake", async (args, message) => {
	const { code, err } = await accept(...args);
	expect(code).toBe(2);
	expect(err).toContain(message);
});

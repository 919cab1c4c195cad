import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import type { Finding } from "../../src/finding/finding.ts";
import { loadLedger } from "../../src/finding/load-ledger.ts";
import type { Run } from "../../src/finding/run.ts";
import { inferModel } from "../../src/model/infer.ts";
import { startGateway } from "../../src/reference/gateway/start.ts";
import { renderIssue } from "../../src/report/repair-issue.ts";
import { renderOverlay } from "../../src/report/repair-overlay.ts";
import { renderTest } from "../../src/report/repair-test.ts";
import { checkGateway, loadGateway } from "./check-gateway.ts";

const ADMIN_KEY = "admin-key-of-the-repaired-gateway";
const only = { operations: ["replaceCids"], phases: ["experiments"] } as const;

let folder = "";
let run: Run;
let drift: Finding;
beforeAll(async () => {
	// Inside the project, so that the generated test finds Vitest.
	folder = await mkdtemp(join(process.cwd(), ".repairs-"));
	run = await checkGateway(await loadGateway(), {}, only);
	drift = run.findings[0] as Finding;
});
afterAll(() => rm(folder, { recursive: true }));

test("the overlay makes the document tell the truth: the check agrees, and the ledger's entry is stale", async () => {
	expect(run.findings.map(({ documented, observed }) => [documented, observed])).toEqual([["replace", "append"]]);
	const file = join(folder, "repair.overlay.yaml");
	await writeFile(file, renderOverlay(run, drift) ?? "");
	const contract = await loadContract({
		spec: "spec/gateway/openapi.yaml",
		overlays: ["spec/gateway/behaviour.overlay.yaml", file],
	});
	const ledger = await loadLedger("contracts/gateway/known-drift.yaml");
	const mended = await checkGateway({ contract, model: inferModel(contract) }, {}, { ...only, ledger });
	expect(mended.findings).toEqual([]);
	const claim = mended.claims.find(({ operation, law }) => operation.id === "replaceCids" && law === "append");
	expect(claim?.verdict).toBe("agrees");
	expect(mended.ledger).toMatchObject([{ kind: "stale", message: expect.stringContaining("the document says now") }]);
	const operation = contract.operations.find(({ id }) => id === "replaceCids");
	expect(operation?.description).toMatch(
		/An empty array clears the list\.[\s\S]*\n\nIn fact it adds what is missing and keeps the rest\.$/,
	);
});

test("the generated test fails on the gateway as it is, and passes on the one that keeps its promise", async () => {
	const generated = renderTest(run, drift);
	if (generated.kind === "none") throw new Error(generated.why);
	await writeFile(join(folder, "repair.test.ts"), generated.text);
	const appending = await runGenerated("append");
	expect(appending.output).toContain("1 failed");
	// It is the promise that fails, and no step before it.
	expect(appending.output).toContain("expect(answer3.body).toHaveLength(1)");
	expect(appending.code).toBe(1);
	expect(await runGenerated("replace")).toMatchObject({ code: 0, output: expect.stringContaining("1 passed") });
	// Once more on the same server: it meets nothing of the run before.
	expect(await runGenerated("replace", 2)).toMatchObject({ code: 0 });
});

test("the bug to file tells both sides, and how to see it", () => {
	const issue = renderIssue(run, drift);
	expect(issue).toContain(
		"# Bug: PUT /admin/apps/{app\\_id}/cids: documented replace, observed append".replaceAll("\\_", "_"),
	);
	expect(issue).toContain("> Replace the allow-list");
	expect(issue).toMatch(/curl -g -X PUT "\$TARGET"'/);
	const docs = renderIssue(run, { ...drift, repair: { ...drift.repair, first: "document" } });
	expect(docs.indexOf("# Docs:")).toBe(0);
	expect(docs.indexOf("1. Correct the document")).toBeGreaterThan(0);
});

async function runGenerated(
	cidsPut: "append" | "replace",
	times = 1,
): Promise<{ readonly code: number | null; readonly output: string }> {
	const gateway = await startGateway({ adminKey: ADMIN_KEY, cidsPut });
	try {
		for (let round = 1; round < times; round++) await vitest(gateway.url);
		return await vitest(gateway.url);
	} finally {
		await gateway.close();
	}
}

function vitest(target: string): Promise<{ readonly code: number | null; readonly output: string }> {
	const program = resolve("node_modules/vitest/vitest.mjs");
	const { VITEST: _, ...environment } = process.env;
	const env = { ...environment, TARGET: target, ADMIN_KEY, NO_COLOR: "1" };
	return new Promise((done) => {
		execFile(process.execPath, [program, "run", "--root", folder], { env, cwd: folder }, (error, out, err) => {
			done({ code: error === null ? 0 : Number(error.code), output: out + err });
		});
	});
}

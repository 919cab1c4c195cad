import { expect, test } from "vitest";
import { compareRuns } from "./compare-runs.ts";
import type { Finding } from "./finding.ts";
import type { Run } from "./run.ts";
import { AGREEING, DRIFT, KNOWN, SAMPLE } from "./sample-run.ts";

const run = (...findings: readonly Finding[]): Run => ({ ...SAMPLE, findings });
const flaky: Finding = { ...DRIFT, flaky: { seen: 1, runs: 4 } };
const wider: Finding = { ...DRIFT, consequences: ["GET /x too"] };
const surprise: Finding = { ...DRIFT, level: "surprise" };
const otherwise: Finding = { ...DRIFT, observed: "ignore", fingerprint: "aaaaaa" };

test.each<[string, Finding, Run | undefined, string]>([
	["what no ledger knows is new", DRIFT, undefined, "new"],
	["what a ledger knows is known", KNOWN, undefined, "known"],
	["what comes and goes is flaky", flaky, undefined, "flaky"],
	["what was not there before is new", DRIFT, run(), "new"],
	["what was there before stands", DRIFT, run(DRIFT), "standing"],
	["what was there and is known is known", KNOWN, run(DRIFT), "known"],
	["what reaches further has grown, known or not", { ...KNOWN, consequences: ["GET /x too"] }, run(KNOWN), "grown"],
	["what was a surprise and is drift has grown", DRIFT, run(surprise), "grown"],
	["what shows otherwise has grown", otherwise, run(DRIFT), "grown"],
	["what reaches less far has not grown", DRIFT, run(wider), "standing"],
	[
		"a place of another operation is another",
		DRIFT,
		run({ ...DRIFT, operation: { ...DRIFT.operation, id: "x" } }),
		"new",
	],
])("%s", (_, finding, since, standing) => {
	expect(compareRuns(run(finding), since).findings.map((one) => one.standing)).toEqual([standing]);
});

test("says how it has grown", () => {
	expect(compareRuns(run(otherwise), run(DRIFT)).findings[0]?.grown).toBe("observed before: append");
	expect(compareRuns(run(wider), run(DRIFT)).findings[0]?.grown).toBe("reaches further: GET /x too");
});

const shape: Finding = { ...DRIFT, rule: "undocumented-field", documented: "no such field", observed: "present" };
const uncovered = {
	...SAMPLE.coverage,
	operations: SAMPLE.coverage.operations.map((one) => ({ ...one, exchanges: 0, skipped: "excluded" })),
};

test.each<[string, Finding, Run, boolean, string]>([
	[
		"whose claim agrees is gone",
		DRIFT,
		{ ...run(), claims: [AGREEING] },
		true,
		"the service does what is documented now",
	],
	[
		"whose claim is undecided may still be there",
		DRIFT,
		{ ...run(), claims: [{ ...AGREEING, verdict: "undecided", reason: "budget spent" }] },
		false,
		"budget spent",
	],
	["of an answer is gone where it was answered again", shape, run(), true, "it did not show again"],
	["of an answer may be there where nothing was asked", shape, { ...run(), coverage: uncovered }, false, "excluded"],
	[
		"of an operation that is not documented any more is gone",
		shape,
		{ ...run(), coverage: { operations: [] } },
		true,
		"the operation is not documented any more",
	],
])("a finding %s", (_, finding, now, decided, why) => {
	expect(compareRuns(now, run(finding)).gone).toEqual([{ finding, decided, why }]);
});

test("what only shows otherwise is not gone", () => {
	expect(compareRuns(run(otherwise), run(DRIFT)).gone).toEqual([]);
});

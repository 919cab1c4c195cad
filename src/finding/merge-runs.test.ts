import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeRuns } from "./merge-runs.ts";
import { parseRuns } from "./parse-run.ts";
import type { ClaimResult, LedgerNote, Run } from "./run.ts";
import { AGREEING, DRIFT, KNOWN, SAMPLE, UNDECIDED } from "./sample-run.ts";

const unlooked: ClaimResult = { ...AGREEING, verdict: "undecided", reason: "not selected" };
const merge = (...runs: readonly Run[]): Run => {
	const [merged, ...others] = mergeRuns(runs);
	expect(others).toEqual([]);
	return merged as Run;
};

test("a run by itself stays as it is", () => {
	expect(mergeRuns([SAMPLE])).toEqual([SAMPLE]);
	expect(mergeRuns([])).toEqual([]);
});

test("runs of several APIs stay apart", () => {
	const other = { ...SAMPLE, contract: { ...SAMPLE.contract, api: "other" } };
	expect(mergeRuns([SAMPLE, other, SAMPLE]).map(({ contract }) => contract.api)).toEqual(["gateway", "other"]);
});

test.each<[string, readonly ClaimResult[], readonly ClaimResult[], readonly string[]]>([
	["what one part decided is decided", [unlooked], [AGREEING], ["agrees"]],
	["whichever part it was", [AGREEING], [unlooked], ["agrees"]],
	["drift goes before agreement", [AGREEING], SAMPLE.claims.slice(0, 1), ["drift"]],
	["claims of both are there", [AGREEING], [UNDECIDED], ["agrees", "undecided"]],
	["a sentence that is said twice is said twice", [AGREEING, unlooked], [unlooked, AGREEING], ["agrees", "agrees"]],
])("%s", (_, a, b, verdicts) => {
	const merged = merge({ ...SAMPLE, claims: a }, { ...SAMPLE, claims: b });
	expect(merged.claims.map(({ verdict }) => verdict)).toEqual(verdicts);
});

test("a finding of both parts is one, and coverage and phases add up", () => {
	const merged = merge(SAMPLE, { ...SAMPLE, findings: [KNOWN, { ...DRIFT, fingerprint: "aaaaaa" }] });
	expect(merged.findings.map(({ fingerprint, known }) => [fingerprint, known !== undefined])).toEqual([
		["3f9c1a", true],
		["aaaaaa", false],
	]);
	expect(merged.coverage.operations[0]).toMatchObject({
		exchanges: 80,
		statuses: [{ status: "200", seen: 60 }, { seen: 0 }],
	});
	expect(merged.coverage.operations[1]?.skipped).toBe("excluded by --exclude");
	expect(merged.phases.map(({ exchanges, ran }) => [exchanges, ran])).toEqual([
		[36, true],
		[192, true],
		[0, false],
	]);
});

test("a phase that one part ran has run, and an operation that one part called was called", () => {
	const [first, second] = SAMPLE.coverage.operations as [
		(typeof SAMPLE.coverage.operations)[0],
		(typeof SAMPLE.coverage.operations)[0],
	];
	const called = { ...second, skipped: undefined, exchanges: 3 };
	const phases = SAMPLE.phases.map((phase) => ({ ...phase, ran: true as const }));
	const { skipped: _, ...rest } = called;
	const merged = merge(SAMPLE, { ...SAMPLE, phases, coverage: { operations: [first, rest] } });
	expect(merged.phases[2]?.ran).toBe(true);
	expect(merged.coverage.operations[1]).not.toHaveProperty("skipped");
});

const note = (kind: LedgerNote["kind"]): LedgerNote => ({
	kind,
	message: kind,
	file: "contracts/gateway/known-drift.yaml",
	line: 5,
});
test.each<[string, Run, Run, readonly string[]]>([
	[
		"undecided in one and met in the other is met",
		{ ...SAMPLE, ledger: [note("undecided")] },
		{ ...SAMPLE, findings: [KNOWN] },
		[],
	],
	[
		"undecided in one and stale in the other is stale",
		{ ...SAMPLE, ledger: [note("undecided")] },
		{ ...SAMPLE, ledger: [note("stale")] },
		["stale"],
	],
	[
		"stale in one and met in the other is met",
		{ ...SAMPLE, ledger: [note("stale")] },
		{ ...SAMPLE, findings: [KNOWN] },
		[],
	],
	[
		"expired in both is expired once",
		{ ...SAMPLE, ledger: [note("expired")] },
		{ ...SAMPLE, ledger: [note("expired")] },
		["expired"],
	],
])("an entry of the ledger that is %s", (_, a, b, kinds) => {
	expect(merge({ ...a, findings: a.findings.filter(({ known }) => known) }, b).ledger.map(({ kind }) => kind)).toEqual(
		kinds,
	);
});

test("parts in any order are one run, and a run", () => {
	const parts = SAMPLE.claims.map(
		(claim, index): Run => ({ ...SAMPLE, claims: [claim], findings: index === 0 ? [DRIFT] : [] }),
	);
	fc.assert(
		fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (order) => {
			const merged = merge(...order);
			expect(new Set(merged.claims.map(({ verdict }) => verdict))).toEqual(new Set(["drift", "undecided"]));
			expect(merged.findings).toEqual([DRIFT]);
			expect(parseRuns(JSON.stringify(merged), "m")).toHaveLength(1);
		}),
	);
});

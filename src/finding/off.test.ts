import { expect, test } from "vitest";
import { leaveOut } from "./off.ts";
import { DRIFT } from "./sample-run.ts";

const findings = [DRIFT];
const matches = (glob: string, { id }: { id: string }): boolean => glob === id;

test("a rule that is switched off leaves out its findings, and says how many and why", () => {
	const off = [{ rule: DRIFT.rule, operation: DRIFT.operation.id, reason: "it is meant so" }];
	const left = leaveOut(findings, off, matches);
	expect(left.findings).toEqual([]);
	expect(left.notes).toEqual([
		`${DRIFT.rule} is switched off for ${DRIFT.operation.id}: it is meant so (1 finding left out)`,
	]);
});

test("elsewhere it leaves out nothing", () => {
	const off = [{ rule: DRIFT.rule, operation: "another", reason: "it is meant so" }];
	const left = leaveOut(findings, off, matches);
	expect(left.findings).toEqual(findings);
	expect(left.notes).toEqual(["effect is switched off for another: it is meant so (nothing left out)"]);
});

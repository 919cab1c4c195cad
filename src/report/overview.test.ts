import { expect, test } from "vitest";
import { SAMPLE } from "../finding/sample-run.ts";
import { renderOverview } from "./overview.ts";
import { summarize } from "./summary.ts";

test("several runs are one table, in columns, a line each", () => {
	const other = { ...SAMPLE, contract: { ...SAMPLE.contract, api: "an-api-with-a-long-name" }, findings: [] };
	const lines = renderOverview([SAMPLE, other]).split("\n");
	expect(new Set(lines.slice(0, -1).map(({ length }) => length)).size).toBe(1);
	expect(lines.slice(1, 3).map((line) => line.trim().split(/\s{3,}/)[0])).toEqual([
		SAMPLE.contract.api,
		"an-api-with-a-long-name",
	]);
	const { claims, agree, undecided, newFindings, knownFindings } = summarize(SAMPLE);
	expect(newFindings + knownFindings).toBeGreaterThan(0);
	const cells = (lines[1] ?? "").trim().split(/\s{3,}/);
	expect(cells.slice(1, 6)).toEqual([claims, agree, undecided, newFindings, knownFindings].map(String));
	expect(
		(lines[2] ?? "")
			.trim()
			.split(/\s{3,}/)
			.slice(4, 6),
	).toEqual(["0", "0"]);
});

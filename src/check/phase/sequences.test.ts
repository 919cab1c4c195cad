import { describe, expect, test } from "vitest";
import { articles } from "../fixture/articles.ts";
import { checkService, linesOf } from "../fixture/check-service.ts";
import { HISTORY_FAULTS } from "../fixture/history-faults.ts";
import { serve } from "../fixture/serve.ts";

describe("random sequences find that", () => {
	test.each(Object.entries(HISTORY_FAULTS))("%s", async (_, turn) => {
		const options = { phases: ["experiments"] as const };
		const foreseen = await checkService("articles.yaml", await serve(articles(turn)), options);
		expect(linesOf(foreseen)).toEqual([]);
		const run = await checkService("articles.yaml", await serve(articles(turn)), {
			phases: ["experiments", "sequences"],
			seed: 3,
		});
		expect(linesOf(run).length).toBe(1);
		expect(run.findings[0]?.evidence.length).toBeLessThanOrEqual(7);
		expect(run.findings[0]?.level).toBe("drift");
	});

	test("the same seed and run id give the same finding", async () => {
		const [turn] = Object.values(HISTORY_FAULTS);
		if (turn === undefined) throw new Error("there are faults");
		const runs = [1, 2].map(async () => {
			const options = { phases: ["experiments", "sequences"] as const, seed: 3 };
			return checkService("articles.yaml", await serve(articles(turn)), options);
		});
		const [first, second] = await Promise.all(runs);
		expect(first?.findings.map(({ fingerprint }) => fingerprint)).toEqual(
			second?.findings.map(({ fingerprint }) => fingerprint),
		);
	});
});

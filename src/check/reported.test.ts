import { describe, expect, test } from "vitest";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { REPORTED } from "./fixture/reported/reported.ts";
import { serve } from "./fixture/serve.ts";

const FINDINGS_MAX = 2;
const phases = ["experiments"] as const;

describe("of what users reported, the check finds that", () => {
	test.each(Object.entries(REPORTED))("%s", async (_, { document, operations, faulty, found }) => {
		const run = await checkService(`reported/${document}`, await serve(faulty()), { operations, phases });
		expect(linesOf(run)).toContain(found);
		expect(linesOf(run).length).toBeLessThanOrEqual(FINDINGS_MAX);
	});
});

describe("the same service as documented is silent where", () => {
	test.each(Object.entries(REPORTED))("%s", async (_, { document, operations, sound }) => {
		const run = await checkService(`reported/${document}`, await serve(sound()), { operations, phases });
		expect(linesOf(run)).toEqual([]);
		// That a number in a query is refused when it is too great, no model of a list tells.
		const telling = run.claims.filter(({ law }) => law !== "valid");
		expect(telling.filter(({ verdict }) => verdict !== "agrees")).toEqual([]);
		expect(telling.length).toBeGreaterThanOrEqual(2);
	});
});

import { describe, expect, test } from "vitest";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { serve } from "./fixture/serve.ts";
import { TICKET_FAULTS } from "./fixture/ticket-faults.ts";
import { TICKET_OPTIONS, tickets } from "./fixture/tickets.ts";

const FINDINGS_MAX = 2;
const PHASES = ["experiments"] as const;

describe("tickets: the check finds that", () => {
	test.each(Object.entries(TICKET_FAULTS))("%s", async (_, { turn, operations, found, phases = PHASES }) => {
		const options = { ...TICKET_OPTIONS, phases, operations: [...operations] };
		const lines = linesOf(await checkService("tickets.yaml", await serve(tickets(turn)), options));
		expect(lines).toContain(found);
		expect(lines.length).toBeLessThanOrEqual(FINDINGS_MAX);
	});
});

test("tickets are as documented", async () => {
	const run = await checkService("tickets.yaml", await serve(tickets()), TICKET_OPTIONS);
	expect(linesOf(run)).toEqual([]);
	expect(run.claims.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThanOrEqual(44);
});

import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadContract } from "../../contract/load.ts";
import { writeFiles } from "../../contract/sample-files.ts";
import { inferModel } from "../../model/infer.ts";
import { articles } from "../fixture/articles.ts";
import { checkService, linesOf } from "../fixture/check-service.ts";
import { ONE_AFTER_ANOTHER, RACE_FAULTS } from "../fixture/race-faults.ts";
import { type Routes, serve } from "../fixture/serve.ts";
import { TICKET_OPTIONS, type TicketDesk, tickets } from "../fixture/tickets.ts";
import type { CheckOptions } from "../run.ts";

const phases = ["concurrency"] as const;

/** What a run needs to judge changes of articles by an overlay of these actions. */
async function declaring(actions: readonly string[]): Promise<Partial<CheckOptions>> {
	const head = "overlay: 1.0.0\ninfo: { title: o, version: 1.0.0 }\nactions:\n";
	const cwd = writeFiles({ "o.yaml": `${head}${actions.map((action) => `  - ${action}\n`).join("")}` });
	const spec = fileURLToPath(new URL("../fixture/articles.yaml", import.meta.url));
	const contract = await loadContract({ spec, cwd, overlays: ["o.yaml"] });
	return { phases, contract, model: inferModel(contract), operations: ["changeArticle"] };
}

describe("requests at the same time show that", () => {
	test.each(Object.entries(RACE_FAULTS))("%s", async (_, { turn, found }) => {
		const run = await checkService("articles.yaml", await serve(articles(turn)), { phases });
		expect(linesOf(run)).toContain(found);
		expect(run.findings.every(({ level }) => level === "surprise")).toBe(true);
		expect(run.findings[0]?.evidence.length).toBeGreaterThan(1);
		expect(run.findings[0]?.evidence.length).toBeLessThan(9);
	});

	const ATOMIC = "{ target: $, update: { x-holdfast: { resources: { articles: { atomic: true } } } } }";
	const NOT_THIS = `{ target: "$.paths['/articles/{id}'].patch", update: { x-holdfast: { atomic: false } } }`;

	test.each([
		["drift where an overlay promises that changes are atomic", [ATOMIC], "drift"],
		["a surprise where it takes that back for the operation", [ATOMIC, NOT_THIS], "surprise"],
	])("a lost update is %s", async (_, actions, level) => {
		const { turn } = RACE_FAULTS["a change reads, waits and writes the whole"] ?? {};
		const served = await serve(articles(...(turn === undefined ? [] : [turn])));
		const { findings } = await checkService("articles.yaml", served, await declaring(actions));
		expect(findings.map((finding) => [finding.operation.id, finding.level])).toEqual([["changeArticle", level]]);
		expect(findings[0]?.because).toBe(level === "drift" ? "x-holdfast: changes of articles are atomic" : undefined);
	});

	test("what is made at the same time stands in another order than its times", async () => {
		let desk: TicketDesk | undefined;
		const routes = tickets((own) => {
			desk = own;
		});
		const late: Routes = {
			...routes,
			"POST /tickets": async (asked) => {
				const created_at = new Date().toISOString();
				await setTimeout(Math.random() * 8);
				const [status, shown, headers = {}] = (await routes["POST /tickets"]?.(asked)) ?? [500];
				const ticket = desk?.tickets.get((shown as { id?: number }).id ?? 0);
				if (ticket === undefined) return [status, shown, headers];
				desk?.tickets.set(ticket.id, { ...ticket, created_at });
				return [status, { ...(shown as object), created_at }, headers];
			},
		};
		const run = await checkService("tickets.yaml", await serve(late), { ...TICKET_OPTIONS, phases });
		expect(linesOf(run)).toEqual([]);
	});

	test("a service that is slow and does one thing after another is as documented", async () => {
		const run = await checkService("articles.yaml", await serve(articles(ONE_AFTER_ANOTHER)), { phases });
		expect(linesOf(run)).toEqual([]);
		const phase = run.phases.find(({ name }) => name === "concurrency");
		expect(phase).toMatchObject({ ran: true, findings: 0 });
		expect(phase?.exchanges).toBeGreaterThan(100);
	});
});

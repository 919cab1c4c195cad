import { describe, expect, test } from "vitest";
import type { CheckEvent } from "../finding/event.ts";
import { type Article, articles, type Shelf } from "./fixture/articles.ts";
import { checkService, eventsOf, linesOf } from "./fixture/check-service.ts";
import { type Asked, type Routes, serve } from "./fixture/serve.ts";
import { OPTIONS, TEAM_KEY, type Team, teams } from "./fixture/teams.ts";

/** Articles that tell what is asked of them and what is left in the end. */
function watched(): { routes: Routes; asked: string[]; left: () => readonly Article[] } {
	const asked: string[] = [];
	let shelf: Shelf | undefined;
	const routes = articles((given) => {
		shelf = given;
		return undefined;
	});
	const note = (route: string, { names, body }: Asked): void => {
		asked.push(`${route} ${JSON.stringify(names)} ${JSON.stringify(body)}`);
	};
	const noted = Object.entries(routes).map(([route, handle]): [string, Routes[string]] => [
		route,
		(request) => {
			note(route, request);
			return handle(request);
		},
	]);
	return { routes: Object.fromEntries(noted), asked, left: () => [...(shelf?.kept.values() ?? [])] };
}

const exchanges = (events: readonly CheckEvent[]): number => events.filter(({ kind }) => kind === "exchange").length;

describe("a run", () => {
	test("takes away all that it made", async () => {
		const { routes, asked, left } = watched();
		const run = await checkService("articles.yaml", await serve(routes));
		expect(linesOf(run)).toEqual([]);
		expect(asked.filter((line) => line.startsWith("POST /articles ")).length).toBeGreaterThan(20);
		expect(left()).toEqual([]);
	});

	test("takes away what it made also where everything contradicts the document", async () => {
		const { routes, left } = watched();
		const get = routes["GET /articles/{}"];
		const strange: Routes = {
			...routes,
			"GET /articles/{}": async (request) => {
				const [status, body] = (await get?.(request)) ?? [500];
				return [status, { ...(body as object), title: "of another" }];
			},
		};
		const run = await checkService("articles.yaml", await serve(strange));
		expect(run.findings.length).toBeGreaterThan(0);
		expect(left()).toEqual([]);
	});

	test("ends when nobody listens any more, and takes away what it made until then", async () => {
		for (const after of [1, 40, 200]) {
			const { routes, asked, left } = watched();
			const events: CheckEvent[] = [];
			for await (const event of eventsOf("articles.yaml", await serve(routes))) {
				events.push(event);
				if (exchanges(events) === after) break;
			}
			expect(asked.length).toBeLessThan(after + 60);
			expect(left()).toEqual([]);
		}
	});

	test("keeps to its budget but for what it has to take away", async () => {
		const { routes, asked, left } = watched();
		const run = await checkService("articles.yaml", await serve(routes), { budget: 100 });
		expect(asked.length).toBeLessThan(150);
		expect(run.notes).toContainEqual(
			expect.stringMatching(/^stopped after \d+ exchanges: the budget of 100 exchanges/),
		);
		expect(left()).toEqual([]);
	});

	test("never sends an operation that is excluded, and says what it could not take away", async () => {
		const { routes, asked, left } = watched();
		const exclude = ["deleteArticle", "PATCH /articles/*"];
		const run = await checkService("articles.yaml", await serve(routes), { exclude });
		expect(asked.filter((line) => /^(DELETE|PATCH) \/articles\/\{\} /.test(line))).toEqual([]);
		expect(left().length).toBeGreaterThan(0);
		expect(run.notes).toContain(
			"what the run made of articles stays there: no operation that it may call takes it away",
		);
		const skipped = run.coverage.operations.filter((operation) => operation.skipped !== undefined);
		expect(skipped.map(({ operation }) => operation.id)).toEqual(["changeArticle", "deleteArticle"]);
	});

	test("tries only the operations that are chosen", async () => {
		const { routes } = watched();
		const run = await checkService("articles.yaml", await serve(routes), { operations: ["GET /articles/{id}"] });
		expect(new Set(run.claims.map(({ operation }) => operation.id))).toEqual(new Set(["getArticle"]));
	});

	test.each([{ dryRun: true }, { readOnly: true }])("sends nothing that writes when it is %j", async (options) => {
		const { routes, asked } = watched();
		const run = await checkService("articles.yaml", await serve(routes), options);
		expect(asked.filter((line) => !line.startsWith("GET "))).toEqual([]);
		expect(run.phases.every(({ ran }) => !ran)).toBe(true);
		expect(run.claims.length).toBeGreaterThan(20);
	});

	test("makes the same requests for the same seed and run id, and others for another", async () => {
		// Which of several requests at the same time comes first is nobody's to say.
		const phases = ["examples", "values", "experiments", "sequences"] as const;
		const requests = async (options: object): Promise<readonly string[]> => {
			const { routes, asked } = watched();
			await checkService("articles.yaml", await serve(routes), { phases, ...options });
			return asked;
		};
		const first = await requests({ seed: 3, runId: "hfa" });
		expect(await requests({ seed: 3, runId: "hfa" })).toEqual(first);
		expect(await requests({ seed: 4, runId: "hfa" })).not.toEqual(first);
	});
});

test("no event, proof, curl line or note holds a secret", async () => {
	const office = { teams: new Map<string, Team>() };
	const secrets = new Set<string>([TEAM_KEY]);
	const routes = teams((given) => {
		given.showKey = (key) => {
			secrets.add(String(key.secret));
			return key;
		};
		office.teams = given.teams;
		return undefined;
	});
	const headers = { ...OPTIONS.headers, "X-Session-Token": "session-of-somebody-77" };
	secrets.add("session-of-somebody-77");
	const events: CheckEvent[] = [];
	for await (const event of eventsOf("teams.yaml", await serve(routes), { headers })) events.push(event);
	const told = JSON.stringify(events);
	expect(told).toContain("shows the secret again");
	expect(secrets.size).toBeGreaterThan(10);
	expect([...secrets].filter((secret) => told.includes(secret))).toEqual([]);
});

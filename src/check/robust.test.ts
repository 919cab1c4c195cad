import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createNetServer } from "node:net";
import { describe, expect, test } from "vitest";
import type { Run } from "../finding/run.ts";
import { UserError } from "../problem/problem.ts";
import { articles } from "./fixture/articles.ts";
import { checkService } from "./fixture/check-service.ts";
import { listen, type Routes, type Served, serve } from "./fixture/serve.ts";
import { teams } from "./fixture/teams.ts";
import type { CheckOptions } from "./run.ts";

const FAST: Partial<CheckOptions> = { timeoutMs: 100, settleMs: 50 };

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

async function checkAnswers(answer: Answering, options: Partial<CheckOptions> = FAST): Promise<Run> {
	return checkService("articles.yaml", await listen(createHttpServer(answer)), options);
}

const told = ({ notes }: Run): string => notes.join("\n");

/** Every claim is undecided, and says why. */
function expectUndecided(run: Run): void {
	expect(run.claims.length).toBeGreaterThan(20);
	expect(run.claims.filter(({ verdict }) => verdict === "agrees")).toEqual([]);
	expect(run.claims.filter(({ verdict, reason }) => verdict === "undecided" && (reason ?? "") === "")).toEqual([]);
}

describe("a target that", () => {
	test("dies in the middle ends the run with what was learned", async () => {
		let served: Served | undefined;
		let count = 0;
		const dying = Object.entries(articles()).map(([route, handle]): [string, Routes[string]] => [
			route,
			(asked) => {
				if (++count === 700) void served?.close();
				return handle(asked);
			},
		]);
		served = await serve(Object.fromEntries(dying));
		const run = await checkService("articles.yaml", { url: served.url, close: async () => {} }, FAST);
		expect(told(run)).toMatch(/stopped after \d+ exchanges: the target does not answer any more \(.*ECONNREFUSED/);
		expect(run.findings).toEqual([]);
		expect(run.phases.every(({ ran }) => ran)).toBe(true);
		expect(run.claims.some(({ verdict }) => verdict === "agrees")).toBe(true);
	});

	test("never answers is given up after three times the time that an answer may take", async () => {
		const from = performance.now();
		const run = await checkAnswers(() => {});
		expect(performance.now() - from).toBeLessThan(5_000);
		expect(told(run)).toMatch(/stopped after 3 exchanges: .* \(no complete answer within 100 ms\)/);
		expectUndecided(run);
		expect(run.findings).toEqual([]);
	});

	test("sends a body without end is cut off", async () => {
		const run = await checkAnswers(
			(_, response) => {
				response.writeHead(200, { "content-type": "application/json" });
				const more = setInterval(() => response.write("[".repeat(65_536)), 1);
				response.on("close", () => clearInterval(more));
			},
			{ ...FAST, timeoutMs: 5_000, budget: 10 },
		);
		expect(told(run)).toContain("the budget of 10 exchanges is used up");
		expectUndecided(run);
	});

	test("sends a body that is too large is no reason to stop, and its end decides nothing", async () => {
		const large = `[${'"a",'.repeat(1_200_000)}"a"]`;
		const run = await checkAnswers(
			(_, response) => response.writeHead(200, { "content-type": "application/json" }).end(large),
			{ ...FAST, timeoutMs: 2_000, budget: 40 },
		);
		expect(run.findings.filter(({ rule }) => rule === "response-schema-conformance")).toEqual([]);
		expectUndecided(run);
	});

	test("answers 429 to everything is waited for, then given up", async () => {
		const run = await checkAnswers((_, response) => response.writeHead(429, { "retry-after": "0" }).end());
		expect(told(run)).toMatch(/stopped after 1\d exchanges: the target answers 429 to everything/);
		expectUndecided(run);
	});

	test("redirects in a circle is told about, and nothing is followed", async () => {
		const run = await checkAnswers((request, response) => response.writeHead(302, { location: request.url }).end());
		expect(new Set(run.findings.map(({ rule, observed }) => `${rule} ${observed}`))).toEqual(
			new Set(["status-code-conformance 302"]),
		);
		expectUndecided(run);
	});

	test.each([
		["speaks no HTTP", "SSH-2.0-OpenSSH_9.6\r\n"],
		["closes every connection", ""],
	])("%s ends the run", async (_, text) => {
		const served = await listen(
			createNetServer(
				(socket) =>
					void socket
						.on("error", () => {})
						.resume()
						.end(text),
			),
		);
		const run = await checkService("articles.yaml", served, FAST);
		expect(told(run)).toContain("the target does not answer any more");
		expectUndecided(run);
		expect(run.findings).toEqual([]);
	});

	test.each([
		["an empty page", "text/html", "<html></html>"],
		["an empty object", "application/json", "{}"],
		["null", "application/json", "null"],
		["deep brackets", "application/json", "[".repeat(20_000) + "]".repeat(20_000)],
	])("answers %s to everything crashes nothing", async (_, type, body) => {
		const run = await checkAnswers((_request, response) => response.writeHead(200, { "content-type": type }).end(body));
		expect(run.findings.length).toBeGreaterThan(0);
		expect(run.findings.length).toBeLessThan(40);
	});

	test("fails with 500 in everything has one finding for each operation", async () => {
		const run = await checkAnswers((_, response) => response.writeHead(500).end());
		expect(new Set(run.findings.map(({ rule }) => rule))).toEqual(new Set(["not-a-server-error"]));
		expect(run.findings.length).toBe(new Set(run.findings.map(({ operation }) => operation.id)).size);
		expectUndecided(run);
	});
});

test("a wrong key is one mistake of the user's, and no flood of findings", async () => {
	const checked = checkService("teams.yaml", await serve(teams()), { headers: { "X-Key": "the-wrong-key" } });
	await expect(checked).rejects.toThrow(UserError);
	await expect(checked).rejects.toThrow(/401 to the credential given for key/);
});

test("without the key that is needed nothing is sent, and every operation says why", async () => {
	const run = await checkService("teams.yaml", await serve(teams()));
	expect(run.phases.reduce((sum, { exchanges }) => sum + exchanges, 0)).toBe(0);
	expect(new Set(run.coverage.operations.map(({ skipped }) => skipped))).toEqual(
		new Set(["no credential was given for key"]),
	);
});

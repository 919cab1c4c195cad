import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseRuns } from "../finding/parse-run.ts";
import { runCli } from "./run-cli.ts";
import { testIo } from "./sample-io.ts";
import type { TerminalIo } from "./terminal-io.ts";

const SPEC = `
openapi: 3.1.0
info: { title: Clock, version: "1" }
paths:
  /time:
    get:
      operationId: readTime
      summary: The time
      responses:
        "200":
          description: now
          content:
            application/json:
              schema:
                type: object
                required: [time]
                properties: { time: { type: string } }
                additionalProperties: false
`;

let folder = "";
let server: Server;
let url = "";
let answer = "";
let seen: { readonly headers: Readonly<Record<string, unknown>> }[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "holdfast-check-"));
	await writeFile(join(folder, "clock.yaml"), SPEC);
	await writeFile(
		join(folder, "broken.overlay.yaml"),
		"overlay: 1.0.0\ninfo: { title: t, version: '1' }\nactoins: []\n",
	);
	await writeFile(join(folder, "broken.ledger.yaml"), "known:\n  - rule: efect\n");
	server = createServer((request, response) => {
		seen.push({ headers: request.headers });
		const isKnown = request.method === "GET" && request.url === "/time";
		response.writeHead(isKnown ? 200 : 404, { "content-type": "application/json" }).end(isKnown ? answer : "{}");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
	await rm(folder, { recursive: true });
});
beforeEach(() => {
	seen = [];
	answer = '{"time":"noon"}';
});

async function run(args: readonly string[], parts: Partial<TerminalIo> = {}) {
	const io = testIo({ cwd: folder, ...parts });
	return { code: await runCli(["check", ...args], io), ...io.written };
}
const check = (...args: readonly string[]) => run(["clock.yaml", "--target", url, ...args]);

describe("holdfast check", () => {
	test("is content with a service that does what it says", async () => {
		const { code, out, err } = await check("--header", "X-Key: abc", "--report", "md,json,junit");
		expect({ code, err }).toEqual({ code: 0, err: "" });
		expect(out).toMatch(/^Clock 1 · 1 operation · /);
		expect(out).toMatch(/\nreport: reports\/clock\.md\n$/);
		expect(seen.every(({ headers }) => headers["x-key"] === "abc")).toBe(true);
		const [finished] = parseRuns(await readFile(join(folder, "reports/clock/run.json"), "utf8"), "run.json");
		expect(finished?.contract.api).toBe("clock");
		expect(await readFile(join(folder, "reports/clock/junit.xml"), "utf8")).toContain('failures="0"');
	});

	test("fails for something new, and passes when the ledger knows it", async () => {
		answer = '{"time":12}';
		const { code, out } = await check("--out", "drift");
		expect([code, out]).toEqual([1, expect.stringContaining("response-schema-conformance")]);
		const [finished] = parseRuns(await readFile(join(folder, "drift/clock/run.json"), "utf8"), "run.json");
		const entries = finished?.findings.map(({ rule, operation, documented, observed }) =>
			JSON.stringify({ rule, operation: operation.id, documented, observed, reason: "we know" }),
		);
		await writeFile(join(folder, "known.yaml"), `known: [${entries?.join(",")}]`);
		expect((await check("--ledger", "known.yaml", "--no-report")).code).toBe(0);
	});

	test("replays one finding, and tells whether it comes back", async () => {
		answer = '{"time":12}';
		await check("--out", "replay", "--seed", "7");
		const [finished] = parseRuns(await readFile(join(folder, "replay/clock/run.json"), "utf8"), "run.json");
		const fingerprint = finished?.findings[0]?.fingerprint ?? "";
		const back = await check("--out", "replay", "--replay", fingerprint);
		expect([back.code, back.out]).toEqual([1, expect.stringContaining(`DRIFT  GET /time`)]);
		expect(back.out).toContain("seed 7");
		answer = '{"time":"noon"}';
		const gone = await check("--out", "replay", "--replay", fingerprint);
		expect([gone.code, gone.out]).toEqual([0, expect.stringContaining(`${fingerprint} did not come back\n`)]);
		const unknown = await check("--out", "replay", "--replay", "ffffff");
		expect([unknown.code, unknown.err]).toEqual([
			2,
			expect.stringContaining("no finding ffffff stands in replay/clock/run.json"),
		]);
	});

	test("writes the same Markdown for the same run, byte for byte", async () => {
		answer = '{"time":12}';
		await check("--out", "one");
		await check("--out", "two");
		const read = (name: string): Promise<string> => readFile(join(folder, name, "clock.md"), "utf8");
		expect(await read("one")).toBe(await read("two"));
	});
});

describe("a mistake is told before anything is sent", () => {
	test.each([
		["a document that is not there", ["nowhere.yaml", "--target", "URL"], /nowhere\.yaml/],
		[
			"an overlay with a misspelt key",
			["clock.yaml", "--target", "URL", "--overlay", "broken.overlay.yaml"],
			/broken\.overlay\.yaml:3:\d+ .*actoins.*did you mean "actions"\?/,
		],
		[
			"a ledger with a misspelt rule",
			["clock.yaml", "--target", "URL", "--ledger", "broken.ledger.yaml"],
			/broken\.ledger\.yaml:2:11 .*efect.*did you mean "effect"\?/,
		],
		[
			"an operation that is not there",
			["clock.yaml", "--target", "URL", "--operation", "readTme"],
			/no operation matches "readTme"; did you mean "readTime"\?/,
		],
		["no target", ["clock.yaml"], /nothing says where clock runs; say --target/],
		["no document", ["--target", "URL"], /no document is named/],
	])("%s", async (_, args, message) => {
		const { code, err } = await run(args.map((arg) => (arg === "URL" ? url : arg)));
		expect(err).toMatch(message);
		expect(err).toMatch(/\d+ problems?\. Nothing was sent to the service\.\n$/);
		expect({ code, seen }).toEqual({ code: 2, seen: [] });
	});

	test.each([
		["a flag that is no duration", ["--settle", "soon"], /Write a duration like 500ms, 2s or 1m/],
		["a phase that does not exist", ["--phase", "valeus"], /Did you mean "values"\?/],
		["a header without a value", ["--header", "X-Key"], /Write a header like/],
		["a flag that does not exist", ["--tagret", "x"], /Did you mean --target\?/],
	])("%s", async (_, args, message) => {
		const { code, err } = await check(...args);
		expect({ code, seen }).toEqual({ code: 2, seen: [] });
		expect(err).toMatch(message);
	});

	test("a target that refuses connections", async () => {
		const { code, err } = await run(["clock.yaml", "--target", "http://127.0.0.1:1"]);
		expect([code, err]).toEqual([
			2,
			"nothing answers at http://127.0.0.1:1; is the service running, and is this its address?\n1 problem.\n",
		]);
	});
});

test("a dry run sends nothing", async () => {
	expect((await check("--dry-run", "--no-report")).code).toBe(0);
	expect(seen).toEqual([]);
});

test("a check that is stopped says so", async () => {
	const { code, err } = await run(["clock.yaml", "--target", url, "--no-report"], { signal: AbortSignal.abort() });
	expect([code, err]).toEqual([130, "stopped\n"]);
});

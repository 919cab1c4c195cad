import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseRuns } from "../finding/parse-run.ts";
import { openMock } from "../mock/open-mock.ts";
import { runCli } from "./run-cli.ts";
import { testIo } from "./sample-io.ts";

const KEY = "lib-key-4f9c2a7d1b83";
let folder = "";

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "holdfast-docs-"));
	await copyFile("src/page/fixture/books.yaml", join(folder, "books.yaml"));
	const right = await readFile("src/page/fixture/books.md", "utf8");
	await writeFile(join(folder, "right.md"), right);
	await writeFile(join(folder, "wrong.md"), right.replace("at most 120 characters", "at most 100 characters"));
	await writeFile(join(folder, "sentence.md"), right.replace("Replaces the tags", "Appends to the existing tags"));
	await writeFile(join(folder, "picture.md"), Buffer.from([1, 0, 2]));
	await writeFile(
		join(folder, "holdfast.config.js"),
		'export default { apis: { books: { spec: "books.yaml", pages: ["wrong.md"], ledger: "ledger.yaml" } } };',
	);
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => writeFile(join(folder, "ledger.yaml"), "known: []\n"));

async function docs(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
	const io = testIo({ cwd: folder });
	return { code: await runCli(["docs", ...args], io), ...io.written };
}

const entry = (documented: string): string => `known:
  - rule: page-field
    operation: addBook
    documented: ${documented}
    observed: at most 120 characters
    reason: The page is written anew next week.
`;

describe("holdfast docs", () => {
	test("is content with a page that says what the document says", async () => {
		const { code, out, err } = await docs("right.md", "books.yaml", "--no-config", "--no-report");
		expect({ code, err }).toEqual({ code: 0, err: "" });
		expect(out).toMatch(/^Books 1 · 8 operations · 1 page · \d+ claims\n/);
		expect(out).toContain("requests    not run: no --target is named");
	});

	test("shows where a page disagrees, and fails", async () => {
		const { code, out } = await docs("wrong.md", "books.yaml", "--no-config", "--report", "md,json,junit,sarif");
		expect(code).toBe(1);
		expect(out).toContain(`DRIFT  POST /v1/books `);
		expect(out).toMatch(/page +at most 100 characters +wrong\.md:68 /);
		expect(out).toContain("document    at most 120 characters");
		expect(out).toContain("mend the page: Write: at most 120 characters.");
		const [run] = parseRuns(await readFile(join(folder, "reports/pages/books/run.json"), "utf8"), "run.json");
		expect(run?.pages).toEqual(["wrong.md"]);
		expect(await readFile(join(folder, "reports/pages/books.md"), "utf8")).toContain("page `at most 100 characters`");
		expect(await readFile(join(folder, "reports/pages/books/junit.xml"), "utf8")).toContain('failures="1"');
		expect(await readFile(join(folder, "reports/pages/books/results.sarif"), "utf8")).toContain('"wrong.md"');
	});

	test("makes the same bytes of the same page", async () => {
		await docs("wrong.md", "books.yaml", "--report", "md,html,sarif");
		const first = await readFile(join(folder, "reports/pages/books.md"), "utf8");
		await docs("wrong.md", "books.yaml", "--report", "md");
		expect(await readFile(join(folder, "reports/pages/books.md"), "utf8")).toBe(first);
	});

	test("never fails for a sentence, however strict", async () => {
		const { code, out } = await docs("sentence.md", "books.yaml", "--no-config", "--no-report", "--strict");
		expect(code).toBe(0);
		expect(out).toContain("SUGGESTION  PUT /v1/books/{book_id}/tags");
	});

	test("takes the pages of the configuration, and passes with what the ledger knows", async () => {
		await writeFile(join(folder, "ledger.yaml"), entry("at most 100 characters"));
		const { code, out } = await docs("--no-report");
		expect(code).toBe(0);
		expect(out).toContain("reason: The page is written anew next week.");
	});

	test("says that an entry of the ledger has had its day", async () => {
		await writeFile(join(folder, "ledger.yaml"), entry("at most 90 characters"));
		const { code, out } = await docs("right.md", "books.yaml", "--no-report");
		expect(code).toBe(1);
		expect(out).toContain("stale  ledger.yaml:2");
	});

	test.each([
		[["nothing.md", "books.yaml"], /^nothing\.md {2}cannot read the page: /],
		[["picture.md", "books.yaml"], /^picture\.md {2}the page is no text; give Markdown/],
		[["right.md", "books.yaml", "other.yaml"], /^books\.yaml and other\.yaml are both documents/],
		[["right.md", "nothing.yaml"], /nothing\.yaml/],
		[["books.yaml", "--no-config"], /^no page is named; name pages, like holdfast docs/],
		[["right.md", "--no-config"], /^no document is named/],
		[["right.md", "books.yaml", "--target", "nowhere"], /is not an http or https URL/],
	])("tells a mistake in %j", async (args, message) => {
		const { code, err } = await docs(...args, "--no-report");
		expect(code).toBe(2);
		expect(err).toMatch(message);
		expect(err).not.toContain("    at ");
	});
});

describe("holdfast docs --target", () => {
	const asks = (url: string, ...flags: readonly string[]): ReturnType<typeof docs> =>
		docs(
			"right.md",
			"books.yaml",
			"--no-config",
			"--report",
			"json",
			"--target",
			url,
			"--header",
			`X-Library-Key: ${KEY}`,
			...flags,
		);
	const finished = async () =>
		parseRuns(await readFile(join(folder, "reports/pages/books/run.json"), "utf8"), "run.json")[0];

	test("agrees with a mock of the same document, and changes nothing of it", async () => {
		await using mock = openMock({ spec: join(folder, "books.yaml") });
		const { url } = await mock.listen();
		const before = await mock.snapshot();
		const { code, out } = await asks(url);
		expect(code).toBe(0);
		expect(out).toMatch(/requests {3,}1 exchange {3,}0\.\d s {3}✓/);
		const claims = (await finished())?.claims.filter(({ law }) => law === "page-answer");
		expect(claims?.map(({ operation, verdict, reason }) => [operation.id, verdict, reason])).toEqual([
			["listBooks", "agrees", undefined],
			["addBook", "undecided", "it changes data; --disposable allows it"],
		]);
		expect(JSON.stringify(await mock.snapshot())).toBe(JSON.stringify(before));
	});

	test("sends what changes data where all may be changed", async () => {
		await using mock = openMock({ spec: join(folder, "books.yaml") });
		const { url } = await mock.listen();
		const { code, out } = await asks(url, "--disposable");
		expect(code).toBe(0);
		expect(out).toMatch(/requests {3,}2 exchanges/);
	});

	test("shows in what a service differs, and no credential", async () => {
		const seen: string[] = [];
		const server = createServer((request, response) => {
			seen.push(`${request.method} ${request.url} ${request.headers["x-library-key"]}`);
			const body = { books: [{ id: "bk_4f9c2a", title: "Salt", author: "Ada Reef", isbn: 9780000000001 }], echo: KEY };
			response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const { code, out } = await asks(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
		await new Promise((resolve) => server.close(resolve));
		expect(code).toBe(1);
		expect(seen).toEqual(Array(3).fill(`GET /v1/books?genre=poetry&limit=10 ${KEY}`));
		const run = await finished();
		const sides = run?.findings.map(({ subject, documented, observed, source }) => [
			subject,
			documented,
			observed,
			source.line,
		]);
		expect(sides).toEqual([
			["books[].isbn", "string", "integer", 53],
			["total", "total is part of the answer", "absent", 56],
		]);
		expect(out).toContain("service     absent");
		expect(JSON.stringify(run) + out).not.toContain(KEY);
	});
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { testIo } from "./sample-io.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-hostile-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEAD = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n";
const laughs = Array.from({ length: 12 }, (_, level) =>
	level === 0
		? "a0: &a0 [ha, ha, ha]"
		: `a${level}: &a${level} [${Array(9)
				.fill(`*a${level - 1}`)
				.join(", ")}]`,
).join("\n");

const REFUSED: readonly (readonly [string, string | Buffer, string])[] = [
	["UTF-16 with a byte order mark", Buffer.from(`\ufeff${HEAD}`, "utf16le"), "is written in UTF-16; save it as UTF-8"],
	["UTF-16 without one", Buffer.from(HEAD, "utf16le"), "is written in UTF-16 or UTF-32; save it as UTF-8"],
	["Latin-1", Buffer.from(`${HEAD}x-a: \xe9\n`, "latin1"), "is not UTF-8 in line 4; save it as UTF-8"],
	["a NUL byte", HEAD.replace("T", "T\0"), "holds a NUL byte in line 2; save it as UTF-8"],
	["a billion laughs", `${HEAD}${laughs}\n`, "stands for more than 20,000,000 values"],
	["100,000 levels", `${HEAD}x: ${"[".repeat(100_000)}`, "is nested deeper than 200 levels"],
	["an alias of itself", `${HEAD}x: &x { y: *x }\n`, "holds an alias that stands inside what it names"],
	["nothing", "", "is empty"],
	["null", "null", "is null and not an OpenAPI document"],
	["a version to come", "openapi: 4.0.0\npaths: {}\n", "openapi 4.0.0 is not supported"],
];

describe.each(["explain", "mock", "check"])("holdfast %s", (command) => {
	test.each(REFUSED)("refuses %s with one sentence and exit code 2", async (_, bytes, sentence) => {
		const spec = join(folder, "openapi.yaml");
		writeFileSync(spec, bytes);
		const io = testIo({ cwd: folder });
		const target = command === "check" ? ["--target", "http://127.0.0.1:9"] : [];
		expect(await runCli([command, "openapi.yaml", "--no-config", ...target], io)).toBe(2);
		const [problem, count, ...more] = io.written.err.trimEnd().split("\n");
		expect(problem).toContain(sentence);
		expect(count).toMatch(/^1 problem\./);
		expect(more).toEqual([]);
		expect(io.written.out).toBe("");
	});
});

describe("a document of 5,001 operations", () => {
	const spec = join(folder, "many.json");
	const responses = { 200: { description: "ok" } };
	const paths = Object.fromEntries(
		Array.from({ length: 5_001 }, (_, at) => [`/thing${at}/run`, { get: { responses } }]),
	);
	writeFileSync(spec, JSON.stringify({ openapi: "3.1.0", info: { title: "Many", version: "1" }, paths }));
	const announced = "has 5,001 operations, and all are read first: this takes a few seconds";

	test("is explained as far as anybody reads, and the rest is counted", async () => {
		const io = testIo({ cwd: folder });
		expect(await runCli(["explain", "many.json", "--no-config"], io)).toBe(0);
		expect(io.written.err).toContain(announced);
		expect(io.written.out).toMatch(/GET \/thing1999\/run[\s\S]*\nand 3,001 operations more; name one to see it\n$/);
		expect(io.written.out).not.toContain("/thing2000/");
	});

	test("is explained beyond that when somebody asks", async () => {
		const io = testIo({ cwd: folder });
		expect(await runCli(["explain", "many.json", "GET /thing4000/run", "--no-config"], io)).toBe(0);
		expect(io.written.out).toMatch(/^GET \/thing4000\/run/);
	});

	test("is checked in part, which is said, and in another part when somebody asks", async () => {
		const dry = ["check", "many.json", "--no-config", "--no-report", "--dry-run", "--target", "http://127.0.0.1:9"];
		const io = testIo({ cwd: folder });
		expect(await runCli(dry, io)).toBe(0);
		expect(io.written.out).toContain("only the first 2,000 of 5,001 operations were tried");
		const other = testIo({ cwd: folder });
		expect(await runCli([...dry, "--operation", "GET /thing4*/run"], other)).toBe(0);
		expect(other.written.out).not.toContain("were tried");
	});
});

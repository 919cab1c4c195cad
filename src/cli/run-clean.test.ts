import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { articles } from "../check/fixture/articles.ts";
import { type Routes, refuse, type Served, serve } from "../check/fixture/serve.ts";
import { runCli } from "./run-cli.ts";
import { testIo } from "./sample-io.ts";

const SPEC = join(import.meta.dirname, "../check/fixture/articles.yaml");

let folder = "";
let served: Served | undefined;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "holdfast-clean-"));
});
afterEach(async () => {
	await served?.close();
	await rm(folder, { recursive: true });
});

const journal = (): string => join(folder, "reports/articles/journal.ndjson");
const io = (): ReturnType<typeof testIo> => testIo({ cwd: folder, environment: {} });

/** Articles that refuse to be deleted as long as the switch says so. */
function stubborn(isStubborn: () => boolean): Routes {
	const routes = articles();
	const remove = routes["DELETE /articles/{}"];
	return {
		...routes,
		"DELETE /articles/{}": (asked) => (isStubborn() || remove === undefined ? refuse(409, "not now") : remove(asked)),
	};
}

describe("what a check could not take away", () => {
	test("stands in a journal, and is taken away by clean", async () => {
		let isBusy = true;
		served = await serve(stubborn(() => isBusy));
		const options = ["--target", served.url, "--phase", "examples", "--seed", "1", "--no-config"];
		const first = io();
		await runCli(["check", SPEC, ...options], first);
		expect(first.written.err).toMatch(/! \d+ of what was made is still there; `holdfast clean` tries again/);
		expect(await readFile(journal(), "utf8")).toMatch(/"kind":"made","method":"DELETE","path":"\/articles\/\d+"/);

		const refused = io();
		expect(await runCli(["clean", "--no-config"], refused)).toBe(1);
		expect(refused.written.out).toMatch(/! still there: DELETE \/articles\/\d+/);

		isBusy = false;
		const second = io();
		expect(await runCli(["clean", "--no-config"], second)).toBe(0);
		expect(second.written.out).toMatch(/^articles: \d+ taken away\n$/);
		expect(existsSync(journal())).toBe(false);
		const left: unknown = await (await fetch(`${served.url}/articles`)).json();
		expect(left).toEqual([]);
	});

	test("leaves no journal when it was all taken away", async () => {
		served = await serve(articles());
		await runCli(["check", SPEC, "--target", served.url, "--phase", "examples", "--no-config"], io());
		expect(existsSync(journal())).toBe(false);
	});
});

test.each([
	["no journal", undefined, 0, "nothing to clean: no journal in reports\n"],
	["a last line that was cut off", '{"target":"http://127.0.0.1:9"}\n{"kind":"ma', 0, "articles: 0 taken away\n"],
])("clean with %s", async (_, text, code, out) => {
	await mkdir(join(folder, "reports/articles"), { recursive: true });
	if (text !== undefined) await writeFile(journal(), text);
	const terminal = io();
	expect(await runCli(["clean", "--no-config"], terminal)).toBe(code);
	expect(terminal.written.out).toBe(out);
});

test("clean says which target is gone, and keeps the journal", async () => {
	await mkdir(join(folder, "reports/articles"), { recursive: true });
	const made = { kind: "made", method: "DELETE", path: "/articles/1" };
	await writeFile(journal(), `{"target":"http://127.0.0.1:9"}\n${JSON.stringify(made)}\n`);
	const terminal = io();
	expect(await runCli(["clean", "--no-config"], terminal)).toBe(2);
	expect(terminal.written.err).toContain("nothing answers at http://127.0.0.1:9");
	expect(existsSync(journal())).toBe(true);
});

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mergeRuns } from "../finding/merge-runs.ts";
import type { Run } from "../finding/run.ts";
import { SAMPLE } from "../finding/sample-run.ts";
import { renderJson } from "../report/json.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { renderTerminal } from "../report/terminal.ts";
import { runCli } from "./run-cli.ts";
import { testIo } from "./sample-io.ts";

let folder = "";
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "holdfast-cli-"));
	await writeFile(join(folder, "run.json"), renderJson(SAMPLE));
	await writeFile(join(folder, "runs.json"), `[${renderJson(SAMPLE)},${renderJson(SAMPLE)}]`);
	await writeFile(join(folder, "empty.json"), renderJson({ ...SAMPLE, findings: [] }));
	await writeFile(
		join(folder, "other.run.json"),
		renderJson({ ...SAMPLE, contract: { ...SAMPLE.contract, api: "other" } }),
	);
	await writeFile(join(folder, "broken.json"), "{");
	await writeFile(join(folder, "other.json"), '{"a":1}');
});
afterAll(() => rm(folder, { recursive: true }));

async function run(
	...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
	const io = testIo({ cwd: folder });
	return { code: await runCli(args, io), ...io.written };
}

describe("the command line", () => {
	test("helps, with examples", async () => {
		const { code, out } = await run("--help");
		expect([code, out]).toEqual([0, expect.stringContaining("Examples:\n  $ holdfast mock openapi.yaml")]);
		expect((await run("report", "--help")).out).toContain("$ holdfast report reports/gateway/run.json");
		expect((await run("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
	});

	test.each([
		[["reprot"], "error: unknown command 'reprot'\n(Did you mean report?)"],
		[["report", "a", "--fromat"], "error: unknown option '--fromat'\n(Did you mean --format?)"],
		[
			["report", "a", "--format", "jsn"],
			'"jsn" is none of terminal, md, html, json, junit, sarif, github. Did you mean "json"?',
		],
		[["report"], "error: missing required argument 'run.json'"],
		[[], "Usage: holdfast"],
	])("%j is a mistake", async (args, message) => {
		const { code, err } = await run(...args);
		expect([code, err]).toEqual([2, expect.stringContaining(message)]);
	});
});

describe("holdfast report", () => {
	test("shows a run, or several, at the terminal", async () => {
		expect(await run("report", "run.json")).toEqual({ code: 0, out: renderTerminal(SAMPLE), err: "" });
		const other = { ...SAMPLE, contract: { ...SAMPLE.contract, api: "other" } };
		expect((await run("report", "run.json", "other.run.json")).out).toBe(
			renderTerminal(SAMPLE) + renderTerminal(other),
		);
	});

	test("renders other forms, and writes files where it is told to", async () => {
		expect((await run("report", "run.json", "--format", "md")).out).toBe(renderMarkdown(SAMPLE));
		const { out } = await run("report", "run.json", "--format", "md,junit", "--out", "build");
		expect(out).toBe("build/gateway.md\nbuild/gateway/junit.xml\n");
		expect(await readFile(join(folder, "build/gateway.md"), "utf8")).toBe(renderMarkdown(SAMPLE));
	});

	test("tells a workflow with annotations and a summary", async () => {
		const io = testIo({ cwd: folder, environment: { GITHUB_STEP_SUMMARY: "summary.md" } });
		expect(await runCli(["report", "run.json", "--format", "github"], io)).toBe(0);
		expect(io.written.out).toMatch(
			/^::error file=spec\/gateway\/openapi\.yaml,line=173,title=effect 3f9c1a::[^\n]*\n$/,
		);
		expect(await readFile(join(folder, "summary.md"), "utf8")).toContain("## gateway admin API 1.0: drift report");
		const { out } = await run("report", "run.json", "--format", "github,sarif", "--out", "ci");
		expect(out).toBe("ci/gateway/annotations.txt\nci/gateway/summary.md\nci/gateway/results.sarif\n");
		const lost = testIo({ cwd: folder, environment: { GITHUB_STEP_SUMMARY: "nowhere/summary.md" } });
		expect(await runCli(["report", "run.json", "--format", "github"], lost)).toBe(2);
		expect(lost.written.err).toContain("cannot write the summary of the job");
	});

	test("puts the shards of one API together", async () => {
		const [merged] = mergeRuns([SAMPLE, SAMPLE]);
		expect((await run("report", "runs.json")).out).toBe(renderTerminal(merged as Run));
		expect((await run("report", "run.json", "run.json")).out).toBe(renderTerminal(merged as Run));
	});

	test("tells what is new since an earlier run", async () => {
		const { out } = await run("report", "run.json", "--since", "empty.json");
		expect(out).toBe(`${renderTerminal(SAMPLE)}
since then: 1 new, 0 grown, 0 gone, 0 as before
  + PUT /admin/apps/{app_id}/cids  effect · 3f9c1a  documented replace, observed append
`);
		const page = await run("report", "empty.json", "--since", "run.json", "--format", "html", "--out", "page");
		expect(page.out).toBe("page/index.html\n");
		expect(await readFile(join(folder, "page/index.html"), "utf8")).toContain("Not found any more");
		expect(await run("report", "run.json", "--since", "other.run.json")).toMatchObject({
			code: 2,
			err: expect.stringContaining(
				"other.run.json is of other, and these runs are of gateway; compare runs of the same API",
			),
		});
	});

	test.each([
		["nowhere.json", "cannot read nowhere.json; holdfast check --report json writes it\n1 problem.\n"],
		["broken.json", /^broken\.json {2}is no JSON: .*\n1 problem\.\n$/],
		["other.json", /other\.json {2}the run must have required property 'holdfast'/],
	])("refuses %s", async (file, message) => {
		const { code, err } = await run("report", file);
		expect(code).toBe(2);
		expect(err).toMatch(message);
	});
});

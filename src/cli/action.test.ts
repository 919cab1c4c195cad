import { execFile, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { githubErrors } from "./sample-github.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const content = readFileSync(join(ROOT, "action.yml"), "utf8");

interface ActionStep {
	readonly name: string;
	readonly run?: string;
	readonly uses?: string;
	readonly if?: string;
	readonly shell?: string;
	readonly env?: Readonly<Record<string, string>>;
}
const action = parse(content) as {
	readonly inputs: Readonly<Record<string, { readonly default: string }>>;
	readonly runs: { readonly steps: readonly ActionStep[] };
};

test("GitHub takes the action", async () => {
	expect(await githubErrors("action", content)).toEqual([]);
	expect(await githubErrors("action", content.replace("using: composite", "using: compost"))).not.toEqual([]);
});

test("no input is written into a script: all come in by the environment", () => {
	for (const { name, run, shell, env = {} } of action.runs.steps) {
		if (run === undefined) continue;
		expect([name, shell, run.includes("${{")]).toEqual([name, "bash", false]);
		const used = [...run.matchAll(/\$\{?([A-Z]+)\b/g)]
			.map(([, variable]) => variable ?? "")
			.filter((variable) => !/^(?:GITHUB|RUNNER)/.test(variable));
		for (const variable of used) expect(Object.keys(env)).toContain(variable);
		const { status, stderr } = spawnSync("bash", ["-n"], { input: run, encoding: "utf8" });
		expect([status, stderr]).toEqual([0, ""]);
	}
});

test("each input that a step names is one of the action", () => {
	const named = [...content.matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name ?? "");
	expect(new Set(named)).toEqual(new Set(Object.keys(action.inputs)));
});

describe("its steps, run here,", () => {
	let folder = "";
	let server: Server;
	let answer = '{"time":"noon"}';
	const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "holdfast-action-"));
		server = createServer((_, response) => response.writeHead(200, { "content-type": "application/json" }).end(answer));
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		const schema = { type: "object", required: ["time"], properties: { time: { type: "string" } } };
		const responses = { "200": { description: "now", content: { "application/json": { schema } } } };
		const document = {
			openapi: "3.1.0",
			info: { title: "Clock", version: "1" },
			paths: { "/time": { get: { operationId: "readTime", responses } } },
		};
		writeFileSync(join(folder, "clock.json"), JSON.stringify(document));
		const program = join(folder, "node_modules/.bin/holdfast");
		mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
		writeFileSync(
			program,
			`#!/usr/bin/env bash\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(join(ROOT, "src/cli/main.ts"))} "$@"\n`,
		);
		chmodSync(program, 0o755);
	});
	afterAll(async () => {
		await new Promise((done) => server.close(done));
		await rm(folder, { recursive: true });
	});

	interface Ended {
		readonly code: number;
		readonly log: string;
		readonly outputs: Readonly<Record<string, string>>;
	}

	/** One step as the runner runs it (`bash --noprofile --norc -eo pipefail`). */
	function runStep(name: string, env: Readonly<Record<string, string>>): Promise<Ended> {
		const step = action.runs.steps.find((one) => one.name === name);
		const output = join(folder, `output-${Math.random()}`);
		writeFileSync(output, "");
		const given = Object.fromEntries(Object.keys(step?.env ?? {}).map((key) => [key, ""]));
		const all = {
			...process.env,
			RUNNER_TEMP: folder,
			GITHUB_OUTPUT: output,
			GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
			...given,
			...env,
		};
		return new Promise((done) => {
			execFile(
				"bash",
				["--noprofile", "--norc", "-eo", "pipefail", "-c", step?.run ?? "exit 99"],
				{ cwd: folder, env: all },
				(error, out, err) => {
					const pairs = readFileSync(output, "utf8")
						.split("\n")
						.filter((line) => line !== "")
						.map((line) => line.split("="));
					done({
						code: error === null ? 0 : Number(error.code),
						log: out + err,
						outputs: Object.fromEntries(pairs) as Ended["outputs"],
					});
				},
			);
		});
	}

	test("check, annotate, summarize and keep reports, and pass a service that conforms", async () => {
		const { code, outputs } = await runStep("Check it", {
			SPEC: "clock.json",
			TARGET: url(),
			OUT: "reports",
			DIRECTORY: ".",
			ARGS: "  --seed 7\n\n--disposable  \n",
		});
		expect([code, outputs]).toEqual([0, { "exit-code": "0", reports: "./reports" }]);
		expect((await runStep("Fail on new drift", { CODE: outputs["exit-code"] ?? "" })).code).toBe(0);
		expect(readFileSync(join(folder, "reports/index.html"), "utf8")).toContain("Clock");
		expect(JSON.parse(readFileSync(join(folder, "reports/clock/results.sarif"), "utf8"))).toMatchObject({
			version: "2.1.0",
		});
		expect(JSON.parse(readFileSync(join(folder, "reports/clock/run.json"), "utf8"))).toMatchObject({ seed: 7 });
		expect(readFileSync(join(folder, "summary.md"), "utf8")).toContain("## Clock 1: drift report");
	});

	test("fail on new drift, and tell what is new since", async () => {
		const since = join(folder, "reports/clock/run.json");
		answer = '{"time":12}';
		const given = { SPEC: "clock.json", TARGET: url(), OUT: "drift", DIRECTORY: ".", SINCE: since };
		const { code, log, outputs } = await runStep("Check it", given);
		expect([code, outputs["exit-code"]]).toEqual([0, "1"]);
		expect(log).toMatch(/^::error file=clock\.json,line=\d+,.*title=response-schema-conformance/m);
		expect(log).toContain("since then: 1 new");
		expect((await runStep("Fail on new drift", { CODE: "1" })).code).toBe(1);
		expect((await runStep("Fail on new drift", {})).code).toBe(3);
	});

	test("a mistake in what is given is told as one", async () => {
		const { outputs, log } = await runStep("Check it", {
			SPEC: "nowhere.json",
			TARGET: url(),
			OUT: "no",
			DIRECTORY: ".",
			ARGS: "--seed $(touch pwned)",
		});
		expect(outputs["exit-code"]).toBe("2");
		expect(log).not.toContain("This is a bug");
		expect(() => readFileSync(join(folder, "pwned"))).toThrow();
	});

	test("start a service and stop it, or show what it said when it ended", async () => {
		writeFileSync(
			join(folder, "serve.mjs"),
			'import { createServer } from "node:http";\ncreateServer((_, r) => r.end("ok")).listen(process.argv[2], "127.0.0.1");\n',
		);
		const port = await freePort();
		const started = await runStep("Start the service", {
			START: `"${process.execPath}" serve.mjs ${port}`,
			TARGET: `http://127.0.0.1:${port}`,
			WAIT: "20",
		});
		expect([started.code, started.log]).toEqual([0, ""]);
		expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("ok");
		await runStep("Stop the service", { PID: started.outputs.pid ?? "" });
		await expect
			.poll(() =>
				fetch(`http://127.0.0.1:${port}`).then(
					() => "answers",
					() => "gone",
				),
			)
			.toBe("gone");
		const ended = await runStep("Start the service", {
			START: "echo out of order; exit 3",
			TARGET: `http://127.0.0.1:${port}`,
			WAIT: "20",
		});
		expect(ended.code).toBe(1);
		expect(ended.log).toContain("::error title=holdfast::the service ended before it was ready\nout of order\n");
	});
});

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
	const { port } = probe.address() as AddressInfo;
	await new Promise((done) => probe.close(done));
	return port;
}

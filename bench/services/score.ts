import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadJudgements } from "./judge.ts";
import { loadExpected, loadKey } from "./match.ts";
import { loadRun, reportedIn } from "./report.ts";
import { type Outcome, renderResults, score, summaryRow } from "./results.ts";
import { runSchemathesis, schemathesisFindings } from "./schemathesis.ts";
import { SERVICES, type Service } from "./services.ts";
import { startService } from "./start.ts";

/**
 * Starts each service of a folder (a copy: its scripts write beside themselves) with empty data, checks it, and holds
 * what was found against the answer key. What the runs gave is kept in `--out`; `--keep` takes what stands there.
 *
 * @example node bench/services/score.ts SERVICES --schemathesis st --only pdns
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		out: { type: "string", default: "/tmp/holdfast-services" },
		only: { type: "string" },
		schemathesis: { type: "string" },
		keep: { type: "boolean", default: false },
	},
});
const folder = resolve(positionals[0] ?? "services");
const keyFile = join(folder, "ANSWER_KEY.json");

async function checkService(service: Service, document: string, run: string): Promise<void> {
	const out = join(values.out, service.name, "reports");
	const headers = Object.entries(service.headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
	const excluded = service.exclude.flatMap((glob) => ["--exclude", glob]);
	const args = [
		...["src/cli/main.ts", "check", document, "--no-config", "--target", service.target, ...headers, ...excluded],
		...["--disposable", "--seed", "1", "--run-id", "hfbench", "--report", "json", "--out", out],
	];
	const root = new URL("../..", import.meta.url);
	const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
	await once(child, "exit");
	await writeFile(run, JSON.stringify(await loadRun(join(out, service.folder, "run.json"))));
}

async function holdfastOn(service: Service): Promise<Outcome> {
	const file = join(values.out, service.name, "run.json");
	if (!(values.keep && existsSync(file))) {
		const started = await startService(service, folder);
		await checkService(service, started.document, file).finally(started.stop);
	}
	const run = await loadRun(file);
	const exchanges = run.phases.reduce((sum, phase) => sum + phase.exchanges, 0);
	const seconds = Math.round(run.phases.reduce((sum, phase) => sum + phase.durationMs, 0) / 1_000);
	const left = run.notes.filter((note) => note.includes("could not be taken away"));
	const verdicts = Object.entries(Object.groupBy(run.claims, ({ verdict }) => verdict));
	const claims = verdicts.map(([verdict, all]) => `${all?.length} ${verdict}`).join(", ");
	const remark = `${exchanges} exchanges in ${seconds} s; claims: ${claims}; left behind: ${left.join(", ") || "nothing"}`;
	return { service, tool: "holdfast", reported: reportedIn(run), remark };
}

async function schemathesisOn(service: Service): Promise<Outcome | undefined> {
	const events = join(values.out, service.name, "schemathesis.ndjson");
	const program = values.schemathesis;
	if (!(values.keep && existsSync(events))) {
		if (program === undefined) return undefined;
		const started = await startService(service, folder);
		await runSchemathesis(program, service, { document: started.document, events }).finally(started.stop);
	}
	const reported = await schemathesisFindings(events);
	return { service, tool: "schemathesis", reported, remark: "300 s, all checks and phases on" };
}

if (!existsSync(keyFile)) {
	console.log(`There is no ${keyFile}: the three services are not here, and nothing was measured.`);
} else {
	const rules = { key: await loadKey(keyFile), expected: await loadExpected(), judgements: await loadJudgements() };
	const outcomes: Outcome[] = [];
	for (const service of SERVICES.filter(({ name }) => values.only === undefined || name === values.only)) {
		await mkdir(join(values.out, service.name), { recursive: true });
		outcomes.push(await holdfastOn(service));
		const peer = await schemathesisOn(service);
		if (peer !== undefined) outcomes.push(peer);
	}
	const scored = outcomes.map((outcome) => score(outcome, rules));
	for (const one of scored) console.log(summaryRow(one).join(" | "));
	if (values.only === undefined) await writeFile(new URL("RESULTS.md", import.meta.url), renderResults(scored));
}

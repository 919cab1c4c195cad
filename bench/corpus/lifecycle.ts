import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exit, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { LifeResult } from "./life/live-one.ts";
import { countOf, renderLives } from "./life/render.ts";

/**
 * Leads an item of every collection of a corpus through its life against the mock: create, get, list, page, filter,
 * replace, merge, another tenant, delete, get again. Collections are recognised by paths and methods alone. Takes the
 * same corpus as `coverage.ts`.
 *
 *   node bench/corpus/lifecycle.ts FOLDER [--only NAME…] [--json FILE] [--report] [--failures]
 *
 * With `--report` it writes `LIFECYCLE.md` from all that the JSON file has. Exits with 1 when a step misbehaves.
 */
const { values: flags, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		only: { type: "string", multiple: true },
		json: { type: "string" },
		report: { type: "boolean", default: false },
		failures: { type: "boolean", default: false },
	},
});
const CHILD_MS_MAX = 900_000;

exit(run(positionals[0]));

function run(folder: string | undefined): number {
	if (folder === undefined || !existsSync(join(folder, "index.json"))) {
		stdout.write(`there is no corpus at ${folder ?? "the first argument"}: a folder with an index.json\n`);
		return 2;
	}
	const documents = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { name: string; file: string }[];
	const results = new Map(known().map((one) => [one.name, one]));
	for (const { name, file } of documents) {
		if (flags.only !== undefined && !flags.only.includes(name)) continue;
		const result = inChild(name, join(folder, file));
		results.set(name, result);
		report(result);
		// Also when it is stopped half-way, what is known is kept.
		if (flags.json !== undefined) writeFileSync(flags.json, JSON.stringify([...results.values()]));
	}
	const ordered = documents.flatMap(({ name }) => results.get(name) ?? []);
	if (flags.report) writeFileSync(join(import.meta.dirname, "LIFECYCLE.md"), renderLives(ordered));
	const wrong = ordered.reduce((all, one) => all + countOf(one, "bad"), 0);
	stdout.write(`${ordered.reduce((all, one) => all + countOf(one, "good"), 0)} steps good, ${wrong} bad\n`);
	return wrong === 0 ? 0 : 1;
}

/** What an earlier run left. */
function known(): readonly LifeResult[] {
	if (flags.json === undefined || !existsSync(flags.json)) return [];
	return JSON.parse(readFileSync(flags.json, "utf8")) as LifeResult[];
}

function inChild(name: string, file: string): LifeResult {
	const script = fileURLToPath(new URL("life/live-one.ts", import.meta.url));
	const child = spawnSync(process.execPath, [script, name, file], {
		encoding: "utf8",
		timeout: CHILD_MS_MAX,
		maxBuffer: 256 * 1024 * 1024,
	});
	if (child.status === 0) return JSON.parse(child.stdout) as LifeResult;
	stderr.write(`${child.stderr.slice(-2_000)}\n`);
	return { name, failed: `${child.signal ?? child.status}`, collections: [] };
}

function report(result: LifeResult): void {
	const { name, failed, collections } = result;
	if (failed !== undefined) {
		stdout.write(`${name.padEnd(26)} does not start: ${failed}\n`);
		return;
	}
	const counts = (["good", "bad", "not applicable"] as const).map((kind) => `${kind} ${countOf(result, kind)}`);
	stdout.write(`${name.padEnd(26)} collections ${collections.length}  ${counts.join("  ")}\n`);
	if (!flags.failures) return;
	for (const { path, told } of collections) {
		for (const [step, one] of Object.entries(told))
			if (one.kind === "bad") stdout.write(`    ${step.padEnd(12)} ${path}: ${one.reason}\n`);
	}
}

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exit, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { CoverageResult } from "./cover-one.ts";

/**
 * Asks every operation of every document of a corpus for a success, and holds every answer against the document with a
 * validator that shares nothing with the mock. A corpus is a folder with an `index.json`: a list of objects with `name`
 * and `file`. Each document is served and asked in a process of its own.
 *
 *   node bench/corpus/coverage.ts FOLDER [--peer holdfast|prism|scalar] [--max 40] [--json FILE] [--only NAME…] [--failures]
 *
 * Exits with 1 when Holdfast serves less than 99 % of the operations, or an answer that its document forbids.
 */
const { values: flags, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		peer: { type: "string", default: "holdfast" },
		max: { type: "string", default: "0" },
		json: { type: "string" },
		only: { type: "string", multiple: true },
		failures: { type: "boolean", default: false },
	},
});
const CHILD_MS_MAX = 900_000;
const SHARE_MIN = 0.99;

exit(run(positionals[0]));

function run(folder: string | undefined): number {
	if (folder === undefined || !existsSync(join(folder, "index.json"))) {
		stdout.write(`there is no corpus at ${folder ?? "the first argument"}: a folder with an index.json\n`);
		return 2;
	}
	const documents = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { name: string; file: string }[];
	const wanted = documents.filter(({ name }) => flags.only === undefined || flags.only.includes(name));
	const results: CoverageResult[] = [];
	for (const { name, file } of wanted) {
		const result = inChild(name, join(folder, file));
		results.push(result);
		report(result);
		// Also when it is stopped half-way, what is known is kept.
		if (flags.json !== undefined) writeFileSync(flags.json, JSON.stringify(results));
	}
	const sum = (count: (one: CoverageResult) => number): number => results.reduce((all, one) => all + count(one), 0);
	const planned = sum(({ coverage }) => coverage?.planned ?? 0);
	const succeeded = sum(({ coverage }) => coverage?.succeeded ?? 0);
	const answers = sum(({ coverage }) => coverage?.answers ?? 0);
	const invalid = sum(({ coverage }) => coverage?.invalidAnswers ?? 0);
	stdout.write(`${succeeded} of ${planned} operations, ${answers - invalid} of ${answers} answers valid\n`);
	return succeeded >= planned * SHARE_MIN && invalid === 0 ? 0 : 1;
}

function inChild(name: string, file: string): CoverageResult {
	const script = fileURLToPath(new URL("cover-one.ts", import.meta.url));
	const child = spawnSync(process.execPath, [script, name, file, flags.peer, flags.max], {
		encoding: "utf8",
		timeout: CHILD_MS_MAX,
		maxBuffer: 256 * 1024 * 1024,
	});
	if (child.status === 0) return JSON.parse(child.stdout) as CoverageResult;
	stderr.write(`${child.stderr.slice(-2_000)}\n`);
	return { name, startMs: undefined, failed: `${child.signal ?? child.status}`, coverage: undefined };
}

function report({ name, coverage, failed, startMs }: CoverageResult): void {
	if (coverage === undefined) {
		stdout.write(`${name.padEnd(26)} does not start: ${failed}\n`);
		return;
	}
	const { planned, succeeded, answers, invalidAnswers, bodies, invalidBodies, leftOut, unanswered } = coverage;
	const cells = [
		`${succeeded}/${planned}`,
		`answers ${answers - invalidAnswers}/${answers}`,
		`bodies ${bodies - invalidBodies}/${bodies}`,
		`left out ${leftOut.length}`,
		`unanswered ${unanswered}`,
		`start ${startMs} ms`,
	];
	stdout.write(`${name.padEnd(26)} ${cells.join("  ")}\n`);
	if (!flags.failures) return;
	for (const line of coverage.failures) stdout.write(`    fails  ${line}\n`);
	for (const line of coverage.invalid) stdout.write(`    wrong  ${line}\n`);
	for (const line of coverage.leftOut) stdout.write(`    left   ${line}\n`);
}

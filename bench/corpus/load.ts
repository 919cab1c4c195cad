import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv, execPath, exit, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { judgeDocument } from "../../src/contract/judge.ts";
import { loadContract } from "../../src/contract/load.ts";
import { validateReferences } from "../../src/contract/validate-references.ts";
import { renderProblem, UserError } from "../../src/problem/problem.ts";
import { compareExplanations, isOverLimit, type Limits, type Loaded, renderLoading } from "./load-report.ts";

/**
 * Loads every document of a corpus in a process of its own, touches every operation with all its parts, and prints what
 * that took. A corpus is a folder with an `index.json`: a list of objects with `name` and `file`.
 *
 *   node bench/corpus/load.ts FOLDER [--problems] [--judge] [NAME…]
 *
 * `--judge` also asks swagger-parser, holds its refusals against those that `docs/contract.md` explains, and, when all
 * documents are loaded, writes `LOAD.md`. Exits with 1 when a document takes more than a second of processor time to load
 * or 250 MB in all, or when an explanation is missing or no longer true.
 */

const LIMITS: Limits = { loadMsMax: 1_000, memoryMbMax: 250 };
/** A second opinion on a large document takes long on a machine that has other work. */
const CHILD_MS_MAX = 900_000;
const WIDTHS = [26, 8, 6, 6, 6, 6, 6, 6, 9, 7, 0];
const RESULTS = join(import.meta.dirname, "LOAD.md");
const EXPLANATIONS = join(import.meta.dirname, "../../docs/contract.md");

type Measured = Omit<Loaded, "name">;

if (argv[2] === "--one") stdout.write(JSON.stringify(await measure(String(argv[3]), argv.includes("--judge"))));
else exit(run(argv.slice(2)));

function run(args: readonly string[]): number {
	const [folder, ...names] = args.filter((arg) => !arg.startsWith("--"));
	if (folder === undefined || !existsSync(join(folder, "index.json"))) {
		stdout.write(`there is no corpus at ${folder ?? "the first argument"}: a folder with an index.json\n`);
		return 2;
	}
	const documents = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { name: string; file: string }[];
	const wanted = documents.filter(({ name }) => names.length === 0 || names.includes(name));
	stdout.write(row(["document", "version", "ops", "load", "clock", "parts", "refs", "MB", "problems", "broken", ""]));
	const all = wanted.map(({ name, file }): Loaded => {
		const loaded = { name, ...inChild(join(folder, file), args) };
		report(loaded, args.includes("--problems"));
		return loaded;
	});
	const over = all.filter((one) => isOverLimit(one, LIMITS));
	stdout.write(`${all.length} documents, ${over.length} over ${LIMITS.loadMsMax} ms or ${LIMITS.memoryMbMax} MB\n`);
	const differences = args.includes("--judge") ? judged(all, { folder, isWhole: names.length === 0 }) : [];
	return over.length + differences.length === 0 ? 0 : 1;
}

function judged(all: readonly Loaded[], { folder, isWhole }: { folder: string; isWhole: boolean }): readonly string[] {
	const differences = compareExplanations(all, readFileSync(EXPLANATIONS, "utf8"));
	for (const difference of differences) stdout.write(`${difference}\n`);
	if (isWhole) writeFileSync(RESULTS, renderLoading(all, LIMITS).replaceAll(`${folder}/`, ""));
	return differences;
}

function inChild(file: string, args: readonly string[]): Measured {
	const flags = args.includes("--judge") ? ["--judge"] : [];
	const script = fileURLToPath(import.meta.url);
	const child = spawnSync(execPath, [script, "--one", file, ...flags], {
		encoding: "utf8",
		timeout: CHILD_MS_MAX,
		maxBuffer: 64 * 1024 * 1024,
	});
	if (child.status === 0) return JSON.parse(child.stdout) as Measured;
	throw new Error(`${file}: ${child.signal ?? child.status}\n${child.stderr}`);
}

function report(loaded: Loaded, isVerbose: boolean): void {
	const { name, openapi, operations, loadMs, problems, broken, refused, judgement } = loaded;
	const times = [loadMs.cpu, loadMs.wall, loaded.touchMs, loaded.referencesMs, loaded.memoryMb].map(String);
	const counts = [problems.length, broken.length].map(String);
	const verdict = judgement?.accepted === false ? `refused: ${judgement.message}` : judgement && "accepted";
	stdout.write(row([name, openapi, String(operations), ...times, ...counts, verdict ?? ""]));
	for (const line of refused ?? []) stdout.write(`    refused: ${line}\n`);
	if (isVerbose) for (const line of [...problems, ...broken]) stdout.write(`    ${line}\n`);
}

function row(cells: readonly string[]): string {
	const padded = cells.map((cell, index) =>
		index === 0 ? cell.padEnd(WIDTHS[index] ?? 0) : cell.padStart(WIDTHS[index] ?? 0),
	);
	return `${padded.join(" ").trimEnd()}\n`;
}

async function measure(file: string, isJudged: boolean): Promise<Measured> {
	const measured = await measureLoading(file);
	return isJudged ? { ...measured, judgement: await judgeDocument(file) } : measured;
}

async function measureLoading(file: string): Promise<Measured> {
	const start = performance.now();
	const stages = [cpuMs()];
	const stage = (): number => stages.push(cpuMs());
	try {
		const contract = await loadContract({ spec: file });
		const wall = Math.round(performance.now() - start);
		stage();
		for (const operation of contract.operations) {
			void [operation.parameters, operation.body, operation.responses, operation.security];
		}
		void [contract.servers, contract.securitySchemes, [...contract.schemas.values()]];
		stage();
		const broken = validateReferences(contract);
		stage();
		const [cpu = 0, touchMs = 0, referencesMs = 0] = stages
			.slice(1)
			.map((time, index) => Math.round(time - (stages[index] ?? 0)));
		return {
			...{ loadMs: { cpu, wall }, touchMs, referencesMs, memoryMb: peakMb() },
			openapi: contract.openapi,
			operations: contract.operations.length,
			problems: contract.problems.map(renderProblem),
			broken: broken.map(renderProblem),
		};
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const loadMs = { cpu: Math.round(cpuMs() - (stages[0] ?? 0)), wall: Math.round(performance.now() - start) };
		const nothing = { openapi: "", operations: 0, touchMs: 0, referencesMs: 0, problems: [], broken: [] };
		return { ...nothing, loadMs, memoryMb: peakMb(), refused: error.problems.map(renderProblem) };
	}
}

function cpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
}

function peakMb(): number {
	return Math.round(process.resourceUsage().maxRSS / 1024);
}

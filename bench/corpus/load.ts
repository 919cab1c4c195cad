import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { argv, execPath, exit, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { judgeDocument } from "../../src/contract/judge.ts";
import { loadContract } from "../../src/contract/load.ts";
import { validateReferences } from "../../src/contract/validate-references.ts";
import { renderProblem, UserError } from "../../src/problem/problem.ts";

/**
 * Loads every document of a corpus in a process of its own, touches every operation with all its parts, and prints what
 * that took. A corpus is a folder with an `index.json`: a list of objects with `name` and `file`.
 *
 *   node bench/corpus/load.ts FOLDER [--problems] [--judge] [NAME…]
 *
 * Exits with 1 when a document takes more than a second to load or 250 MB in all.
 */

const LOAD_MS_MAX = 1_000;
const MEMORY_MB_MAX = 250;
const CHILD_MS_MAX = 120_000;
const WIDTHS = [26, 8, 6, 6, 6, 6, 6, 9, 7, 0];

interface Measured {
	readonly loadMs: number;
	readonly touchMs: number;
	readonly referencesMs: number;
	readonly memoryMb: number;
	readonly openapi: string;
	readonly operations: number;
	readonly problems: readonly string[];
	readonly broken: readonly string[];
	readonly refused?: readonly string[];
	readonly judgement?: string;
}

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
	stdout.write(row(["document", "version", "ops", "load", "parts", "refs", "MB", "problems", "broken", ""]));
	const slow = wanted.filter(({ name, file }) => {
		const measured = inChild(join(folder, file), args);
		report(name, measured, args.includes("--problems"));
		return measured.loadMs > LOAD_MS_MAX || measured.memoryMb > MEMORY_MB_MAX;
	});
	stdout.write(`${wanted.length} documents, ${slow.length} over ${LOAD_MS_MAX} ms or ${MEMORY_MB_MAX} MB\n`);
	return slow.length === 0 ? 0 : 1;
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

function report(name: string, measured: Measured, isVerbose: boolean): void {
	const { openapi, operations, problems, broken, refused } = measured;
	const times = [measured.loadMs, measured.touchMs, measured.referencesMs, measured.memoryMb].map(String);
	const counts = [problems.length, broken.length].map(String);
	stdout.write(row([name, openapi, String(operations), ...times, ...counts, measured.judgement ?? ""]));
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
	if (!isJudged) return measured;
	const { accepted, message } = await judgeDocument(file);
	return { ...measured, judgement: accepted ? "accepted" : `refused: ${message}` };
}

async function measureLoading(file: string): Promise<Measured> {
	const times = [performance.now()];
	const none = {
		loadMs: 0,
		touchMs: 0,
		referencesMs: 0,
		memoryMb: 0,
		openapi: "",
		operations: 0,
		problems: [],
		broken: [],
	};
	try {
		const contract = await loadContract({ spec: file });
		times.push(performance.now());
		for (const operation of contract.operations) {
			void [operation.parameters, operation.body, operation.responses, operation.security];
		}
		void [contract.servers, contract.securitySchemes, [...contract.schemas.values()]];
		times.push(performance.now());
		const broken = validateReferences(contract);
		times.push(performance.now());
		const memoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
		const [loadMs = 0, touchMs = 0, referencesMs = 0] = times
			.slice(1)
			.map((time, index) => Math.round(time - (times[index] ?? 0)));
		return {
			...{ loadMs, touchMs, referencesMs, memoryMb },
			openapi: contract.openapi,
			operations: contract.operations.length,
			problems: contract.problems.map(renderProblem),
			broken: broken.map(renderProblem),
		};
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return { ...none, refused: error.problems.map(renderProblem) };
	}
}

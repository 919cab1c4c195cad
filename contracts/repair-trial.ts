import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Finding } from "../src/finding/finding.ts";
import type { Run } from "../src/finding/run.ts";
import { renderTest } from "../src/report/repair-test.ts";

/** A generated test and the servers on which it is tried. */
export interface RepairTrial {
	readonly name: string;
	readonly run: Run;
	readonly finding: Finding;
	/** Base URL of the server with the fault. */
	readonly faulty: string;
	/** Base URL of one that keeps its promise. */
	readonly good: string;
}

export interface TriedRepair {
	readonly name: string;
	/** Why there is no test. */
	readonly why?: string;
	readonly onFaulty?: string;
	readonly onGood?: string;
	/** What failed on the good one. */
	readonly message?: string;
}

/**
 * Writes the generated tests of findings into a folder, once for each of their two servers, and runs them all at once.
 *
 * @param folder inside the project, so that the tests find Vitest
 * @param environment the credentials that the tests ask for
 */
export async function tryRepairTests(
	folder: string,
	trials: readonly RepairTrial[],
	environment: Readonly<Record<string, string>>,
): Promise<readonly TriedRepair[]> {
	const names = new Map<string, string>();
	const without: TriedRepair[] = [];
	for (const [index, trial] of trials.entries()) {
		const generated = renderTest(trial.run, trial.finding);
		if (generated.kind === "none") {
			without.push({ name: trial.name, why: generated.why });
			continue;
		}
		names.set(String(index), trial.name);
		for (const side of ["faulty", "good"] as const) {
			const text = generated.text
				.replace('variable("TARGET")', JSON.stringify(trial[side]))
				// The sources as they are, and documents from where they are.
				.replace('from "holdfast"', `from ${JSON.stringify(resolve("src/index.ts"))}`)
				.replace("await faultsOf({ ", `await faultsOf({ cwd: ${JSON.stringify(process.cwd())}, `);
			await writeFile(join(folder, `${index}.${side}.test.ts`), text);
		}
	}
	const results = await runVitest(folder, environment);
	const tried = [...names].map(([index, name]): TriedRepair => {
		const of = (side: string): Result | undefined =>
			results.find(({ file }) => file.endsWith(`/${index}.${side}.test.ts`));
		const good = of("good");
		return {
			name,
			onFaulty: of("faulty")?.status ?? "not run",
			onGood: good?.status ?? "not run",
			...(good?.message === undefined ? {} : { message: good.message }),
		};
	});
	return [...tried, ...without];
}

interface Result {
	readonly file: string;
	readonly status: string;
	readonly message?: string;
}

async function runVitest(folder: string, environment: Readonly<Record<string, string>>): Promise<readonly Result[]> {
	const program = resolve("node_modules/vitest/vitest.mjs");
	const output = join(folder, "results.json");
	const { VITEST: _, ...inherited } = process.env;
	const args = [
		program,
		"run",
		"--root",
		folder,
		"--reporter",
		"json",
		"--outputFile",
		output,
		"--maxWorkers",
		"1",
		"--no-isolate",
	];
	await new Promise<void>((done) => {
		execFile(process.execPath, args, { cwd: folder, env: { ...inherited, ...environment } }, () => done());
	});
	const { testResults } = JSON.parse(await readFile(output, "utf8")) as {
		readonly testResults: readonly {
			readonly name: string;
			readonly message?: string;
			readonly assertionResults: readonly { readonly status: string; readonly failureMessages?: readonly string[] }[];
		}[];
	};
	return testResults.map(({ name, message, assertionResults }) => {
		const [first] = assertionResults;
		const said = first?.failureMessages?.[0] ?? message;
		return {
			file: name,
			status: first?.status ?? "failed",
			...(said === undefined || said === "" ? {} : { message: said }),
		};
	});
}

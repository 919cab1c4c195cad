import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseRuns } from "../finding/parse-run.ts";
import type { Run } from "../finding/run.ts";
import { UserError } from "../problem/problem.ts";

/**
 * Reads the runs of several files, in their order.
 *
 * @throws UserError when a file does not exist or holds no run.
 */
export async function loadRuns(files: readonly string[], cwd: string): Promise<readonly Run[]> {
	const runs: Run[] = [];
	for (const file of files) runs.push(...parseRuns(await readText(file, cwd), file));
	return runs;
}

async function readText(file: string, cwd: string): Promise<string> {
	try {
		return await readFile(resolve(cwd, file), "utf8");
	} catch (cause) {
		throw new UserError(
			[{ code: "run-not-found", message: `cannot read ${file}`, hint: "holdfast check --report json writes it" }],
			{
				cause,
			},
		);
	}
}

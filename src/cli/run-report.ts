import { compareRuns } from "../finding/compare-runs.ts";
import { mergeRuns } from "../finding/merge-runs.ts";
import type { Run } from "../finding/run.ts";
import { UserError } from "../problem/problem.ts";
import { renderSince } from "../report/since.ts";
import { renderTerminal } from "../report/terminal.ts";
import { loadRuns } from "./load-runs.ts";
import type { ReportFlags } from "./report.ts";
import type { TerminalIo } from "./terminal-io.ts";
import { writeRepairs } from "./write-repairs.ts";
import { type ReportOptions, renderReports, tellGithub, writeAllRuns, writeReports } from "./write-report.ts";

/**
 * Renders finished runs: those of one API as the one run whose shards they are, beside an earlier run where one is named.
 *
 * @throws UserError when a file holds no run, or the earlier run is of another API
 */
export async function runReport(files: readonly string[], flags: ReportFlags, io: TerminalIo): Promise<void> {
	const runs = mergeRuns(await loadRuns(files, io.cwd));
	const since = mergeRuns(await loadRuns(flags.since ?? [], io.cwd));
	requireSameApi(runs, since, flags.since ?? []);
	if (flags.repairs !== undefined) {
		await writeRepairs(runs, flags.repairs, io);
		if (flags.format === undefined && flags.out === undefined) return;
	}
	const wanted = flags.format ?? (flags.out === undefined ? ["terminal"] : ["md"]);
	if (wanted.includes("terminal")) for (const run of runs) io.out(showAtTerminal(run, since, io));
	const rendering = { formats: wanted.filter((format) => format !== "terminal"), strict: flags.strict ?? false, since };
	if (flags.out === undefined) await showFormats(runs, rendering, io);
	else await writeFormats(runs, { ...rendering, out: flags.out, cwd: io.cwd }, io);
}

type Rendering = Omit<ReportOptions, "cwd" | "out">;

async function showFormats(runs: readonly Run[], rendering: Rendering, io: TerminalIo): Promise<void> {
	for (const format of rendering.formats) {
		if (format === "github") await tellGithub(runs, rendering, io);
		else for (const text of renderReports(runs, format, rendering)) io.out(text);
	}
}

async function writeFormats(runs: readonly Run[], options: ReportOptions, io: TerminalIo): Promise<void> {
	const written: string[] = [];
	for (const run of runs) written.push(...(await writeReports(run, options)));
	for (const file of [...written, ...(await writeAllRuns(runs, options))]) io.out(`${file}\n`);
}

function requireSameApi(runs: readonly Run[], since: readonly Run[], files: readonly string[]): void {
	const apis = runs.map(({ contract }) => contract.api);
	const others = since.map(({ contract }) => contract.api).filter((api) => !apis.includes(api));
	if (others.length === 0) return;
	const message = `${files.join(", ")} is of ${others.join(", ")}, and these runs are of ${apis.join(", ")}`;
	throw new UserError([{ code: "other-api", message, hint: "compare runs of the same API" }]);
}

function showAtTerminal(run: Run, since: readonly Run[], io: TerminalIo): string {
	const before = since.find(({ contract }) => contract.api === run.contract.api);
	const text = renderTerminal(run, io);
	return before === undefined ? text : `${text}\n${renderSince(compareRuns(run, before))}`;
}

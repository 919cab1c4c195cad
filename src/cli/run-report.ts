import { compareRuns } from "../finding/compare-runs.ts";
import { mergeRuns } from "../finding/merge-runs.ts";
import type { Run } from "../finding/run.ts";
import { UserError } from "../problem/problem.ts";
import { renderSince } from "../report/since.ts";
import { renderTerminal } from "../report/terminal.ts";
import { loadRuns } from "./load-runs.ts";
import type { ReportFlags } from "./report.ts";
import type { TerminalIo } from "./terminal-io.ts";
import { renderReports, writeAllRuns, writeReports } from "./write-report.ts";

/**
 * Renders finished runs: those of one API as the one run whose shards they are, beside an earlier run where one is named.
 *
 * @throws UserError when a file holds no run, or the earlier run is of another API
 */
export async function runReport(files: readonly string[], flags: ReportFlags, io: TerminalIo): Promise<void> {
	const runs = mergeRuns(await loadRuns(files, io.cwd));
	const since = mergeRuns(await loadRuns(flags.since ?? [], io.cwd));
	requireSameApi(runs, since, flags.since ?? []);
	const { out, strict = false } = flags;
	const wanted = flags.format ?? (out === undefined ? ["terminal"] : ["md"]);
	const formats = wanted.filter((format) => format !== "terminal");
	if (wanted.includes("terminal")) for (const run of runs) io.out(showAtTerminal(run, since, io));
	if (out === undefined) {
		for (const format of formats) for (const text of renderReports(runs, format, { strict, since })) io.out(text);
		return;
	}
	const options = { cwd: io.cwd, out, formats, strict, since };
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

import type { Define } from "./define.ts";
import { gatherWords } from "./flag.ts";
import type { TerminalIo } from "./terminal-io.ts";
import type { Format } from "./write-report.ts";

interface ReportFlags {
	readonly format?: readonly (Format | "terminal")[];
	readonly out?: string;
	readonly strict?: boolean;
}

/** `holdfast report`: a finished run in another form. It asks the service nothing. */
export const defineReport: Define = (program, io) => {
	program
		.command("report")
		.description("render finished runs again, without asking the service")
		.argument("<run.json...>", "runs that holdfast check wrote")
		.option(
			"--format <formats>",
			"terminal, md, json, junit; several with commas",
			gatherWords(["terminal", "md", "json", "junit"]),
		)
		.option("--out <folder>", "write files into this folder and not to the terminal")
		.option("--strict", "surprises are failures too (junit)")
		.addHelpText(
			"after",
			`
Examples:
  $ holdfast report reports/gateway/run.json
  $ holdfast report reports/gateway/run.json --format md,junit --out build/`,
		)
		.action(async (files: readonly string[], flags: ReportFlags) => report(files, flags, io));
};

async function report(files: readonly string[], flags: ReportFlags, io: TerminalIo): Promise<void> {
	const { loadRuns } = await import("./load-runs.ts");
	const { renderTerminal } = await import("../report/terminal.ts");
	const { renderReport, writeReports } = await import("./write-report.ts");
	const strict = flags.strict ?? false;
	const wanted = flags.format ?? (flags.out === undefined ? ["terminal"] : ["md"]);
	const formats = wanted.filter((format) => format !== "terminal");
	for (const run of await loadRuns(files, io.cwd)) {
		if (wanted.includes("terminal")) io.out(renderTerminal(run, io));
		if (flags.out === undefined) for (const format of formats) io.out(renderReport(run, format, { strict }));
		else {
			const written = await writeReports(run, { cwd: io.cwd, out: flags.out, formats, strict });
			for (const file of written) io.out(`${file}\n`);
		}
	}
}

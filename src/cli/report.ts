import type { Define } from "./define.ts";
import { gather, gatherWords } from "./flag.ts";
import { FORMATS, type Format } from "./format.ts";

export interface ReportFlags {
	readonly format?: readonly (Format | "terminal")[];
	readonly out?: string;
	readonly strict?: boolean;
	/** The folder for repairs. */
	readonly repairs?: string;
	/** Files of earlier runs to compare with. */
	readonly since?: readonly string[];
}

/** `holdfast report`: a finished run in another form. It asks the service nothing. */
export const defineReport: Define = (program, io) => {
	program
		.command("report")
		.description("render finished runs again, without asking the service")
		.argument("<run.json...>", "runs that holdfast check wrote; those of one API are the shards of one run")
		.option(
			"--format <formats>",
			`terminal, ${FORMATS.join(", ")}; several with commas`,
			gatherWords(["terminal", ...FORMATS]),
		)
		.option("--since <run.json>", "an earlier run: tells what is new, grown and gone; may be repeated", gather)
		.option("--repairs <folder>", "write, for each finding, an overlay, a failing test and the text of a bug")
		.option("--out <folder>", "write files into this folder and not to the terminal")
		.option("--strict", "surprises are failures too (junit)")
		.addHelpText(
			"after",
			`
Examples:
  $ holdfast report reports/gateway/run.json
  $ holdfast report reports/gateway/run.json --format md,junit --out build/
  $ holdfast report shard-1.json shard-2.json --format html --out build/      the shards of one check
  $ holdfast report reports/gateway/run.json --since main.json                what is new since main
  $ holdfast report reports/gateway/run.json --repairs repairs/               overlays, tests and bugs to file`,
		)
		.action(async (files: readonly string[], flags: ReportFlags) => {
			const { runReport } = await import("./run-report.ts");
			await runReport(files, flags, io);
		});
};

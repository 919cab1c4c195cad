import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Strictness } from "../finding/exit-code.ts";
import type { Run } from "../finding/run.ts";
import { UserError } from "../problem/problem.ts";
import { renderAnnotations, renderStepSummary } from "../report/github.ts";
import { renderHtml } from "../report/html.ts";
import { renderJson } from "../report/json.ts";
import { renderJunit } from "../report/junit.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { renderSarif } from "../report/sarif.ts";
import type { Format } from "./format.ts";
import type { TerminalIo } from "./terminal-io.ts";

/** Formats of one run each; the page holds all runs. */
type RunFormat = Exclude<Format, "html">;

interface File {
	/** Relative to the folder for reports. */
	readonly place: (api: string) => string;
	readonly render: (run: Run, telling: Telling) => string;
}

/** Markdown stands at the top, because it is committed; the rest are build output in a folder per API. */
const FILES: Readonly<Record<RunFormat, readonly File[]>> = {
	md: [{ place: (api) => `${api}.md`, render: renderMarkdown }],
	json: [{ place: (api) => join(api, "run.json"), render: renderJson }],
	junit: [{ place: (api) => join(api, "junit.xml"), render: renderJunit }],
	sarif: [{ place: (api) => join(api, "results.sarif"), render: renderSarif }],
	github: [
		{ place: (api) => join(api, "annotations.txt"), render: renderAnnotations },
		{ place: (api) => join(api, "summary.md"), render: renderStepSummary },
	],
};
const PAGE = "index.html";

export interface ReportOptions extends Strictness {
	readonly cwd: string;
	/** Folder for all reports. */
	readonly out: string;
	readonly formats: readonly Format[];
	/** Earlier runs, to tell what is new since. */
	readonly since?: readonly Run[];
}

interface Telling extends Strictness {
	readonly since?: readonly Run[];
}

/** Reports as texts, in the order of their runs: a text per run, or one for all. */
export function renderReports(runs: readonly Run[], format: Format, telling: Telling): readonly string[] {
	if (format === "html") return [renderHtml(runs, telling)];
	// In a workflow's log only commands mean something; the summary has a place of its own.
	const [file] = FILES[format];
	return file === undefined ? [] : runs.map((run) => file.render(run, telling));
}

/**
 * Writes the reports of one run and gives their paths, as a person would name them.
 *
 * @throws UserError when a file cannot be written.
 * @example await writeReports(run, { cwd, out: "reports", formats: ["md"] }) // ["reports/gateway.md"]
 */
export async function writeReports(run: Run, options: ReportOptions): Promise<readonly string[]> {
	const files: string[] = [];
	for (const format of new Set(options.formats)) {
		if (format === "html") continue;
		for (const { place, render } of FILES[format]) {
			const file = join(options.out, place(run.contract.api));
			await writeText(options.cwd, file, render(run, options));
			files.push(file);
		}
	}
	return files;
}

/** The reports on all runs together: the page, and, where there are several APIs, one file with all of them. */
export async function writeAllRuns(runs: readonly Run[], options: ReportOptions): Promise<readonly string[]> {
	const { cwd, out, formats } = options;
	const files: string[] = [];
	const write = async (name: string, text: string): Promise<void> => {
		const file = join(out, name);
		await writeText(cwd, file, text);
		files.push(file);
	};
	if (runs.length > 0 && formats.includes("html")) await write(PAGE, renderHtml(runs, options));
	if (runs.length > 1 && formats.includes("json")) {
		await write("run.json", `[${runs.map((run) => renderJson(run).trimEnd()).join(",\n")}]\n`);
	}
	return files;
}

/**
 * Writes a file, and the folders that it stands in.
 *
 * @throws UserError when it cannot be written
 */
export async function writeText(cwd: string, file: string, text: string): Promise<void> {
	const path = resolve(cwd, file);
	try {
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, text);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new UserError([{ code: "cannot-write", message: `cannot write the report: ${reason}` }], { cause });
	}
}

/**
 * Tells a GitHub workflow what was found: annotations in its log, and the summary of the job, where it says where that is.
 *
 * @param io its environment says with `GITHUB_STEP_SUMMARY` which file is the summary
 * @throws UserError when the summary cannot be written
 */
export async function tellGithub(runs: readonly Run[], telling: Telling, io: TerminalIo): Promise<void> {
	for (const run of runs) io.out(renderAnnotations(run, telling));
	const summary = io.environment.GITHUB_STEP_SUMMARY;
	if (summary === undefined || summary === "") return;
	const text = runs.map((run) => renderStepSummary(run, telling)).join("\n");
	await appendFile(resolve(io.cwd, summary), text).catch((cause: unknown) => {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new UserError([{ code: "cannot-write", message: `cannot write the summary of the job: ${reason}` }], {
			cause,
		});
	});
}

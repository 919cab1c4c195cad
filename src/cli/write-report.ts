import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Strictness } from "../finding/exit-code.ts";
import type { Run } from "../finding/run.ts";
import { UserError } from "../problem/problem.ts";
import { renderHtml } from "../report/html.ts";
import { renderJson } from "../report/json.ts";
import { renderJunit } from "../report/junit.ts";
import { renderMarkdown } from "../report/markdown.ts";
import type { Format } from "./format.ts";

/** Formats of one run each; the page holds all runs. */
type RunFormat = Exclude<Format, "html">;

/** Markdown stands at the top, because it is committed; the rest are build output in a folder per API. */
const PLACES: Readonly<Record<RunFormat, (api: string) => string>> = {
	md: (api) => `${api}.md`,
	json: (api) => join(api, "run.json"),
	junit: (api) => join(api, "junit.xml"),
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

type Telling = Pick<ReportOptions, "strict" | "since">;

/** Reports as texts, in the order of the formats: a text per run, or one for all. */
export function renderReports(runs: readonly Run[], format: Format, telling: Telling): readonly string[] {
	return format === "html" ? [renderHtml(runs, telling)] : runs.map((run) => renderReport(run, format, telling));
}

function renderReport(run: Run, format: RunFormat, { strict = false }: Telling): string {
	if (format === "md") return renderMarkdown(run);
	return format === "json" ? renderJson(run) : renderJunit(run, { strict });
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
		const file = join(options.out, PLACES[format](run.contract.api));
		await writeText(resolve(options.cwd, file), renderReport(run, format, options));
		files.push(file);
	}
	return files;
}

/** The reports on all runs together: the page, and, where there are several APIs, one file with all of them. */
export async function writeAllRuns(runs: readonly Run[], options: ReportOptions): Promise<readonly string[]> {
	const { cwd, out, formats } = options;
	const files: string[] = [];
	const write = async (name: string, text: string): Promise<void> => {
		const file = join(out, name);
		await writeText(resolve(cwd, file), text);
		files.push(file);
	};
	if (runs.length > 0 && formats.includes("html")) await write(PAGE, renderHtml(runs, options));
	if (runs.length > 1 && formats.includes("json")) {
		await write("run.json", `[${runs.map((run) => renderJson(run).trimEnd()).join(",\n")}]\n`);
	}
	return files;
}

async function writeText(path: string, text: string): Promise<void> {
	try {
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, text);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new UserError([{ code: "cannot-write", message: `cannot write the report: ${reason}` }], { cause });
	}
}

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Strictness } from "../finding/exit-code.ts";
import type { Run } from "../finding/run.ts";
import { UserError } from "../problem/problem.ts";
import { renderJson } from "../report/json.ts";
import { renderJunit } from "../report/junit.ts";
import { renderMarkdown } from "../report/markdown.ts";

export const FORMATS = ["md", "json", "junit"] as const;
export type Format = (typeof FORMATS)[number];

/** Markdown stands at the top, because it is committed; the rest are build output in a folder per API. */
const PLACES: Readonly<Record<Format, (api: string) => string>> = {
	md: (api) => `${api}.md`,
	json: (api) => join(api, "run.json"),
	junit: (api) => join(api, "junit.xml"),
};

export interface ReportOptions extends Strictness {
	readonly cwd: string;
	/** Folder for all reports. */
	readonly out: string;
	readonly formats: readonly Format[];
}

export function renderReport(run: Run, format: Format, strictness: Strictness): string {
	if (format === "md") return renderMarkdown(run);
	return format === "json" ? renderJson(run) : renderJunit(run, strictness);
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
		const file = join(options.out, PLACES[format](run.contract.api));
		await writeText(resolve(options.cwd, file), renderReport(run, format, options));
		files.push(file);
	}
	return files;
}

/** Several APIs in one run also leave one file with all of them. */
export async function writeAllRuns(runs: readonly Run[], options: ReportOptions): Promise<readonly string[]> {
	if (runs.length < 2 || !options.formats.includes("json")) return [];
	const file = join(options.out, "run.json");
	await writeText(resolve(options.cwd, file), `[${runs.map((run) => renderJson(run).trimEnd()).join(",\n")}]\n`);
	return [file];
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

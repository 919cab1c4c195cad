import { exitCode } from "../finding/exit-code.ts";
import { loadLedger } from "../finding/load-ledger.ts";
import type { Run } from "../finding/run.ts";
import type { Docket } from "../page/docket.ts";
import { docketOf, type HoldOptions, rulePages, toRun } from "../page/hold-pages.ts";
import { loadPages } from "../page/load-page.ts";
import { namesOf } from "../page/vocabulary.ts";
import { UserError } from "../problem/problem.ts";
import { painter } from "../report/style.ts";
import { plural } from "../report/summary.ts";
import { renderPhase, renderResult } from "../report/terminal.ts";
import type { DocsFlags } from "./docs.ts";
import { fail } from "./fail.ts";
import { type PreparedApi, prepareApis, warnOf } from "./prepare-api.ts";
import { requireReachable } from "./reachable.ts";
import { withFlags } from "./ready-api.ts";
import { selectApis } from "./select-api.ts";
import { type NamedFiles, pagesOf, splitFiles } from "./select-pages.ts";
import type { TerminalIo } from "./terminal-io.ts";
import { type ReportOptions, tellGithub, writeAllRuns, writeReports } from "./write-report.ts";

/**
 * Holds pages against the document of one API, or of each API of the configuration that has pages, and with a target
 * against a service.
 */
export async function runDocs(files: readonly string[], flags: DocsFlags, io: TerminalIo): Promise<number> {
	try {
		const named = splitFiles(files);
		const works = await prepare(named, flags, io);
		if (flags.target !== undefined) await requireReachable(flags.target);
		const runs: Run[] = [];
		for (const work of works) runs.push(await holdOne(work, flags, io));
		const options = reportOptions(flags, io);
		for (const file of await writeAllRuns(runs, options)) io.out(`all runs: ${file}\n`);
		if (options.formats.includes("github")) await tellGithub(runs, options, io);
		return Math.max(0, ...runs.map((run) => exitCode(run, { strict: flags.strict ?? false })));
	} catch (error) {
		return fail(error, io);
	}
}

interface Work {
	readonly api: PreparedApi;
	readonly pages: readonly string[];
}

async function prepare({ pages, spec }: NamedFiles, flags: DocsFlags, io: TerminalIo): Promise<readonly Work[]> {
	const selected = await selectApis(spec, flags, io);
	const given = pagesOf(selected, pages);
	if (given.length > 1 && (pages.length > 0 || flags.target !== undefined || flags.ledger !== undefined)) {
		const message = "pages, --target and --ledger are about one API, and the configuration has several";
		throw new UserError([{ code: "ambiguous-pages", message, hint: "name the document of the one you mean" }]);
	}
	// Credentials are put in only where something is sent: who only reads pages need not have them.
	const ready = given.map((one) => (flags.target === undefined ? one.selected : withFlags(one.selected, flags, io)));
	const prepared = await prepareApis(ready, { io, allowRemote: flags.allowRemote ?? false });
	return prepared.map((api, index) => ({ api, pages: given[index]?.pages ?? [] }));
}

async function holdOne({ api, pages }: Work, flags: DocsFlags, io: TerminalIo): Promise<Run> {
	const { contract, model, name } = api;
	warnOf(contract, io);
	const ledger = flags.ledger ?? api.api.ledger;
	const loaded = await loadPages(pages, { cwd: io.cwd, names: namesOf(contract) });
	const docket = docketOf(loaded, contract, model);
	const options: HoldOptions = {
		contract,
		model,
		api: name,
		command: commandOf(pages, api, flags),
		today: io.today(),
		off: api.api.off ?? [],
		...(ledger === undefined ? {} : { ledger: await loadLedger(ledger, io.cwd) }),
	};
	const run = await rule(docket, options, { api, flags, io });
	io.out(`${renderHead(run, io)}\n\n${run.phases.map((phase) => renderPhase(phase, io)).join("\n")}\n\n`);
	const reports = await writeReports(run, reportOptions(flags, io));
	io.out(renderResult(run, { color: io.color, reports: reports.filter((report) => report.endsWith(".md")) }));
	return run;
}

interface Asking {
	readonly api: PreparedApi;
	readonly flags: DocsFlags;
	readonly io: TerminalIo;
}

const TIMEOUT_MS = 10_000;

async function rule(docket: Docket, options: HoldOptions, { api, flags, io }: Asking): Promise<Run> {
	const rulings = rulePages(docket);
	const { target } = flags;
	if (target === undefined) return toRun(docket, rulings, options);
	const { askTarget } = await import("../page/target/ask-target.ts");
	const start = io.now();
	const asked = await askTarget(docket, {
		target,
		headers: api.api.headers ?? {},
		timeoutMs: flags.timeout ?? TIMEOUT_MS,
		disposable: flags.disposable ?? false,
		signal: io.signal,
	});
	const { exchanges } = asked;
	const durationMs = io.now() - start;
	return toRun(docket, [...rulings, ...asked.rulings], { ...options, asked: { target, exchanges, durationMs } });
}

/** `gateway admin API 1.0 · 11 operations · 1 page · 52 claims` */
function renderHead(run: Run, io: TerminalIo): string {
	const { title, version, operations } = run.contract;
	const facts = [
		plural(operations, "operation"),
		plural(run.pages?.length ?? 0, "page"),
		plural(run.claims.length, "claim"),
	];
	return [painter(io.color)("bold", `${title} ${version}`.trim()), ...facts].join(" · ");
}

/** What makes this run again; without the headers, which may hold credentials. */
function commandOf(pages: readonly string[], { api }: PreparedApi, { target }: DocsFlags): string {
	const words = ["holdfast", "docs", ...pages, api.spec, ...(target === undefined ? [] : ["--target", target])];
	return words.map((word) => (/^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}

function reportOptions(flags: DocsFlags, io: TerminalIo): ReportOptions {
	const formats = flags.report === false ? [] : flags.report;
	return { cwd: io.cwd, out: flags.out, formats, strict: flags.strict ?? false };
}

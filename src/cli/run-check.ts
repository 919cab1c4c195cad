import { resolve } from "node:path";
import { type CheckOptions, check } from "../check/run.ts";
import { compareRuns } from "../finding/compare-runs.ts";
import type { CheckEvent } from "../finding/event.ts";
import { exitCode } from "../finding/exit-code.ts";
import { mergeRuns } from "../finding/merge-runs.ts";
import type { Run } from "../finding/run.ts";
import { renderOverview } from "../report/overview.ts";
import { renderSince } from "../report/since.ts";
import { renderResult } from "../report/terminal.ts";
import type { CheckFlags } from "./check.ts";
import { fail } from "./fail.ts";
import { identityOf } from "./identity.ts";
import { createJournal, journalFile } from "./journal.ts";
import { overlaysOf } from "./load-config.ts";
import { loadRuns } from "./load-runs.ts";
import { warnOf } from "./prepare-api.ts";
import { createProgress } from "./progress.ts";
import { requireReachable } from "./reachable.ts";
import { type ReadyApi, readyApis } from "./ready-api.ts";
import { findReplay, showReplay } from "./replay.ts";
import { startTarget } from "./start-target.ts";
import type { TerminalIo } from "./terminal-io.ts";
import { type ReportOptions, tellGithub, writeAllRuns, writeReports } from "./write-report.ts";

/** The shell's word for "ended by Ctrl-C": 128 and the number of SIGINT. */
const INTERRUPTED = 130;
/** Stands for the target of a dry run, which needs none. */
const NOWHERE = "http://127.0.0.1";
const NOTHING_SENT = "Nothing was sent to the service.";

/**
 * Checks one API or all of the configuration. First everything is loaded and all mistakes are told at once; only then
 * the first request is sent.
 */
export async function runCheck(spec: string | undefined, flags: CheckFlags, io: TerminalIo): Promise<number> {
	let ready: readonly ReadyApi[];
	let asked: Asked;
	try {
		ready = await readyApis(spec, flags, io);
		asked = { ...flags, earlier: mergeRuns(await loadRuns(flags.since ?? [], io.cwd)) };
		if (flags.replay !== undefined) {
			const found = await findReplay(flags.replay, ready, { out: flags.out, cwd: io.cwd });
			ready = ready.filter(({ name }) => name === found.api);
			asked = { ...asked, seed: found.seed };
		}
	} catch (error) {
		return fail(error, io, { reassurance: NOTHING_SENT });
	}
	const runs: Run[] = [];
	for (const each of ready) {
		const outcome = await checkOne(each, asked, io);
		if (typeof outcome === "number") return outcome;
		runs.push(outcome);
	}
	if (flags.replay === undefined) await tellAll(runs, asked, io);
	if (runs.length > 1) io.out(`\n${renderOverview(runs)}`);
	return Math.max(0, ...runs.map((run) => exitCode(run, { strict: flags.strict ?? false })));
}

/** What was asked for, with what it needs to be told. */
interface Asked extends CheckFlags {
	/** Earlier runs, to tell what is new since. */
	readonly earlier: readonly Run[];
}

/** What is to be said of all runs together, after each by itself. */
async function tellAll(runs: readonly Run[], asked: Asked, io: TerminalIo): Promise<void> {
	for (const run of runs) {
		const before = asked.earlier.find(({ contract }) => contract.api === run.contract.api);
		if (before !== undefined) io.out(renderSince(compareRuns(run, before)));
	}
	const options = reportOptions(asked, io);
	for (const file of await writeAllRuns(runs, options)) io.out(`${runs.length > 1 ? "all runs" : "page"}: ${file}\n`);
	if (options.formats.includes("github")) await tellGithub(runs, options, io);
}

/** One API from start to report; an exit code when it did not come to an end. */
async function checkOne(ready: ReadyApi, flags: Asked, io: TerminalIo): Promise<Run | number> {
	const { api, name, file = "" } = ready;
	const place = { cwd: io.cwd, environment: io.environment, at: `apis.${name}`, file };
	let seed = flags.seed;
	const running = { stop: async (): Promise<void> => {} };
	try {
		warnOf(ready.contract, io);
		let target = api.target ?? NOWHERE;
		if (api.start !== undefined && flags.dryRun !== true) {
			const started = await startTarget(api.start, place);
			running.stop = started.stop;
			target = started.url;
		}
		if (flags.dryRun !== true) await requireReachable(target);
		const journal = createJournal(resolve(io.cwd, journalFile(flags.out, name)), target);
		const run = await follow(checkOptions(ready, flags, { target, today: io.today() }), io, (event) => {
			if (event.kind === "started") seed = event.seed;
			// Who wants no files gets none.
			if (flags.report !== false) journal.note(event);
		});
		sayWhatIsLeft(journal.finish(), io);
		if (run === undefined) return INTERRUPTED;
		if (flags.replay !== undefined) return showReplay(run, flags.replay, io);
		const reports = await writeReports(run, reportOptions(flags, io));
		io.out(renderResult(run, { color: io.color, reports: reports.filter((report) => report.endsWith(".md")) }));
		return run;
	} catch (error) {
		return fail(error, io, seed === undefined ? {} : { seed });
	} finally {
		await running.stop();
	}
}

function sayWhatIsLeft(count: number, io: TerminalIo): void {
	if (count > 0) io.err(`  ! ${count} of what was made is still there; \`holdfast clean\` tries again\n`);
}

function reportOptions(flags: Asked, io: TerminalIo): ReportOptions {
	const formats = flags.report === false ? [] : flags.report;
	return { cwd: io.cwd, out: flags.out, formats, strict: flags.strict ?? false, since: flags.earlier };
}

/** Shows the events of a check as they come; undefined when the user stopped it, after it has cleaned up. */
async function follow(
	options: CheckOptions,
	io: TerminalIo,
	onEvent: (event: CheckEvent) => void,
): Promise<Run | undefined> {
	const progress = createProgress(io);
	try {
		for await (const event of check(options)) {
			onEvent(event);
			progress.show(event);
			if (event.kind === "finished") return event.run;
			if (io.signal.aborted) break;
		}
	} finally {
		progress.clear();
	}
	io.err("stopped\n");
	return undefined;
}

function checkOptions(ready: ReadyApi, flags: CheckFlags, run: { target: string; today: string }): CheckOptions {
	const { api, name, contract, model, ledger } = ready;
	const { phase, operation, exclude, seed, runId, settle, timeout, maxResponseTime, budget, rate } = flags;
	return {
		contract,
		model,
		...run,
		api: name,
		overlays: overlaysOf(api.overlay),
		authority: api.authority ?? model.authority,
		headers: api.headers ?? {},
		identities: Object.fromEntries(Object.entries(api.identities ?? {}).map(([who, one]) => [who, identityOf(one)])),
		off: api.off ?? [],
		disposable: flags.disposable ?? api.disposable ?? false,
		readOnly: flags.readOnly ?? false,
		dryRun: flags.dryRun ?? false,
		timing: flags.timing ?? false,
		...(ledger === undefined ? {} : { ledger }),
		...defined({
			phases: phase,
			operations: operation,
			exclude,
			seed,
			runId,
			settleMs: settle,
			timeoutMs: timeout,
			maxResponseTimeMs: maxResponseTime,
			budget,
			rate,
		}),
	};
}

/** Leaves out what is not set, as `exactOptionalPropertyTypes` wants it. */
function defined<Values extends object>(values: Values): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
		[Key in keyof Values]?: Exclude<Values[Key], undefined>;
	};
}

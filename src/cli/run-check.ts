import { type CheckOptions, check } from "../check/run.ts";
import { exitCode } from "../finding/exit-code.ts";
import type { Ledger } from "../finding/ledger.ts";
import { loadLedger } from "../finding/load-ledger.ts";
import type { Run } from "../finding/run.ts";
import { UserError } from "../problem/problem.ts";
import { renderResult } from "../report/terminal.ts";
import type { CheckFlags } from "./check.ts";
import { fail } from "./fail.ts";
import { gatherProblems, type PreparedApi, prepareApis, warnOf } from "./prepare-api.ts";
import { createProgress } from "./progress.ts";
import { requireReachable } from "./reachable.ts";
import { requireMatches } from "./require-matches.ts";
import { type SelectedApi, selectApis } from "./select-api.ts";
import { startTarget } from "./start-target.ts";
import { substitute } from "./substitute.ts";
import type { TerminalIo } from "./terminal-io.ts";
import { type ReportOptions, writeAllRuns, writeReports } from "./write-report.ts";

/** The shell's word for "ended by Ctrl-C": 128 and the number of SIGINT. */
const INTERRUPTED = 130;
const NOTHING_SENT = "Nothing was sent to the service.";

/**
 * Checks one API or all of the configuration. First everything is loaded and all mistakes are told at once; only then
 * the first request is sent.
 */
export async function runCheck(spec: string | undefined, flags: CheckFlags, io: TerminalIo): Promise<number> {
	let ready: readonly ReadyApi[];
	try {
		ready = await readyApis(spec, flags, io);
	} catch (error) {
		return fail(error, io, { reassurance: NOTHING_SENT });
	}
	const runs: Run[] = [];
	for (const each of ready) {
		const outcome = await checkOne(each, flags, io);
		if (typeof outcome === "number") return outcome;
		runs.push(outcome);
	}
	for (const file of await writeAllRuns(runs, reportOptions(flags, io))) io.out(`all runs: ${file}\n`);
	return Math.max(0, ...runs.map((run) => exitCode(run, { strict: flags.strict ?? false })));
}

interface ReadyApi extends PreparedApi {
	readonly ledger?: Ledger;
}

async function readyApis(spec: string | undefined, flags: CheckFlags, io: TerminalIo): Promise<readonly ReadyApi[]> {
	const selected = (await selectApis(spec, flags, io)).map((each) => withFlags(each, flags, io));
	if (selected.length > 1 && (flags.target !== undefined || flags.ledger !== undefined)) {
		const message = "--target and --ledger are about one API, and the configuration has several";
		throw new UserError([{ code: "ambiguous-flag", message, hint: "name the document of the one you mean" }]);
	}
	const prepared = await prepareApis(selected, { io, allowRemote: flags.allowRemote ?? false });
	requireMatches(prepared, [...(flags.operation ?? []), ...(flags.exclude ?? [])]);
	return gatherProblems(prepared, async (each) => {
		requireTarget(each);
		const { ledger } = each.api;
		return ledger === undefined ? each : { ...each, ledger: await loadLedger(ledger, io.cwd) };
	});
}

/** Flags go over the configuration; then the variables that are still needed are put in. */
function withFlags(selected: SelectedApi, flags: CheckFlags, io: TerminalIo): SelectedApi {
	const { name, file = "the command line" } = selected;
	const { start, headers = {}, identities = {}, ...rest } = selected.api;
	const given = flags.header ?? {};
	const kept = Object.entries(headers).filter(([header]) => !(header.toLowerCase() in given));
	const place = { at: `apis.${name}`, file };
	const substituted = substitute({ ...rest, headers: Object.fromEntries(kept), identities }, io.environment, place);
	const api = {
		...substituted,
		headers: { ...lowerNames(substituted.headers), ...given },
		identities: { ...mapValues(substituted.identities, lowerNames), ...flags.identity },
		...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
		...(flags.target === undefined ? {} : { target: flags.target }),
		// A target that is named runs already.
		...(start === undefined || flags.target !== undefined ? {} : { start }),
	};
	return { ...selected, api };
}

function lowerNames(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function mapValues<Value, Result>(
	record: Readonly<Record<string, Value>>,
	map: (value: Value) => Result,
): Readonly<Record<string, Result>> {
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function requireTarget({ name, api, file }: ReadyApi): void {
	if (api.target !== undefined || api.start !== undefined) return;
	const place = file === undefined ? {} : { place: { file } };
	const message = `nothing says where ${name} runs`;
	throw new UserError([{ code: "no-target", message, ...place, hint: "say --target http://127.0.0.1:8080" }]);
}

/** One API from start to report; an exit code when it did not come to an end. */
async function checkOne(ready: ReadyApi, flags: CheckFlags, io: TerminalIo): Promise<Run | number> {
	const { api, name, file = "" } = ready;
	const place = { cwd: io.cwd, environment: io.environment, at: `apis.${name}`, file };
	let seed = flags.seed;
	const running = { stop: async (): Promise<void> => {} };
	try {
		warnOf(ready.contract, io);
		let target = api.target ?? "";
		if (api.start !== undefined) {
			const started = await startTarget(api.start, place);
			running.stop = started.stop;
			target = started.url;
		}
		if (flags.dryRun !== true) await requireReachable(target);
		const run = await follow(checkOptions(ready, flags, { target, today: io.today() }), io, (started) => {
			seed = started;
		});
		if (run === undefined) return INTERRUPTED;
		const reports = await writeReports(run, reportOptions(flags, io));
		io.out(renderResult(run, { color: io.color, reports: reports.filter((report) => report.endsWith(".md")) }));
		return run;
	} catch (error) {
		return fail(error, io, seed === undefined ? {} : { seed });
	} finally {
		await running.stop();
	}
}

function reportOptions(flags: CheckFlags, io: TerminalIo): ReportOptions {
	const formats = flags.report === false ? [] : flags.report;
	return { cwd: io.cwd, out: flags.out, formats, strict: flags.strict ?? false };
}

/** Shows the events of a check as they come; undefined when the user stopped it, after it has cleaned up. */
async function follow(options: CheckOptions, io: TerminalIo, onSeed: (seed: number) => void): Promise<Run | undefined> {
	const progress = createProgress(io);
	try {
		for await (const event of check(options)) {
			if (event.kind === "started") onSeed(event.seed);
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
	const { phase, operation, exclude, seed, runId, settle, timeout, budget, rate } = flags;
	return {
		contract,
		model,
		...run,
		api: name,
		authority: api.authority ?? model.authority,
		headers: api.headers ?? {},
		identities: api.identities ?? {},
		disposable: flags.disposable ?? api.disposable ?? false,
		readOnly: flags.readOnly ?? false,
		dryRun: flags.dryRun ?? false,
		...(ledger === undefined ? {} : { ledger }),
		...defined({
			phases: phase,
			operations: operation,
			exclude,
			seed,
			runId,
			settleMs: settle,
			timeoutMs: timeout,
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

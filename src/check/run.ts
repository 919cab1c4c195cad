import { randomInt } from "node:crypto";
import type { Contract, Operation } from "../contract/contract.ts";
import { namesOperation } from "../contract/names-operation.ts";
import { applyLedger } from "../finding/apply-ledger.ts";
import type { CheckEvent } from "../finding/event.ts";
import type { OperationName } from "../finding/finding.ts";
import { entriesAbout, type Ledger } from "../finding/ledger.ts";
import { leaveOut, type Off } from "../finding/off.ts";
import type { PhaseName, PhaseResult, Run } from "../finding/run.ts";
import { readVersion } from "../finding/version.ts";
import { type Behaviour, behaviourOf, type Model } from "../model/model.ts";
import { reachesTooFar } from "../model/touch.ts";
import { createValidation } from "../schema/validate.ts";
import { type Callers, type CheckIdentities, callersOf, createRenewal, logInAll, unusedIdentities } from "./callers.ts";
import { claimResults } from "./claim-result.ts";
import { missingCredential } from "./cleanup.ts";
import { conform } from "./conform.ts";
import { countCalls } from "./count/count-calls.ts";
import { coverageOf, noteSent, type Sent, type Statuses } from "./coverage.ts";
import { type Desk, report } from "./desk.ts";
import { createFindings } from "./draft.ts";
import { tryLogsEarly } from "./early.ts";
import { type Channel, openChannel } from "./events.ts";
import { journalEntry } from "./journal.ts";
import { type Keyring, tokensIn } from "./keyring.ts";
import { learnBases } from "./learn-base.ts";
import { learnBodies } from "./learn-body.ts";
import { learnFilled } from "./learn-filled.ts";
import { leftBehindNotes } from "./left-behind.ts";
import { borrowItems } from "./lend.ts";
import { type MadeMany, watchMadeMany } from "./made-many.ts";
import { nameOf } from "./operation-name.ts";
import { sweepPages } from "./page-sweep.ts";
import { tryConcurrency } from "./phase/concurrency.ts";
import { learnEchoes } from "./phase/echo.ts";
import { tryExamples } from "./phase/examples.ts";
import { planClaims, runExperiments, type Verdicts } from "./phase/experiments.ts";
import { tryLimits } from "./phase/limits.ts";
import { trySequences } from "./phase/sequences.ts";
import { tryValues } from "./phase/values.ts";
import { requireAcceptedCredentials } from "./refused-credential.ts";
import { createStopwatch } from "./response-time.ts";
import { noteTexts } from "./seen-text.ts";
import { openSession, type Session, type Turn } from "./session.ts";
import { decideShown } from "./shown/decide-shown.ts";
import { tryTiming } from "./timing.ts";

export interface CheckOptions {
	readonly contract: Contract;
	readonly model: Model;
	/** The overlays that were laid over it, as the user named them; reports name them too. */
	readonly overlays?: readonly string[];
	/** The base to which the document's paths are appended. */
	readonly target: string;
	/** Short name of the API in reports. */
	readonly api: string;
	/** Credentials and other headers that go with every request. */
	readonly headers?: Readonly<Record<string, string>>;
	readonly phases?: readonly PhaseName[];
	/** Globs over operation ids and `METHOD /path`. */
	readonly operations?: readonly string[];
	readonly exclude?: readonly string[];
	readonly seed?: number;
	/** Goes into every key that the run chooses; the same seed and id give the same requests. */
	readonly runId?: string;
	readonly settleMs?: number;
	readonly timeoutMs?: number;
	/** Measure whether a wrong credential is answered later the more of it is right. */
	readonly timing?: boolean;
	/** How long an answer may take before it is a finding; without it nothing is said of times. */
	readonly maxResponseTimeMs?: number;
	/** How many exchanges the run may make. */
	readonly budget?: number;
	/** At most so many exchanges a second. */
	readonly rate?: number;
	/** Further callers by name: of another tenant, with other scopes, expired. */
	readonly identities?: CheckIdentities;
	/** All data of the target may be changed. */
	readonly disposable?: boolean;
	readonly readOnly?: boolean;
	readonly dryRun?: boolean;
	readonly ledger?: Ledger;
	/** Rules that are switched off, with the reason. */
	readonly off?: readonly Off[];
	readonly authority?: "document" | "service";
	/** `YYYY-MM-DD`, for expiry dates in the ledger. */
	readonly today?: string;
}

const PHASES: readonly PhaseName[] = ["examples", "values", "experiments", "sequences", "concurrency", "limits"];
const SEED = 1;
const TIMEOUT_MS = 10_000;
const SETTLE_MS = 2_000;
const BUDGET = 100_000;
/** Operations that one run tries; the largest document of a service that we check has 1,223. */
const OPERATIONS_TRIED_MAX = 2_000;

/**
 * Checks a live service against its contract, phase by phase, and tells what happens as it happens.
 *
 * @throws UserError when the target does not answer at all.
 * @example for await (const event of check({ contract, model, target, api: "gateway" })) console.log(event.kind)
 */
export async function* check(options: CheckOptions): AsyncGenerator<CheckEvent, Run> {
	const channel = openChannel();
	return yield* channel.read(run(options, channel));
}

async function run(options: CheckOptions, channel: Channel): Promise<Run> {
	const where = { contract: options.contract, target: options.target, timeoutMs: options.timeoutMs ?? TIMEOUT_MS };
	const given = options.identities ?? {};
	const headers = options.headers ?? {};
	const fresh = options.dryRun === true ? given : await logInAll(where, given);
	const callers = callersOf(options.contract, headers, fresh);
	const { keyring, identities } = callers;
	const model: Model = { ...options.model, authority: options.authority ?? options.model.authority, identities };
	const session = openSession({
		model,
		keyring,
		renew: createRenewal(where, { headers, given, fresh }),
		target: where.target,
		timeoutMs: where.timeoutMs,
		...(options.rate === undefined ? {} : { rate: options.rate }),
	});
	const coverage = new Map<string, Map<number, number>>();
	const sent: Sent = new Map();
	try {
		const desk = openDesk(options, { model, session, callers, channel });
		announce(options, desk, channel);
		if (options.dryRun !== true) await requireAcceptedCredentials(desk);
		const phase = { current: "examples" as PhaseName };
		session.onTurn((turn) => hear(desk, turn, { coverage, sent, channel, phase: phase.current }));
		const { note } = createStopwatch(options.maxResponseTimeMs);
		session.onTurn((turn) => report(desk, note(behaviourOf(desk.model, turn.call.operation).operation, turn)));
		const many = watchMadeMany(desk);
		session.onTurn(many.note);
		const verdicts = await runPhases(options, desk, { channel, phase, many });
		if (options.timing === true && options.dryRun !== true) await tryTiming(desk, tokensIn(keyring));
		const finished = finish(options, desk, { verdicts, seen: coverage, sent });
		channel.tell({ kind: "finished", run: finished });
		return finished;
	} finally {
		await session.close();
	}
}

interface Opened {
	readonly model: Model;
	readonly session: Session;
	readonly callers: Callers;
	readonly channel: Channel;
}

function openDesk(options: CheckOptions, { model, session, callers, channel }: Opened): Desk {
	const { keyring } = callers;
	const skipped = new Map<string, string>();
	const chosen: string[] = [];
	for (const behaviour of model.behaviours.values()) {
		const reason = reasonToSkip(options, { model, behaviour, keyring });
		if (reason !== undefined) skipped.set(behaviour.operation.id, reason);
		else if (isChosen(options, behaviour.operation)) chosen.push(behaviour.operation.id);
	}
	const left = [...Map.groupBy(skipped, ([, reason]) => reason)].map(
		([reason, all]) => `${plural(all.length)} left alone: ${reason}`,
	);
	if (chosen.length > OPERATIONS_TRIED_MAX) left.push(tooMany(chosen.length));
	const seed = options.seed ?? SEED;
	const budget = options.budget ?? BUDGET;
	let serial = 0;
	return {
		session,
		model: withoutOperations(model, skipped),
		validation: createValidation(),
		findings: createFindings(model),
		serial: () => serial++,
		seed,
		marker: options.runId ?? `hf${randomInt(36 ** 5).toString(36)}`,
		settleMs: options.settleMs ?? SETTLE_MS,
		disposable: options.disposable ?? false,
		operations: new Set(chosen.slice(0, OPERATIONS_TRIED_MAX)),
		skipped,
		notes: [...left, ...unusedIdentities(callers, isParted(model))],
		stopReason: () => {
			if (channel.isClosed()) return "nobody listens any more";
			return session.count() >= budget ? `the budget of ${budget} exchanges is used up` : session.lost();
		},
		leftBehind: new Map(),
		unsettled: new Set(),
		decided: new Map(),
		toldApart: new Set(),
		seen: new Map(),
		accepted: new Set(),
	};
}

function isParted({ resources }: Model): boolean {
	return [...resources.values()].some(({ partition }) => partition !== undefined);
}

function tooMany(count: number): string {
	const [all, tried] = [count, OPERATIONS_TRIED_MAX].map((number) => number.toLocaleString("en"));
	return `only the first ${tried} of ${all} operations were tried: that is the most for one run; --operation chooses others`;
}

function plural(count: number): string {
	return count === 1 ? "1 operation was" : `${count} operations were`;
}

interface Candidate {
	readonly model: Model;
	readonly behaviour: Behaviour;
	readonly keyring: Keyring;
}

/** Why an operation may not or cannot be called at all. */
function reasonToSkip(options: CheckOptions, { model, behaviour, keyring }: Candidate): string | undefined {
	if (isMatched(options.exclude ?? [], behaviour.operation)) return "excluded";
	const far = options.disposable === true ? undefined : reachesTooFar(model, behaviour);
	if (far !== undefined) return `the target is shared, and ${far}; --disposable allows it`;
	const scheme = missingCredential(model, behaviour, keyring.right);
	return scheme === undefined ? undefined : `no credential was given for ${scheme}`;
}

/** Without names everything is chosen. What is not chosen may still be called to make what a chosen one needs. */
function isChosen({ operations = [] }: CheckOptions, operation: Operation): boolean {
	return operations.length === 0 || isMatched(operations, operation);
}

function isMatched(globs: readonly string[], operation: OperationName): boolean {
	return globs.some((glob) => namesOperation(glob, operation));
}

/** What may not or cannot be called is not there, for planning as for judging. */
function withoutOperations(model: Model, skipped: ReadonlyMap<string, string>): Model {
	const behaviours = [...model.behaviours].filter(([id]) => !skipped.has(id));
	return { ...model, behaviours: new Map(behaviours) };
}

function announce(options: CheckOptions, desk: Desk, channel: Channel): void {
	const claims = planClaims(desk);
	const documented = claims.filter(({ level }) => level === "drift").length;
	channel.tell({
		kind: "started",
		title: options.contract.title,
		version: options.contract.version,
		operations: options.contract.operations.length,
		claims: { documented, conventional: claims.length - documented },
		seed: desk.seed,
	});
}

interface Heard {
	readonly coverage: Map<string, Map<number, number>>;
	readonly sent: Sent;
	readonly channel: Channel;
	readonly phase: PhaseName;
}

/** Every exchange, whatever it was sent for, is held against the shape that the document gives it. */
function hear(desk: Desk, turn: Turn, { coverage, sent, channel, phase }: Heard): void {
	const { operation } = behaviourOf(desk.model, turn.call.operation);
	const statuses = coverage.get(operation.id) ?? new Map<number, number>();
	const status = turn.answer?.status ?? 0;
	statuses.set(status, (statuses.get(status) ?? 0) + 1);
	coverage.set(operation.id, statuses);
	noteSent(sent, turn.call);
	if (turn.isProbe !== true) report(desk, conform(operation, turn, desk.validation));
	noteTexts(desk.seen, turn);
	if (status >= 200 && status < 300 && turn.isProbe !== true) desk.accepted.add(operation.id);
	const entry = journalEntry(desk.model, turn);
	if (entry !== undefined) channel.tell(entry);
	channel.tell({ kind: "exchange", phase, operation: nameOf(operation), exchange: turn.exchange });
}

interface Stagehand {
	readonly channel: Channel;
	/** What is taken away after each phase. */
	readonly many: MadeMany;
	readonly phase: { current: PhaseName };
}

interface Phased {
	readonly results: readonly PhaseResult[];
	readonly verdicts: Verdicts | undefined;
}

async function runPhases(options: CheckOptions, desk: Desk, { channel, phase, many }: Stagehand): Promise<Phased> {
	const chosen = options.phases ?? PHASES;
	const results: PhaseResult[] = [];
	let verdicts: Verdicts | undefined;
	const work: Readonly<Partial<Record<PhaseName, () => Promise<void>>>> = {
		examples: () => tryExamples(desk),
		values: () => tryValues(desk),
		experiments: async () => {
			await learnEchoes(desk);
			verdicts = await runExperiments(desk);
			await sweepPages(desk);
			await decideShown(desk, verdicts);
			await countCalls(desk);
		},
		// What was found already is no news: the sequences are told and judged with it.
		sequences: () =>
			verdicts === undefined
				? trySequences(desk)
				: trySequences({ ...desk, model: verdicts.working }, verdicts.contradicted),
		concurrency: () =>
			verdicts === undefined
				? tryConcurrency(desk)
				: tryConcurrency({ ...desk, model: verdicts.working }, verdicts.contradicted),
		limits: () => tryLimits(desk),
	};
	let isPrepared = false;
	for (const name of PHASES) {
		const reason = reasonNotTo(options, chosen, name);
		const does = work[name];
		if (reason !== undefined || does === undefined) {
			results.push({ name, exchanges: 0, durationMs: 0, findings: 0, ran: false, why: reason ?? "not built" });
			continue;
		}
		phase.current = name;
		channel.tell({ kind: "phase-started", phase: name });
		const result = await timed(desk, name, async () => {
			if (!isPrepared) {
				await prepare(desk);
				if (reasonNotTo(options, chosen, "experiments") === undefined) await tryLogsEarly(desk);
			}
			isPrepared = true;
			await does();
			await many.takeAway();
		});
		results.push(result);
		channel.tell({ kind: "phase-finished", result });
	}
	return { results, verdicts };
}

/** What a run needs before it can judge: somewhere to work, and bodies that the service takes. */
async function prepare(desk: Desk): Promise<void> {
	await borrowItems(desk);
	await learnBodies(desk);
	await learnFilled(desk);
	await learnBases(desk);
}

function reasonNotTo(options: CheckOptions, chosen: readonly PhaseName[], name: PhaseName): string | undefined {
	if (!chosen.includes(name)) return "not selected";
	if (options.dryRun === true) return "a dry run sends nothing";
	return options.readOnly === true ? "a read-only run makes nothing, and this phase needs what it makes" : undefined;
}

async function timed(desk: Desk, name: PhaseName, work: () => Promise<void>): Promise<PhaseResult> {
	const from = performance.now();
	const before = { exchanges: desk.session.count(), findings: desk.findings.all().length };
	await work();
	return {
		name,
		exchanges: desk.session.count() - before.exchanges,
		durationMs: performance.now() - from,
		findings: desk.findings.all().length - before.findings,
		ran: true,
	};
}

interface Gathered {
	readonly verdicts: Phased;
	readonly seen: Statuses;
	readonly sent: Sent;
}

function finish(options: CheckOptions, desk: Desk, gathered: Gathered): Run {
	const { results, verdicts } = gathered.verdicts;
	const claims = claimResults(desk, { verdicts, statuses: gathered.seen });
	const { findings, notes: switchedOff } = leaveOut(desk.findings.all(), options.off ?? [], (glob, operation) =>
		isMatched([glob], operation),
	);
	const today = options.today ?? new Date().toISOString().slice(0, 10);
	const judged =
		options.ledger === undefined
			? { findings, notes: [] }
			: applyLedger(findings, claims, entriesAbout(options.ledger, "service"), today);
	const { contract } = options;
	return {
		holdfast: readVersion(),
		contract: {
			api: options.api,
			title: contract.title,
			version: contract.version,
			openapi: contract.openapi,
			file: contract.file,
			...(options.overlays === undefined ? {} : { overlays: options.overlays }),
			operations: contract.operations.length,
			authority: desk.model.authority,
		},
		target: options.target,
		seed: desk.seed,
		marker: desk.marker,
		phases: results,
		claims,
		findings: judged.findings,
		ledger: judged.notes,
		coverage: { operations: contract.operations.map((operation) => coverageOf(desk, operation, gathered)) },
		notes: [...new Set([...desk.notes, ...lastNotes(desk), ...switchedOff])],
	};
}

/** What can be said only at the end. */
function lastNotes({ model, session, stopReason, leftBehind }: Desk): readonly string[] {
	const stopped = stopReason();
	const seconds = Math.round(session.waitedMs() / 1_000);
	return [
		...(stopped === undefined ? [] : [`stopped after ${session.count()} exchanges: ${stopped}`]),
		...(seconds === 0 ? [] : [`waited ${seconds} s because the service asked to`]),
		...leftBehindNotes(model, leftBehind),
	];
}

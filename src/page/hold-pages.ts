import type { Contract } from "../contract/contract.ts";
import { namesOperation } from "../contract/names-operation.ts";
import { applyLedger } from "../finding/apply-ledger.ts";
import type { Finding } from "../finding/finding.ts";
import { entriesAbout, type Ledger, type LedgerEntry } from "../finding/ledger.ts";
import { leaveOut, type Off } from "../finding/off.ts";
import type { ClaimResult, PhaseResult, Run } from "../finding/run.ts";
import { readVersion } from "../finding/version.ts";
import type { Model } from "../model/model.ts";
import { createValidation } from "../schema/validate.ts";
import type { Page } from "./block.ts";
import type { Docket, Hearing } from "./docket.ts";
import { type Ruling, toFinding } from "./draft.ts";
import { judgeEndpoints, judgeMissing } from "./judge/judge-endpoints.ts";
import { judgeExamples } from "./judge/judge-examples.ts";
import { judgeSentences } from "./judge/judge-sentences.ts";
import { judgeSnippets } from "./judge/judge-snippets.ts";
import { judgeStatuses } from "./judge/judge-statuses.ts";
import { judgeTables } from "./judge/judge-tables.ts";
import { readPage } from "./read-page.ts";
import { createRoutes } from "./route.ts";
import { namesOf } from "./vocabulary.ts";

export interface HoldOptions {
	readonly contract: Contract;
	readonly model: Model;
	/** Short name of the API. */
	readonly api: string;
	/** The command line that makes this run again. */
	readonly command: string;
	/** As `2026-11-21`: the clock is a parameter. */
	readonly today: string;
	readonly ledger?: Ledger;
	readonly off?: readonly Off[];
	/** What was asked of a service, when one was. */
	readonly asked?: { readonly target: string; readonly exchanges: number; readonly durationMs: number };
}

/**
 * Holds pages against a contract: what they say of endpoints, parameters, fields, statuses, in examples, snippets and
 * sentences. Pure: nothing is sent.
 *
 * @example holdPages(docketOf(pages, contract, model), { … }).findings
 */
export function holdPages(docket: Docket, options: HoldOptions): Run {
	return toRun(docket, rulePages(docket), options);
}

/** The pages, read, with what they are held against. */
export function docketOf(pages: readonly Page[], contract: Contract, model: Model): Docket {
	const readings = pages.map(readPage);
	const routes = createRoutes(
		contract,
		readings.flatMap(({ bases }) => bases),
	);
	return { contract, model, routes, readings, validation: createValidation(), names: namesOf(contract) };
}

const JUDGES: readonly ((hearing: Hearing) => readonly Ruling[])[] = [
	judgeEndpoints,
	judgeTables,
	judgeStatuses,
	judgeExamples,
	judgeSnippets,
	judgeSentences,
];

/** Every claim of the pages with what became of it. */
export function rulePages(docket: Docket): readonly Ruling[] {
	const rulings = docket.readings.flatMap((reading) => JUDGES.flatMap((judge) => judge({ ...docket, reading })));
	return [...rulings, ...judgeMissing(docket)];
}

/** Rulings as a run, which every report can be made from. */
export function toRun(docket: Docket, rulings: readonly Ruling[], options: HoldOptions): Run {
	const { contract, model } = docket;
	const found = gather(rulings, options.command);
	const { findings, notes } = leaveOut(found, options.off ?? [], namesOperation);
	const claims = rulings.map((ruling) => claimResult(ruling));
	const judged =
		options.ledger === undefined ? { findings, notes: [] } : judgeLedger(findings, claims, options, options.ledger);
	return {
		holdfast: readVersion(),
		contract: {
			api: options.api,
			title: contract.title,
			version: contract.version,
			openapi: contract.openapi,
			file: contract.file,
			operations: contract.operations.length,
			authority: model.authority,
		},
		target: options.asked?.target ?? NOWHERE,
		pages: docket.readings.map(({ file }) => file),
		seed: 0,
		phases: phasesOf(findings, options),
		claims,
		findings: judged.findings,
		ledger: judged.notes,
		coverage: { operations: [] },
		notes,
	};
}

/** Stands for the target of a run that sends nothing. */
const NOWHERE = "http://127.0.0.1";

function phasesOf(findings: readonly Finding[], { asked }: HoldOptions): readonly PhaseResult[] {
	const answered = findings.filter(({ rule }) => rule === "page-answer").length;
	const read = { name: "pages", exchanges: 0, durationMs: 0, findings: findings.length - answered, ran: true } as const;
	if (asked === undefined)
		return [read, { ...read, name: "requests", findings: 0, ran: false, why: "no --target is named" }];
	const { exchanges, durationMs } = asked;
	return [read, { name: "requests", exchanges, durationMs, findings: answered, ran: true }];
}

/** The same mistake of the same endpoint is one finding, wherever it stands. */
function gather(rulings: readonly Ruling[], command: string): readonly Finding[] {
	const byPrint = new Map<string, { readonly first: Finding; readonly others: string[] }>();
	for (const ruling of rulings) {
		if (ruling.kind !== "disagrees") continue;
		const finding = toFinding(ruling.draft, command);
		const known = byPrint.get(finding.fingerprint);
		const { file, line } = finding.source;
		if (known === undefined) byPrint.set(finding.fingerprint, { first: finding, others: [] });
		else if (known.first.source.line !== line || known.first.source.file !== file)
			known.others.push(`the same in ${file}:${line}`);
	}
	return [...byPrint.values()].map(({ first, others }) => ({ ...first, consequences: [...new Set(others)] }));
}

function claimResult(ruling: Ruling): ClaimResult {
	const { operation, rule, sentence, place, quote } = ruling.claim;
	const text = quote ?? sentence;
	const evidence = [
		{ kind: "words" as const, text, file: place.file, ...(place.line === undefined ? {} : { line: place.line }) },
	];
	const shared = { operation, law: rule, sentence, level: "drift" as const, evidence, rivals: [] };
	if (ruling.kind === "agrees") return { ...shared, verdict: "agrees" };
	if (ruling.kind === "undecided") return { ...shared, verdict: "undecided", reason: ruling.reason };
	return { ...shared, verdict: "drift", reason: ruling.draft.message };
}

/** One ledger serves checks and pages: here only the entries about pages count. */
function judgeLedger(
	findings: readonly Finding[],
	claims: readonly ClaimResult[],
	{ today }: HoldOptions,
	ledger: Ledger,
): { readonly findings: readonly Finding[]; readonly notes: Run["ledger"] } {
	const named = new Set(claims.flatMap(({ operation }) => [operation.id, `${operation.method} ${operation.path}`]));
	// Pages are read whole: an entry about an endpoint that they name, and that nothing contradicts, has had its day.
	const decided = (entry: LedgerEntry): boolean => named.has(entry.operation) && entry.rule !== "page-answer";
	return applyLedger(findings, [], entriesAbout(ledger, "pages"), today, decided);
}

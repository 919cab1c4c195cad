import { afterAll, beforeAll, describe, expect, type TestAPI, test } from "vitest";
import { type CheckOptions, check } from "./check/run.ts";
import type { Contract } from "./contract/contract.ts";
import { loadContract } from "./contract/load.ts";
import { failsRun } from "./finding/exit-code.ts";
import type { Finding } from "./finding/finding.ts";
import { loadLedger } from "./finding/load-ledger.ts";
import type { ClaimResult, Run } from "./finding/run.ts";
import { type OpenMock, type OpenMockOptions, openMock } from "./mock/open-mock.ts";
import { claimsOf } from "./model/claim.ts";
import { inferModel } from "./model/infer.ts";
import type { Model } from "./model/model.ts";
import { renderOneFinding } from "./report/terminal.ts";

/** The mock of a test that listens. */
export interface MockFixture extends OpenMock {
	/** Base URL without a trailing slash, on a free port of this machine. */
	readonly url: string;
}

/**
 * Gives tests a `test` whose `mock` is a backend made from a document. It is loaded once per test file, listens while
 * the file runs, and is put back to its start before each test, which costs the same however much it holds.
 *
 * @throws UserError, in the first test that uses it, when the document or scenario cannot be used
 * @example
 * const test = testWithMock({ spec: "openapi.yaml" });
 * test("shows an app", async ({ mock }) => {
 * 	await mock.state.set("apps/a", { rate_limit: 5 });
 * 	expect(await showApp(mock.url, "a")).toContain("5 calls a minute");
 * });
 */
export function testWithMock(options: OpenMockOptions): TestAPI<{ mock: MockFixture }> {
	let starting: Promise<MockFixture> | undefined;
	afterAll(async () => {
		await (await starting)?.close();
	});
	return test.extend<{ mock: MockFixture }>({
		// Vitest reads from the pattern what a fixture needs.
		mock: async ({ task: _task }, use) => {
			starting ??= startMock(options);
			const mock = await starting;
			await mock.reset();
			mock.clock.reset();
			await use(mock);
		},
	});
}

async function startMock(options: OpenMockOptions): Promise<MockFixture> {
	const mock = openMock(options);
	const { url } = await mock.listen();
	return { ...mock, url };
}

/** A service that a test starts and stops. */
export interface RunningTarget {
	readonly url: string;
	close(): Promise<void>;
}

export interface ContractTest
	extends Pick<
		CheckOptions,
		| "headers"
		| "identities"
		| "disposable"
		| "seed"
		| "phases"
		| "operations"
		| "exclude"
		| "settleMs"
		| "runId"
		| "authority"
	> {
	/** The OpenAPI document. */
	readonly spec: string;
	/** Overlays in the order in which they apply. */
	readonly overlay?: string | readonly string[];
	/** A base URL, or a function that starts the service. */
	readonly target: string | (() => Promise<string | RunningTarget>);
	/** The known drifts of this target; their tests pass, annotated. */
	readonly ledger?: string;
	/** How the suite is called; the document's title by default. */
	readonly name?: string;
	/** How long the whole check may take, in milliseconds; by default 60,000. */
	readonly limitMs?: number;
}

const LIMIT_MS = 60_000;

/**
 * Turns every claim of a document into a test of a running service, and every operation's answers into one more.
 * A known drift passes with a note; a claim that cannot be decided is skipped with its reason.
 *
 * @example describeContract({ spec: "openapi.yaml", target: () => startService(), ledger: "known-drift.yaml" })
 */
export function describeContract(options: ContractTest): void {
	describe(options.name ?? options.spec, async () => {
		const contract = await loadContract({ spec: options.spec, overlays: [options.overlay ?? []].flat() });
		const model = inferModel(contract);
		const held: { run?: Run } = {};
		beforeAll(async () => {
			held.run = await runCheck(options, contract, model);
		}, options.limitMs ?? LIMIT_MS);
		const run = (): Run => {
			if (held.run === undefined) throw new Error("the check did not come to its end");
			return held.run;
		};
		describeOperations(model, run);
		test("the ledger names nothing that is not there any more", () => {
			const stale = run().ledger.filter(({ kind }) => kind !== "undecided");
			expect(stale.map(({ message }) => message)).toEqual([]);
		});
	});
}

async function runCheck(options: ContractTest, contract: Contract, model: Model): Promise<Run> {
	const { spec: _spec, overlay: _overlay, target, ledger: file, name, limitMs: _limitMs, ...rest } = options;
	const ledger = file === undefined ? undefined : await loadLedger(file);
	const started = typeof target === "string" ? target : await target();
	const url = typeof started === "string" ? started : started.url;
	try {
		const events = check({
			...rest,
			contract,
			model,
			target: url,
			api: name ?? contract.title,
			...(ledger === undefined ? {} : { ledger }),
		});
		for await (const event of events) if (event.kind === "finished") return event.run;
	} finally {
		if (typeof started !== "string") await started.close();
	}
	throw new Error("the check ended without a result");
}

function describeOperations(model: Model, run: () => Run): void {
	const claims = claimsOf(model);
	for (const { operation } of model.behaviours.values()) {
		describe(`${operation.method} ${operation.path}`, () => {
			test("answers as documented", (context) => judgeAnswers(run(), operation.id, (note) => context.annotate(note)));
			const sentences = new Set(
				claims.filter((claim) => claim.operation === operation.id).map(({ sentence }) => sentence),
			);
			for (const sentence of sentences) {
				test(sentence, async (context) => {
					const results = run().claims.filter(
						(claim) => claim.operation.id === operation.id && claim.sentence === sentence,
					);
					await judgeClaims(run(), results, {
						annotate: (note) => context.annotate(note),
						skip: (reason) => context.skip(reason),
					});
				});
			}
		});
	}
}

/** Rules about the effect of operations are judged claim by claim; all others are about single answers. */
const CLAIM_RULES: ReadonlySet<string> = new Set([
	"effect",
	"guard",
	"ignored-auth",
	"rate-limit",
	"failed-write-changed-state",
	"reveal-once",
]);

async function judgeAnswers(run: Run, operation: string, annotate: (note: string) => Promise<unknown>): Promise<void> {
	const findings = run.findings.filter(
		(finding) => finding.operation.id === operation && !CLAIM_RULES.has(finding.rule),
	);
	for (const finding of findings) await judgeFinding(run, finding, annotate);
}

interface Reactions {
	readonly annotate: (note: string) => Promise<unknown>;
	readonly skip: (reason: string) => void;
}

async function judgeClaims(run: Run, results: readonly ClaimResult[], { annotate, skip }: Reactions): Promise<void> {
	const drifting = results.filter(({ verdict }) => verdict === "drift");
	const undecided = results.find(({ verdict }) => verdict === "undecided");
	for (const { operation } of drifting) {
		const findings = run.findings.filter(
			(finding) => finding.operation.id === operation.id && CLAIM_RULES.has(finding.rule),
		);
		for (const finding of findings) await judgeFinding(run, finding, annotate);
	}
	if (drifting.length === 0 && undecided !== undefined) skip(undecided.reason ?? "undecided");
}

async function judgeFinding(run: Run, finding: Finding, annotate: (note: string) => Promise<unknown>): Promise<void> {
	if (failsRun(finding)) throw new Error(renderOneFinding(run, finding));
	const kind = finding.known === undefined ? finding.level : "known drift";
	await annotate(`${kind}: documented ${finding.documented}, observed ${finding.observed}`);
}

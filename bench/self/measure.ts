import { cutOut, inputFor, type PlanInput, sequencesFor, tracked } from "../../src/check/plan/plan.ts";
import type { Contract } from "../../src/contract/contract.ts";
import type { Run } from "../../src/finding/run.ts";
import { type Claim, claimsOf, type Rival } from "../../src/model/claim.ts";
import type { Model } from "../../src/model/model.ts";
import { emptyState } from "../../src/model/state.ts";
import { createValidation } from "../../src/schema/validate.ts";
import { checkMock } from "./check-mock.ts";
import { judgeRival, lineOf, type RivalOutcome } from "./outcome.ts";

/** What a check of the faithful mock gave for some operations of a document. */
export interface CleanPiece {
	readonly operations: readonly string[];
	readonly exchanges: number;
	readonly ms: number;
	readonly findings: readonly string[];
	readonly verdicts: Readonly<Record<string, number>>;
	/** What could not be done, as the run says it. */
	readonly notes: readonly string[];
	/** Why claims were left undecided, and how many. */
	readonly reasons: Readonly<Record<string, number>>;
}

export interface Measuring {
	readonly contract: Contract;
	readonly model: Model;
	readonly seed: number;
	readonly budget: number;
}

/** Checks the mock of a document, on some of its operations, with every phase. */
export async function measureClean(
	{ contract, model, seed, budget }: Measuring,
	operations: readonly string[],
): Promise<CleanPiece> {
	const from = performance.now();
	const run = await checkMock({ contract, model, operations, seed, budget });
	const undecided = run.claims.filter(({ verdict }) => verdict === "undecided");
	return {
		operations,
		exchanges: exchangesOf(run),
		ms: Math.round(performance.now() - from),
		findings: run.findings.map((finding) => `${finding.fingerprint} ${lineOf(finding)}`),
		verdicts: countBy(run.claims, ({ verdict }) => verdict),
		notes: run.notes,
		reasons: countBy(undecided, ({ reason }) => reason ?? "no reason"),
	};
}

/** Has the mock do as a rival does, and looks what the check makes of it. */
export async function measureRival(
	{ contract, model, seed, budget }: Measuring,
	{ claim, rival }: { claim: Claim; rival: Rival },
): Promise<RivalOutcome & { readonly exchanges: number; readonly ms: number }> {
	const from = performance.now();
	const operations = [claim.operation];
	const phases = ["values", "experiments", "limits"] as const;
	const run = await checkMock({
		contract,
		model,
		drift: [driftFor(model, { claim, rival })],
		operations,
		phases,
		seed,
		budget,
		isEmpty: true,
	});
	const alike = (): readonly string[] => alikeTo({ model, seed }, { claim, rival });
	const outcome = judgeRival(run, { model, claim, rival, alike });
	return { ...outcome, exchanges: exchangesOf(run), ms: Math.round(performance.now() - from) };
}

/** A rival as `--drift` names it: with its law, as a liar with `!`, and from its second form on with a number. */
function driftFor(model: Model, { claim, rival }: { claim: Claim; rival: Rival }): string {
	const same = claimsOf(model).filter(({ operation, law }) => operation === claim.operation && law === claim.law);
	const law = same.length === 1 ? claim.law : (claim.id.split("/").at(-1) ?? claim.law);
	const forms = claim.rivals.filter(({ name, lies }) => name === rival.name && lies === rival.lies);
	const number = forms.indexOf(rival) + 1;
	return `${claim.operation}=${law}: ${rival.name}${rival.lies ? "!" : ""}${number === 1 ? "" : ` #${number}`}`;
}

/** Other rivals of the operation that no sequence over this API tells from one. */
function alikeTo(
	{ model, seed }: Pick<Measuring, "model" | "seed">,
	{ claim, rival }: { claim: Claim; rival: Rival },
): readonly string[] {
	const input: PlanInput = {
		model,
		seed,
		start: emptyState(true),
		validation: createValidation(),
		operations: new Set([claim.operation]),
	};
	const { start } = inputFor(input, claim.operation);
	const served = rival.inject(model);
	const sequences = tracked(served, start, sequencesFor(input, claim.operation));
	const others = claimsOf(model).filter(({ operation }) => operation === claim.operation);
	return others
		.flatMap(({ rivals }) => rivals)
		.filter((other) => other.name !== rival.name)
		.filter((other) => cutOut(sequences, { model: served, rival: other.inject(model), start }) === undefined)
		.map(({ name }) => name);
}

function exchangesOf({ phases }: Run): number {
	return phases.reduce((sum, { exchanges }) => sum + exchanges, 0);
}

export function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Readonly<Record<string, number>> {
	const groups = Map.groupBy(items, keyOf);
	return Object.fromEntries([...groups].map(([key, all]): [string, number] => [key, all.length]).toSorted());
}

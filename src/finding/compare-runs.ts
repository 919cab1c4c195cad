import type { Finding } from "./finding.ts";
import type { ClaimResult, Run } from "./run.ts";

/**
 * What a finding is to a reader who knows an earlier run. `grown`: it was there, and reaches further or counts for more
 * now. `standing`: it was there already, and no ledger knows it.
 */
export type Standing = "new" | "known" | "grown" | "flaky" | "standing";

export interface Stood {
	readonly finding: Finding;
	readonly standing: Standing;
	/** How it has grown, in one sentence. */
	readonly grown?: string;
}

/** A finding of the earlier run that this one does not have. */
export interface Gone {
	readonly finding: Finding;
	/** False when this run did not look: then nobody knows. */
	readonly decided: boolean;
	readonly why: string;
}

/** One run beside an earlier one of the same API. */
export interface Comparison {
	readonly run: Run;
	/** Undefined where there is nothing to compare with. */
	readonly since: Run | undefined;
	/** In the order of the run's findings. */
	readonly findings: readonly Stood[];
	readonly gone: readonly Gone[];
}

/**
 * Holds a run against an earlier one. Without one, what no ledger knows is new.
 *
 * @example compareRuns(run, main).gone.map(({ finding }) => finding.fingerprint) // ["7d3c12"]
 */
export function compareRuns(run: Run, since?: Run): Comparison {
	const findings = run.findings.map((finding) => stood(finding, since));
	return { run, since, findings, gone: since === undefined ? [] : goneFrom(run, since) };
}

function stood(finding: Finding, since: Run | undefined): Stood {
	const before = since?.findings.find((other) => isSamePlace(finding, other));
	const grown = before === undefined ? undefined : growthOf(finding, before);
	if (finding.flaky !== undefined) return { finding, standing: "flaky" };
	if (grown !== undefined) return { finding, standing: "grown", grown };
	if (finding.known !== undefined) return { finding, standing: "known" };
	return { finding, standing: before === undefined ? "new" : "standing" };
}

/** The same promise is broken: how, may have changed. */
function isSamePlace(a: Finding, b: Finding): boolean {
	return (
		a.rule === b.rule &&
		a.operation.id === b.operation.id &&
		(a.subject ?? "") === (b.subject ?? "") &&
		a.documented === b.documented
	);
}

function growthOf(now: Finding, before: Finding): string | undefined {
	if (now.observed !== before.observed) return `observed before: ${before.observed}`;
	if (now.level === "drift" && before.level === "surprise") return "it was a surprise before";
	const added = now.consequences.filter((consequence) => !before.consequences.includes(consequence));
	return added.length === 0 ? undefined : `reaches further: ${added.join(", ")}`;
}

function goneFrom(run: Run, since: Run): readonly Gone[] {
	const missing = since.findings.filter((finding) => !run.findings.some((other) => isSamePlace(finding, other)));
	return missing.map((finding) => {
		const contradicted = claimsOf(since, finding);
		const now = run.claims.filter((claim) => contradicted.some((other) => isSameClaim(claim, other)));
		const open = now.find(({ verdict }) => verdict !== "agrees");
		if (open !== undefined) return { finding, decided: false, why: open.reason ?? "not decided in this run" };
		if (now.length > 0) return { finding, decided: true, why: "the service does what is documented now" };
		return goneWithoutClaim(run, finding);
	});
}

/** What no claim speaks of was looked at when its operation was called. */
function goneWithoutClaim({ coverage }: Run, finding: Finding): Gone {
	const operation = coverage.operations.find((each) => each.operation.id === finding.operation.id);
	if (operation === undefined) return { finding, decided: true, why: "the operation is not documented any more" };
	if (operation.exchanges > 0) return { finding, decided: true, why: "it did not show again" };
	return { finding, decided: false, why: operation.skipped ?? "the operation was not called in this run" };
}

/** The claims that a finding contradicts: those whose law or rival it names. */
function claimsOf({ claims }: Run, { operation, documented, observed }: Finding): readonly ClaimResult[] {
	return claims.filter(
		({ operation: { id }, verdict, law, rivals }) =>
			id === operation.id &&
			verdict === "drift" &&
			(law === documented || rivals.some(({ name }) => name === observed)),
	);
}

function isSameClaim(a: ClaimResult, b: ClaimResult): boolean {
	return a.operation.id === b.operation.id && a.law === b.law && a.sentence === b.sentence;
}

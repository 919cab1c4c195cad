import type { Finding } from "../../src/finding/finding.ts";
import type { ClaimResult, Run } from "../../src/finding/run.ts";
import type { Claim, Rival } from "../../src/model/claim.ts";
import { behaviourOf, type Model } from "../../src/model/model.ts";

/**
 * What a check made of a rival that its target was: `named` it or another of its class; `suspected` it among others;
 * found the operation to do otherwise, but not as `whom`; left it `undecided`, with the reason; or was `silent`.
 */
export type Verdict = "named" | "suspected" | "otherwise" | "undecided" | "silent";

export interface RivalOutcome {
	readonly operation: string;
	readonly law: string;
	readonly rival: string;
	readonly lies: boolean;
	readonly verdict: Verdict;
	/** Why it is undecided, or what was found in its place. */
	readonly detail?: string;
}

export interface Injected {
	readonly model: Model;
	readonly claim: Claim;
	readonly rival: Rival;
	/** Names of rivals of the same operation that nothing tells from this one. */
	readonly alike: () => readonly string[];
}

/** Input that is taken or refused by value is told in words of its own. */
const BY_VALUE: ReadonlySet<string> = new Set([
	"negative-data-rejection",
	"positive-data-acceptance",
	"missing-required-header",
]);

/** What a document does not name a mock must make up, and what contradicts itself nobody can mend. */
const OF_DOCUMENT: ReadonlySet<string> = new Set(["status-code-conformance", "example-conformance"]);

/** Whether a finding says something of the service, and not of what its document leaves out or contradicts. */
export function isOfService({ rule, level }: Pick<Finding, "rule" | "level">): boolean {
	return level === "drift" || !OF_DOCUMENT.has(rule);
}

export function judgeRival(run: Run, { model, claim, rival, alike }: Injected): RivalOutcome {
	const base = { operation: claim.operation, law: claim.law, rival: rival.name, lies: rival.lies };
	const { id } = behaviourOf(model, claim.operation).operation;
	const findings = run.findings.filter(isOfService);
	const own = findings.filter(({ operation }) => operation.id === id);
	if (own.some((finding) => isNamed(finding, claim, rival))) return { ...base, verdict: "named" };
	const detail = findings.map(lineOf).join("; ");
	const suspected = own.some(({ suspects }) => suspects.includes(rival.name));
	if (own.length > 0 && isOfClass(own, [rival.name, ...alike()])) return { ...base, verdict: "named", detail };
	if (suspected) return { ...base, verdict: "suspected", detail };
	if (findings.length > 0) return { ...base, verdict: "otherwise", detail };
	const result = run.claims.find((one) => isOf(one, { id, claim }));
	const told = result?.rivals.find(({ name }) => name === rival.name);
	const reason = told?.reason ?? (result?.verdict === "undecided" ? result.reason : undefined);
	if (told?.excluded !== true && reason !== undefined) return { ...base, verdict: "undecided", detail: reason };
	const excluded = told?.excluded === true ? ", and the rival is excluded" : "";
	return { ...base, verdict: "silent", detail: `the claim ${result?.verdict ?? "is not told"}${excluded}` };
}

function isNamed({ observed, rule }: Finding, { law }: Claim, rival: Rival): boolean {
	if (observed === rival.name) return true;
	// Whether a refused request is applied in full or in part, a service that repairs what it stores does not show.
	if (rule === "failed-write-changed-state" && rule === rival.rule) return true;
	return law === "valid" && BY_VALUE.has(rule) && rival.rule !== "failed-write-changed-state";
}

function isOfClass(findings: readonly Finding[], names: readonly string[]): boolean {
	return findings.some(
		({ suspects, observed }) =>
			names.includes(observed) || (suspects.length > 0 && suspects.every((name) => names.includes(name))),
	);
}

function isOf({ operation, law, sentence }: ClaimResult, { id, claim }: { id: string; claim: Claim }): boolean {
	return operation.id === id && law === claim.law && sentence === claim.sentence;
}

/** A finding in one line. */
export function lineOf({ rule, level, operation, subject, documented, observed }: Finding): string {
	const about = subject === undefined ? "" : ` (${subject})`;
	const mark = level === "drift" ? "" : " [surprise]";
	return `${rule} of ${operation.method} ${operation.path}${about}: documented ${documented}, observed ${observed}${mark}`;
}

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

export function judgeRival(run: Run, { model, claim, rival, alike }: Injected): RivalOutcome {
	const base = { operation: claim.operation, law: claim.law, rival: rival.name, lies: rival.lies };
	const { id } = behaviourOf(model, claim.operation).operation;
	const own = run.findings.filter(({ operation }) => operation.id === id);
	const isNamed = ({ observed, rule }: Finding): boolean =>
		observed === rival.name || (claim.law === "valid" && BY_VALUE.has(rule));
	if (own.some(isNamed)) return { ...base, verdict: "named" };
	const suspected = own.find(({ suspects }) => suspects.includes(rival.name));
	if (own.length > 0) {
		const others = alike();
		const isOfClass = own.some(
			({ suspects, observed }) =>
				others.includes(observed) ||
				(suspects.length > 0 && suspects.every((name) => name === rival.name || others.includes(name))),
		);
		if (isOfClass) return { ...base, verdict: "named", detail: own.map(lineOf).join("; ") };
	}
	if (suspected !== undefined) return { ...base, verdict: "suspected", detail: suspected.observed };
	if (run.findings.length > 0) return { ...base, verdict: "otherwise", detail: run.findings.map(lineOf).join("; ") };
	const result = run.claims.find((one) => isOf(one, { id, claim }));
	if (result?.verdict === "undecided" && result.reason !== undefined)
		return { ...base, verdict: "undecided", detail: result.reason };
	return { ...base, verdict: "silent", detail: `the claim ${result?.verdict ?? "is not told"}` };
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

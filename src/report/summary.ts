import type { Finding, Level } from "../finding/finding.ts";
import type { ClaimResult, Run } from "../finding/run.ts";

/** The figures that every report ends with. */
export interface Summary {
	readonly claims: number;
	readonly documented: number;
	readonly conventional: number;
	readonly agree: number;
	readonly drift: number;
	readonly undecided: number;
	readonly knownFindings: number;
	readonly newFindings: number;
}

export function summarize(run: Run): Summary {
	const count = (verdict: ClaimResult["verdict"]): number =>
		run.claims.filter((claim) => claim.verdict === verdict).length;
	const documented = run.claims.filter((claim) => claim.level === "drift").length;
	const knownFindings = run.findings.filter((finding) => finding.known !== undefined).length;
	return {
		claims: run.claims.length,
		documented,
		conventional: run.claims.length - documented,
		agree: count("agrees"),
		drift: count("drift"),
		undecided: count("undecided"),
		knownFindings,
		newFindings: run.findings.length - knownFindings,
	};
}

/** `1 claim`, `2 claims`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
	return `${count} ${count === 1 ? noun : nouns}`;
}

const LEVELS: readonly Level[] = ["drift", "surprise", "suggestion"];

/** Drift before surprise, then in the order of the document: the same findings are always the same list. */
export function sortFindings(run: Run): readonly Finding[] {
	const order = new Map(run.coverage.operations.map((each, index) => [each.operation.id, index]));
	const rank = (finding: Finding): readonly (number | string)[] => [
		LEVELS.indexOf(finding.level),
		order.get(finding.operation.id) ?? order.size,
		finding.rule,
		finding.subject ?? "",
		finding.fingerprint,
	];
	return run.findings.toSorted((a, b) => compare(rank(a), rank(b)));
}

function compare(left: readonly (number | string)[], right: readonly (number | string)[]): number {
	for (const [index, value] of left.entries()) {
		const other = right[index] as number | string;
		if (value !== other) return value < other ? -1 : 1;
	}
	return 0;
}

/** Undecided claims by their reason, the most frequent reason first, else as they come. */
export function groupUndecided(run: Run): ReadonlyMap<string, readonly ClaimResult[]> {
	const undecided = run.claims.filter(({ verdict }) => verdict === "undecided");
	const groups = Map.groupBy(undecided, ({ reason }) => reason ?? "no reason given");
	return new Map([...groups].sort(([, a], [, b]) => b.length - a.length));
}

/** `PUT /apps/{id} replaces the item`. */
export function renderClaim({ operation, sentence }: ClaimResult): string {
	return `${operation.method} ${operation.path} ${sentence}`;
}

import type { Finding, OperationName } from "./finding.ts";
import type { Rule } from "./rule.ts";

/** A rule that a team has switched off where it makes no sense for its API. */
export interface Off {
	readonly rule: Rule;
	/** Glob over `operationId` and `METHOD /path`; every operation when not given. */
	readonly operation?: string;
	/** Why; reports show it. */
	readonly reason: string;
}

/**
 * The findings without those of rules that are switched off, and a sentence for each switch that says what it left out.
 *
 * @param matches whether a glob means an operation
 * @example leaveOut(findings, [{ rule: "undocumented-field", reason: "we add fields freely" }], matches).notes
 */
export function leaveOut(
	findings: readonly Finding[],
	off: readonly Off[],
	matches: (glob: string, operation: OperationName) => boolean,
): { readonly findings: readonly Finding[]; readonly notes: readonly string[] } {
	const isOff = ({ rule, operation }: Off, finding: Finding): boolean =>
		rule === finding.rule && (operation === undefined || matches(operation, finding.operation));
	const notes = off.map((one) => {
		const count = findings.filter((finding) => isOff(one, finding)).length;
		const where = one.operation === undefined ? "" : ` for ${one.operation}`;
		const left = count === 0 ? "nothing left out" : `${count} finding${count === 1 ? "" : "s"} left out`;
		return `${one.rule} is switched off${where}: ${one.reason} (${left})`;
	});
	return { findings: findings.filter((finding) => !off.some((one) => isOff(one, finding))), notes };
}

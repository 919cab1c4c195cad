import type { Finding } from "./finding.ts";
import type { Run } from "./run.ts";

export interface Strictness {
	/** A surprise fails the run too; a suggestion never does. */
	readonly strict?: boolean;
}

/** These fail a run also when they do not come back: a crash is a crash, and a race proves itself by its history. */
const FAILS_WHEN_FLAKY: ReadonlySet<string> = new Set(["not-a-server-error", "race"]);

/**
 * 1 when something new is wrong, 0 when not. New is what the ledger does not know; an entry of the ledger that is stale
 * or expired counts as well, because a ledger that nobody cleans hides the next drift.
 *
 * @example process.exitCode = exitCode(run, { strict: false })
 */
export function exitCode(run: Pick<Run, "findings" | "ledger">, strictness: Strictness = {}): 0 | 1 {
	const hasNew = run.findings.some((finding) => failsRun(finding, strictness));
	return hasNew || run.ledger.some((note) => note.kind !== "undecided") ? 1 : 0;
}

/** Whether this finding alone fails its run. */
export function failsRun(finding: Finding, { strict = false }: Strictness = {}): boolean {
	if (finding.known !== undefined || finding.level === "suggestion") return false;
	if (finding.flaky !== undefined && !FAILS_WHEN_FLAKY.has(finding.rule)) return false;
	return finding.level === "drift" || finding.rule === "not-a-server-error" || strict;
}

import type { Run } from "../finding/run.ts";
import { summarize } from "./summary.ts";

const HEADINGS = ["", "claims", "agree", "undecided", "new findings", "known", "exchanges", "seconds"];
const MS_PER_SECOND = 1_000;

/**
 * Several runs in one table, a line each, for the end of a terminal's output.
 *
 * @example renderOverview([gatewayRun, shopRun]) // "           claims   agree …\n  gateway      64      62 …\n"
 */
export function renderOverview(runs: readonly Run[]): string {
	const rows = [HEADINGS, ...runs.map(rowOf)];
	const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	const pad = (cell: string, column: number): string =>
		column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
	return rows.map((row) => `  ${row.map(pad).join("   ")}\n`).join("");
}

function rowOf(run: Run): readonly string[] {
	const { claims, agree, undecided, newFindings, knownFindings } = summarize(run);
	const exchanges = run.phases.reduce((sum, phase) => sum + phase.exchanges, 0);
	const ms = run.phases.reduce((sum, phase) => sum + phase.durationMs, 0);
	const counts = [claims, agree, undecided, newFindings, knownFindings, exchanges].map(String);
	return [run.contract.api, ...counts, (ms / MS_PER_SECOND).toFixed(1)];
}

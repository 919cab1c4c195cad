import type { Finding } from "../src/finding/finding.ts";
import type { Run } from "../src/finding/run.ts";
import type { Fault } from "../src/reference/fault/fault.ts";

/** How one planted fault was found, as a row of a table. */
export type FaultRow = readonly [fault: string, found: string, findings: string, exchanges: string];

export const FAULT_HEADINGS: FaultRow = ["fault", "found as", "findings", "exchanges"];

export function faultRow(fault: Fault, { findings, phases }: Run): FaultRow {
	const exchanges = phases.reduce((sum, phase) => sum + phase.exchanges, 0);
	const hit = findings.find((finding) => isExpected(fault, finding));
	const found = hit === undefined ? "not found" : `${hit.rule} of ${hit.operation.id}: ${hit.observed}`;
	return [fault.name, found, String(findings.length), String(exchanges)];
}

/** Whether a finding says what the fault declares, word for word. */
export function isExpected({ expects }: Fault, { rule, operation, documented, observed }: Finding): boolean {
	return (
		rule === expects.rule &&
		operation.id === expects.operation &&
		documented === expects.documented &&
		observed === expects.observed
	);
}

/** Columns side by side, for a terminal. */
export function renderTable(rows: readonly (readonly string[])[]): string {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
	return lines.map((line) => line.trimEnd()).join("\n");
}

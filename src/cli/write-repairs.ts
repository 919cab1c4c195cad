import { join } from "node:path";
import type { Finding } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { renderIssue } from "../report/repair-issue.ts";
import { renderOverlay } from "../report/repair-overlay.ts";
import { renderTest } from "../report/repair-test.ts";
import { sortFindings } from "../report/summary.ts";
import type { TerminalIo } from "./terminal-io.ts";
import { writeText } from "./write-report.ts";

/**
 * Writes what mends each finding, in the order in which it should be tried: the overlay, the failing test, the bug to
 * file. Where one of them cannot be made it says why.
 *
 * @throws UserError when a file cannot be written
 */
export async function writeRepairs(runs: readonly Run[], folder: string, io: TerminalIo): Promise<void> {
	for (const run of runs) {
		if (run.findings.length === 0) io.out(`${run.contract.api}: nothing to mend\n`);
		for (const finding of sortFindings(run)) await writeFinding(run, finding, { folder, io });
	}
}

async function writeFinding(
	run: Run,
	finding: Finding,
	{ folder, io }: { readonly folder: string; readonly io: TerminalIo },
): Promise<void> {
	const { operation, rule, fingerprint, repair } = finding;
	io.out(`${operation.method} ${operation.path}  ${rule} · ${fingerprint}\n`);
	const repairs = repairsOf(run, finding);
	for (const { what, ending, text, why } of repair.first === "service" ? repairs : repairs.toReversed()) {
		const file = join(folder, `${fingerprint}.${ending}`);
		if (text !== undefined) await writeText(io.cwd, file, text);
		io.out(`  ${what.padEnd(8)} ${text === undefined ? `none: ${why}` : file}\n`);
	}
}

interface Repair {
	readonly what: string;
	readonly ending: string;
	readonly text?: string;
	readonly why?: string;
}

/** The service's first; where the service has the last word they are told the other way round. */
function repairsOf(run: Run, finding: Finding): readonly Repair[] {
	const test = renderTest(run, finding);
	const overlay = renderOverlay(run, finding);
	return [
		{ what: "test", ending: "test.ts", ...(test.kind === "test" ? { text: test.text } : { why: test.why }) },
		{ what: "bug", ending: "md", text: renderIssue(run, finding) },
		{
			what: "overlay",
			ending: "overlay.yaml",
			...(overlay === undefined ? { why: finding.repair.why ?? "it has none" } : { text: overlay }),
		},
	];
}

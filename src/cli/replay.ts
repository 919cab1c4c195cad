import { join, resolve } from "node:path";
import { hintOf } from "../contract/did-you-mean.ts";
import { exitCode } from "../finding/exit-code.ts";
import type { Run } from "../finding/run.ts";
import { UserError } from "../problem/problem.ts";
import { renderOneFinding } from "../report/terminal.ts";
import { exists } from "./load-config.ts";
import { loadRuns } from "./load-runs.ts";
import type { SelectedApi } from "./select-api.ts";
import type { TerminalIo } from "./terminal-io.ts";

export interface Replay {
	readonly api: string;
	/** The same seed makes the same requests. */
	readonly seed: number;
}

/**
 * Finds the reported run that holds a finding.
 *
 * @throws UserError when no report of these APIs holds it.
 * @example await findReplay("3f9c1a", apis, { out: "reports", cwd }) // { api: "gateway", seed: 1 }
 */
export async function findReplay(
	fingerprint: string,
	apis: readonly SelectedApi[],
	{ out, cwd }: { readonly out: string; readonly cwd: string },
): Promise<Replay> {
	const files = apis.map(({ name }) => join(out, name, "run.json"));
	const written: string[] = [];
	for (const file of files) if (await exists(resolve(cwd, file))) written.push(file);
	const runs = await loadRuns(written, cwd);
	const run = runs.find(({ findings }) => findings.some((finding) => finding.fingerprint === fingerprint));
	if (run !== undefined) return { api: run.contract.api, seed: run.seed };
	const known = runs.flatMap(({ findings }) => findings.map((finding) => finding.fingerprint));
	const message = `no finding ${fingerprint} stands in ${files.join(", ")}`;
	throw new UserError([{ code: "unknown-finding", message, ...hintOf(fingerprint, known) }]);
}

/** Tells whether the finding came back; the exit code is that of a run with nothing else in it. */
export function showReplay(run: Run, fingerprint: string, io: TerminalIo): number {
	const findings = run.findings.filter((finding) => finding.fingerprint === fingerprint);
	const [finding] = findings;
	io.out(finding === undefined ? `${fingerprint} did not come back\n` : renderOneFinding(run, finding, io));
	return exitCode({ findings, ledger: [] });
}

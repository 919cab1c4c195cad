import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isSeq, parseDocument, type YAMLSeq } from "yaml";
import { hintOf } from "../contract/did-you-mean.ts";
import type { Finding } from "../finding/finding.ts";
import { loadLedger } from "../finding/load-ledger.ts";
import type { Run } from "../finding/run.ts";
import { UserError } from "../problem/problem.ts";
import type { AcceptFlags } from "./accept.ts";
import { loadConfig } from "./load-config.ts";
import { loadRuns } from "./load-runs.ts";
import type { TerminalIo } from "./terminal-io.ts";

/**
 * Adds the new drifts of runs to the ledgers of their APIs; what stands there already, comments included, stays as it is.
 *
 * @throws UserError when there is no run, no ledger to write to, no reason, or no such finding
 */
export async function runAccept(file: string, flags: AcceptFlags, io: TerminalIo): Promise<void> {
	if (flags.reason === undefined) {
		const hint = 'say why the team lives with it: --reason "mended in the next release"';
		throw new UserError([{ code: "no-reason", message: "a known drift needs a reason", hint }]);
	}
	const runs = await loadRuns([file], io.cwd);
	requireFindings(runs, flags.only ?? [], file);
	for (const run of runs) {
		const accepted = run.findings.filter((finding) => isMeant(finding, flags.only));
		if (accepted.length === 0) {
			io.out(`${run.contract.api}: nothing new to accept\n`);
			continue;
		}
		const ledger = await ledgerOf(run, flags, io);
		await append(resolve(io.cwd, ledger), accepted, { ...flags, today: io.today() });
		// What was written is read as a check reads it, so that a mistake is told now.
		await loadLedger(ledger, io.cwd);
		const many = accepted.length === 1 ? "1 drift is" : `${accepted.length} drifts are`;
		io.out(`${run.contract.api}: ${many} known now, in ${ledger}\n`);
	}
}

function isMeant({ fingerprint, level, known }: Finding, only: AcceptFlags["only"]): boolean {
	return only === undefined ? level === "drift" && known === undefined : only.includes(fingerprint);
}

function requireFindings(runs: readonly Run[], only: readonly string[], file: string): void {
	const prints = runs.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint));
	const unknown = only.filter((one) => !prints.includes(one));
	if (unknown.length === 0) return;
	throw new UserError(
		unknown.map((one) => ({
			code: "unknown-finding",
			message: `no finding ${one} stands in ${file}`,
			...hintOf(one, prints),
		})),
	);
}

async function ledgerOf({ contract }: Run, flags: AcceptFlags, io: TerminalIo): Promise<string> {
	if (flags.ledger !== undefined) return flags.ledger;
	const named = typeof flags.config === "string" ? flags.config : undefined;
	const loaded = flags.config === false ? undefined : await loadConfig(io.cwd, named);
	const ledger = loaded?.config.apis[contract.api]?.ledger;
	if (ledger !== undefined) return ledger;
	const message = `nothing says where the ledger of ${contract.api} is`;
	throw new UserError([{ code: "no-ledger", message, hint: "name it with --ledger known-drift.yaml" }]);
}

interface Written {
	readonly reason?: string;
	readonly owner?: string;
	readonly expires?: string;
	readonly today: string;
}

async function append(file: string, findings: readonly Finding[], written: Written): Promise<void> {
	const text = existsSync(file) ? readFileSync(file, "utf8") : "";
	const document = parseDocument(text.trim() === "" ? "known: []\n" : text);
	if (!isSeq(document.get("known"))) document.set("known", document.createNode([]));
	const list = document.get("known") as YAMLSeq;
	list.flow = false;
	for (const finding of findings) list.add(document.createNode(entryOf(finding, written)));
	await mkdir(dirname(file), { recursive: true });
	writeFileSync(file, document.toString({ lineWidth: 0 }));
}

function entryOf(finding: Finding, { reason, owner, expires, today }: Written): Record<string, string> {
	const { rule, operation, subject, documented, observed } = finding;
	return {
		rule,
		operation: operation.id,
		...(subject === undefined ? {} : { subject }),
		documented,
		observed,
		...(reason === undefined ? {} : { reason }),
		...(owner === undefined ? {} : { owner }),
		since: today,
		...(expires === undefined ? {} : { expires }),
	};
}

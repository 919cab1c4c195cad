import { failsRun, type Strictness } from "../finding/exit-code.ts";
import type { Finding, OperationName } from "../finding/finding.ts";
import type { ClaimResult, LedgerNote, Run } from "../finding/run.ts";
import { element, escapeXml } from "../http/xml.ts";
import { proofRows } from "./proof.ts";
import { renderProof } from "./terminal-proof.ts";

/**
 * The run as JUnit XML, as CI systems read it: a suite per operation, a case per claim. A finding that fails the run is
 * a failure; what is known or only a surprise passes and says so; an undecided claim is skipped with its reason.
 *
 * @example await writeFile("reports/gateway/junit.xml", renderJunit(run))
 */
export function renderJunit(run: Run, strictness: Strictness = {}): string {
	const suites = [...suitesByOperation(run, strictness), ...ledgerSuite(run.ledger), ...phaseSuite(run)];
	const seconds = run.phases.reduce((sum, phase) => sum + phase.durationMs, 0) / 1_000;
	const total = { ...count(suites.flatMap((suite) => suite.cases)), time: seconds.toFixed(3) };
	const root = element("testsuites", { name: run.contract.api, ...total }, suites.map(renderSuite));
	return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

interface Case {
	readonly name: string;
	readonly className: string;
	readonly result:
		| { readonly kind: "passed"; readonly note?: string }
		| { readonly kind: "failed"; readonly type: string; readonly message: string; readonly text: string }
		| { readonly kind: "skipped"; readonly message: string };
}

interface Suite {
	readonly name: string;
	readonly cases: readonly Case[];
}

function suitesByOperation(run: Run, strictness: Strictness): readonly Suite[] {
	const operations = new Map<string, OperationName>();
	const named = [...run.coverage.operations, ...run.claims, ...run.findings];
	for (const { operation } of named) operations.set(operation.id, operation);
	return [...operations.values()].flatMap((operation) => {
		const cases = casesOf(run, operation, strictness);
		return cases.length === 0 ? [] : [{ name: `${operation.method} ${operation.path}`, cases }];
	});
}

/** Each finding is told once: at the claim that it contradicts, or as a case of its own. */
function casesOf(run: Run, operation: OperationName, strictness: Strictness): readonly Case[] {
	const className = `${run.contract.api}.${operation.id}`;
	const findings = run.findings.filter((finding) => finding.operation.id === operation.id);
	const told = new Set<Finding>();
	const claims = run.claims
		.filter((claim) => claim.operation.id === operation.id)
		.map((claim): Case => {
			const finding = findings.find((each) => !told.has(each) && contradicts(each, claim));
			if (finding !== undefined) told.add(finding);
			return {
				name: claim.sentence,
				className,
				result: finding === undefined ? resultOf(claim) : failureOf(run, finding, strictness),
			};
		});
	const others = findings
		.filter((finding) => !told.has(finding))
		.map((finding): Case => {
			const name = [finding.rule, finding.subject ?? ""].join(" ").trim();
			return { name, className, result: failureOf(run, finding, strictness) };
		});
	return [...claims, ...others];
}

function contradicts(finding: Finding, claim: ClaimResult): boolean {
	return claim.verdict === "drift" && (claim.reason ?? "").includes(finding.fingerprint);
}

function resultOf(claim: ClaimResult): Case["result"] {
	if (claim.verdict === "agrees") return { kind: "passed" };
	if (claim.verdict === "undecided") return { kind: "skipped", message: claim.reason ?? "undecided" };
	return { kind: "passed", note: `contradicted by ${claim.reason ?? "another finding"}` };
}

function failureOf(run: Run, finding: Finding, strictness: Strictness): Case["result"] {
	const { documented, observed, rule, fingerprint, known, message } = finding;
	const sides = `documented ${documented}, observed ${observed}`;
	if (!failsRun(finding, strictness)) {
		return {
			kind: "passed",
			note: `${known === undefined ? finding.level : "known drift"}: ${sides} (${fingerprint})`,
		};
	}
	const proof = renderProof(proofRows(run, finding), (_, text) => text);
	return {
		kind: "failed",
		type: rule,
		message: `${sides} (${fingerprint})`,
		text: [message, "", ...proof, "", finding.replay].join("\n"),
	};
}

function ledgerSuite(notes: readonly LedgerNote[]): readonly Suite[] {
	if (notes.length === 0) return [];
	const cases = notes.map((note): Case => {
		const { kind, message, file, line } = note;
		const place = line === undefined ? file : `${file}:${line}`;
		const failed = { kind: "failed", type: kind, message, text: `${place}  ${message}` } as const;
		return {
			name: `${place} ${kind}`,
			className: "ledger",
			result: kind === "undecided" ? { kind: "skipped", message } : failed,
		};
	});
	return [{ name: "ledger", cases }];
}

function phaseSuite(run: Run): readonly Suite[] {
	const cases = run.phases.flatMap((phase): readonly Case[] =>
		phase.ran ? [] : [{ name: phase.name, className: "phase", result: { kind: "skipped", message: phase.why } }],
	);
	return cases.length === 0 ? [] : [{ name: "phases that did not run", cases }];
}

function count(cases: readonly Case[]): {
	readonly tests: number;
	readonly failures: number;
	readonly skipped: number;
} {
	const of = (kind: Case["result"]["kind"]): number => cases.filter((each) => each.result.kind === kind).length;
	return { tests: cases.length, failures: of("failed"), skipped: of("skipped") };
}

function renderSuite({ name, cases }: Suite): string {
	return `\n${element("testsuite", { name, ...count(cases), errors: 0 }, [...cases.map(renderCase), "\n"])}`;
}

function renderCase({ name, className, result }: Case): string {
	return `\n  ${element("testcase", { classname: className, name }, renderCaseResult(result))}`;
}

function renderCaseResult(result: Case["result"]): readonly string[] {
	if (result.kind === "skipped") return [element("skipped", { message: result.message })];
	if (result.kind === "failed") {
		const { type, message, text } = result;
		return [element("failure", { type, message }, [escapeText(text)])];
	}
	return result.note === undefined ? [] : [element("system-out", {}, [escapeText(result.note)])];
}

/** Inside an element line breaks mean themselves. */
function escapeText(text: string): string {
	return text.split("\n").map(escapeXml).join("\n");
}

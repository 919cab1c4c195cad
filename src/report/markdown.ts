import type { ClaimResult, EvidenceLine, Run } from "../finding/run.ts";
import { renderPlace } from "../problem/problem.ts";
import { renderFinding } from "./markdown-finding.ts";
import { cell, code, plain, table } from "./markdown-text.ts";
import { plural, sortFindings, summarize } from "./summary.ts";

/**
 * The report that is committed: `reports/<api>.md`. It holds no time, duration, machine, port, seed, count of exchanges
 * or random name, so it changes exactly when what is known about the API changes.
 *
 * @example await writeFile("reports/gateway.md", renderMarkdown(run))
 */
export function renderMarkdown(run: Run): string {
	const findings = sortFindings(run);
	const sections = [
		renderHead(run),
		...section(
			"Drift",
			findings.filter((finding) => finding.level === "drift").map((finding) => renderFinding(run, finding)),
		),
		...section(
			"Surprises",
			findings.filter((finding) => finding.level === "surprise").map((finding) => renderFinding(run, finding)),
		),
		...section(
			"Suggestions",
			findings.filter((finding) => finding.level === "suggestion").map((finding) => renderFinding(run, finding)),
		),
		...section("The ledger", renderLedger(run)),
		...section("Not decided", renderUndecided(run)),
		...section("Claims", renderClaims(run)),
		...section("Coverage", run.coverage.operations.length === 0 ? [] : [renderCoverage(run)]),
		...section("Notes", renderNotes(run)),
	];
	return `${sections.join("\n\n")}\n`;
}

function section(title: string, parts: readonly string[]): readonly string[] {
	return parts.length === 0 ? [] : [`## ${title}`, ...parts];
}

function renderHead(run: Run): string {
	const { contract } = run;
	const { claims, agree, drift, undecided } = summarize(run);
	const count = (level: string, known: boolean): number =>
		run.findings.filter((finding) => finding.level === level && (finding.known !== undefined) === known).length;
	const document = `${code(contract.file)} says (OpenAPI ${contract.openapi}, ${plural(contract.operations, "operation")})`;
	const about =
		run.pages === undefined
			? `What ${document}, and what the service does.`
			: `What ${run.pages.map(code).join(", ")} ${run.pages.length === 1 ? "says" : "say"}, and what ${document}.`;
	const rows = [
		[
			claims,
			agree,
			drift,
			undecided,
			count("drift", false),
			count("drift", true),
			count("surprise", false) + count("surprise", true),
		].map(String),
	];
	const headings = ["claims", "agree", "drift", "undecided", "new drift", "known drift", "surprises"];
	return [
		`# ${plain(`${contract.title} ${contract.version}`.trim())}: ${run.pages === undefined ? "drift report" : "docs pages"}`,
		about,
		table(headings, rows),
	].join("\n\n");
}

function renderLedger(run: Run): readonly string[] {
	if (run.ledger.length === 0) return [];
	const rows = run.ledger.map((note) => {
		const place = note.line === undefined ? { file: note.file } : { file: note.file, line: note.line };
		return [note.kind, cell(note.message), code(renderPlace(place))];
	});
	return [table(["entry is", "why", "place"], rows)];
}

function renderUndecided(run: Run): readonly string[] {
	const undecided = run.claims.filter((claim) => claim.verdict === "undecided");
	if (undecided.length === 0) return [];
	const rows = undecided.map((claim) => [operationOf(claim), cell(claim.sentence), cell(claim.reason ?? "")]);
	return [table(["operation", "claim", "why it was not decided"], rows)];
}

function operationOf({ operation }: Pick<ClaimResult, "operation">): string {
	return code(`${operation.method} ${operation.path}`);
}

function renderClaims(run: Run): readonly string[] {
	const byOperation = Map.groupBy(run.claims, (claim) => claim.operation.id);
	return [...byOperation.values()].map((claims) => {
		const [first] = claims as [ClaimResult];
		const rows = claims.map((claim) => [
			cell(claim.sentence),
			claim.evidence.map(renderEvidence).join("<br>"),
			claim.verdict === "drift" ? "**drift**" : claim.verdict,
			renderRivals(claim, true),
			renderRivals(claim, false),
		]);
		return `### ${operationOf(first)}\n\n${table(["claim", "because", "verdict", "told apart from", "not told apart from"], rows)}`;
	});
}

function renderEvidence({ kind, text, file, line }: EvidenceLine): string {
	const place = file === undefined ? "" : ` ${code(renderPlace(line === undefined ? { file } : { file, line }))}`;
	return kind === "words" ? `“${cell(text)}”${place}` : `${kind}: ${cell(text)}${place}`;
}

function renderRivals({ rivals }: ClaimResult, excluded: boolean): string {
	return rivals
		.filter((rival) => rival.excluded === excluded)
		.map(({ name }) => cell(name))
		.join(", ");
}

function renderCoverage(run: Run): string {
	const rows = run.coverage.operations.map((each) => {
		const name = (seen: boolean): string =>
			each.statuses
				.filter((status) => status.seen > 0 === seen)
				.map((status) => status.status)
				.join(" ");
		return [operationOf(each), name(true), name(false), cell(each.skipped ?? "")];
	});
	return table(["operation", "statuses seen", "documented, not seen", "skipped because"], rows);
}

function renderNotes(run: Run): readonly string[] {
	const phases = run.phases.flatMap((phase) => (phase.ran ? [] : [`phase ${phase.name} did not run: ${phase.why}`]));
	const notes = [...phases, ...run.notes].map((note) => `- ${plain(note)}`);
	return notes.length === 0 ? [] : [notes.join("\n")];
}

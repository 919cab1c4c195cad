import { type Comparison, compareRuns } from "../finding/compare-runs.ts";
import { failsRun, type Strictness } from "../finding/exit-code.ts";
import type { Finding } from "../finding/finding.ts";
import type { LedgerNote, Run } from "../finding/run.ts";
import { renderPlace } from "../problem/problem.ts";
import type { Place } from "../problem/source.ts";
import { cell, code, plain, table } from "./markdown-text.ts";
import { sidesOf } from "./sides.ts";
import { plural, sortFindings, summarize } from "./summary.ts";

export interface GithubOptions extends Strictness {
	readonly since?: readonly Run[];
}

/** A step shows so many annotations of one kind, and drops the rest without a word. */
const ANNOTATIONS_MAX = 10;

/**
 * The run as workflow commands, one a line: an annotation at the place in the document for each finding. What fails the
 * run is an error, a surprise a warning, what is known a notice. Printed to the log of a GitHub workflow, they are shown
 * in the pull request.
 *
 * @example renderAnnotations(run) // "::error file=spec.yaml,line=173,title=effect 3f9c1a::PUT /a: documented …\n"
 */
export function renderAnnotations(run: Run, strictness: Strictness = {}): string {
	const commands = [
		...run.ledger.filter(({ kind }) => kind !== "undecided").map(ledgerCommand),
		...sortFindings(run).map((finding) => findingCommand(finding, strictness)),
	];
	const lines = (["error", "warning", "notice"] as const).flatMap((kind) => {
		const all = commands.filter((command) => command.kind === kind);
		const rest = all.length - ANNOTATIONS_MAX;
		if (rest <= 0) return all.map(renderCommand);
		const more = { kind, text: `${plural(rest + 1, "more finding")}: see the summary of this job` };
		return [...all.slice(0, ANNOTATIONS_MAX - 1), more].map(renderCommand);
	});
	return lines.map((line) => `${line}\n`).join("");
}

interface Command {
	readonly kind: "error" | "warning" | "notice";
	readonly title?: string;
	readonly place?: Place;
	readonly text: string;
}

function findingCommand(finding: Finding, strictness: Strictness): Command {
	const { operation, rule, fingerprint, source, known, documented, observed, message, replay } = finding;
	const sides = sidesOf(finding);
	const quiet = known !== undefined || finding.level === "suggestion" ? "notice" : "warning";
	const reason = known === undefined ? [] : [`known: ${known.reason}`];
	return {
		kind: failsRun(finding, strictness) ? "error" : quiet,
		title: `${rule} ${fingerprint}`,
		place: source,
		text: [
			`${operation.method} ${operation.path}: ${sides.documented} ${documented}, ${sides.observed} ${observed}`,
			message,
			...reason,
			`replay: ${replay}`,
		].join("\n"),
	};
}

function ledgerCommand({ kind, message, file, line }: LedgerNote): Command {
	return {
		kind: "error",
		title: `${kind} ledger entry`,
		place: line === undefined ? { file } : { file, line },
		text: message,
	};
}

function renderCommand({ kind, title, place, text }: Command): string {
	const properties = [
		...(place === undefined ? [] : [["file", place.file] as const]),
		...(place?.line === undefined ? [] : [["line", String(place.line)] as const]),
		...(place?.line === undefined || place.column === undefined ? [] : [["col", String(place.column)] as const]),
		...(title === undefined ? [] : [["title", title] as const]),
	].map(([name, value]) => `${name}=${escapeProperty(value)}`);
	return `::${[kind, ...(properties.length === 0 ? [] : [properties.join(",")])].join(" ")}::${escapeData(text)}`;
}

/** As the runner reads it: a percent sign and line breaks in data, and colons and commas too in properties. */
function escapeData(text: string): string {
	return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
	return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** GitHub refuses a summary of more than 1 MiB as a whole. */
const SUMMARY_CHARACTERS_MAX = 250_000;
const FINDINGS_MAX = 100;

/**
 * The run as the summary of a job, in Markdown: the figures, every finding in a line, what is new and gone since an
 * earlier run, and why claims were not decided.
 */
export function renderStepSummary(run: Run, { since }: GithubOptions = {}): string {
	const comparison = compareRuns(
		run,
		since?.find(({ contract }) => contract.api === run.contract.api),
	);
	const { claims, agree, undecided } = summarize(run);
	const title = `${run.contract.title} ${run.contract.version}`.trim();
	const sections = [
		`## ${plain(title)}: drift report`,
		`${agree} of ${plural(claims, "claim")} agree, ${undecided} undecided. ${plural(run.findings.length, "finding")}.`,
		...renderFindings(comparison),
		...renderGone(comparison),
		...renderLedger(run),
	];
	const text = `${sections.join("\n\n")}\n`;
	return text.length <= SUMMARY_CHARACTERS_MAX
		? text
		: `${text.slice(0, SUMMARY_CHARACTERS_MAX)}\n\n… cut here; the whole stands in the report\n`;
}

function renderFindings({ run, findings }: Comparison): readonly string[] {
	if (findings.length === 0) return [];
	const standings = new Map(findings.map(({ finding, standing }) => [finding, standing]));
	const sorted = sortFindings(run);
	const rows = sorted.slice(0, FINDINGS_MAX).map((finding) => {
		const { operation, rule, fingerprint, documented, observed, source, level } = finding;
		const standing = standings.get(finding) ?? "new";
		const place = renderPlace({ file: source.file, ...(source.line === undefined ? {} : { line: source.line }) });
		const kind = level === "drift" ? `**${standing === "standing" ? "as before" : standing}**` : level;
		return [
			kind,
			code(`${operation.method} ${operation.path}`),
			cell(documented),
			cell(observed),
			cell(rule),
			code(place),
			code(fingerprint),
		];
	});
	const rest = sorted.length - rows.length;
	const headings = ["", "operation", "documented", "observed", "rule", "place", "fingerprint"];
	return [table(headings, rows), ...(rest > 0 ? [`And ${plural(rest, "more finding")}.`] : [])];
}

function renderGone({ gone }: Comparison): readonly string[] {
	if (gone.length === 0) return [];
	const lines = gone.slice(0, FINDINGS_MAX).map(({ finding, decided, why }) => {
		const { operation, documented, observed } = finding;
		const what = `documented ${documented}, observed ${observed}`;
		return `- ${decided ? "**gone**" : "not looked at"} ${code(`${operation.method} ${operation.path}`)} ${plain(what)}: ${plain(why)}`;
	});
	return [lines.join("\n")];
}

function renderLedger({ ledger }: Run): readonly string[] {
	const stale = ledger.filter(({ kind }) => kind !== "undecided");
	if (stale.length === 0) return [];
	return [stale.map(({ kind, message }) => `- the ledger: **${kind}** ${plain(message)}`).join("\n")];
}

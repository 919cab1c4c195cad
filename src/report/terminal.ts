import type { CheckEvent } from "../finding/event.ts";
import type { Finding } from "../finding/finding.ts";
import type { LedgerNote, PhaseResult, Run } from "../finding/run.ts";
import { renderPlace } from "../problem/problem.ts";
import { proofRows } from "./proof.ts";
import { sidesOf } from "./sides.ts";
import { type Paint, painter } from "./style.ts";
import { groupUndecided, plural, renderClaim, sortFindings, summarize } from "./summary.ts";
import { renderProof } from "./terminal-proof.ts";

export interface TerminalOptions {
	readonly color?: boolean;
	/** Named in the last line, when reports were written. */
	readonly reports?: readonly string[];
}

/**
 * A whole run for a person at a terminal. With a clean service that is a line per phase and two more.
 *
 * @example process.stdout.write(renderTerminal(run, { color: process.stdout.isTTY }))
 */
export function renderTerminal(run: Run, options: TerminalOptions = {}): string {
	const { documented, conventional } = summarize(run);
	const { title, version, operations } = run.contract;
	const claims = { documented, conventional };
	const started: StartedEvent = { kind: "started", title, version, operations, claims, seed: run.seed };
	const phases = run.phases.map((phase) => renderPhase(phase, options));
	return `${renderStarted(started, options)}\n\n${phases.join("\n")}\n\n${renderResult(run, options)}`;
}

type StartedEvent = CheckEvent & { readonly kind: "started" };

/** `gateway admin API 1.0 · 11 operations · 64 claims (52 documented, 12 by convention) · seed 4711` */
export function renderStarted(event: StartedEvent, { color = false }: TerminalOptions = {}): string {
	const { documented, conventional } = event.claims;
	const split = conventional === 0 ? "" : ` (${documented} documented, ${conventional} by convention)`;
	const facts = [
		`${event.title} ${event.version}`.trim(),
		plural(event.operations, "operation"),
		`${plural(documented + conventional, "claim")}${split}`,
		`seed ${event.seed}`,
	];
	return (
		painter(color)("bold", facts[0] ?? "") +
		facts
			.slice(1)
			.map((fact) => ` · ${fact}`)
			.join("")
	);
}

/** `  values       412 exchanges    0.9 s   ✓` */
export function renderPhase(phase: PhaseResult, { color = false }: TerminalOptions = {}): string {
	const paint = painter(color);
	const name = `  ${phase.name.padEnd(11)}`;
	if (!phase.ran) return `${name} ${paint("dim", `not run: ${phase.why}`)}`;
	const exchanges = plural(phase.exchanges, "exchange");
	const seconds = `${(phase.durationMs / 1_000).toFixed(1)} s`;
	const result = phase.findings === 0 ? paint("green", "✓") : paint("red", plural(phase.findings, "finding"));
	return `${name} ${exchanges.padStart(14)} ${seconds.padStart(8)}   ${result}`;
}

/** Everything after the phases: findings, figures, what was not decided, where the reports are. */
export function renderResult(run: Run, options: TerminalOptions = {}): string {
	const paint = painter(options.color ?? false);
	const blocks = [
		...sortFindings(run).map((finding) => renderFinding(run, finding, paint)),
		[
			renderFigures(run),
			...renderUndecided(run),
			...run.ledger.map((note) => renderNote(note, paint)),
			...run.notes.map(indent),
		],
	];
	const reports = options.reports ?? [];
	const last = reports.length === 0 ? [] : [`${reports.length === 1 ? "report" : "reports"}: ${reports.join(", ")}`];
	return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n${last.map((line) => `${line}\n`).join("")}`;
}

/** One finding by itself, with its proof. */
export function renderOneFinding(run: Run, finding: Finding, { color = false }: TerminalOptions = {}): string {
	return `${renderFinding(run, finding, painter(color)).join("\n")}\n`;
}

const TITLE_WIDTH = 70;

function renderFinding(run: Run, finding: Finding, paint: Paint): readonly string[] {
	const { operation, rule, fingerprint } = finding;
	const level = finding.level.toUpperCase();
	const title = `${level}  ${operation.method} ${operation.path}`;
	const proof = renderProof(proofRows(run, finding), paint);
	return [
		`${paint(finding.known === undefined ? ["bold", "red"] : "bold", title.padEnd(TITLE_WIDTH))}  ${rule} · ${fingerprint}`,
		indent(finding.message),
		...renderSides(finding),
		...(proof.length === 0 ? [] : ["", ...proof.map(indent), ""]),
		...renderFacts(finding).map(indent),
	];
}

function renderSides(finding: Finding): readonly string[] {
	const { documented, observed, suspects, because, source, subject } = finding;
	const shown = suspects.length > 1 ? `one of ${suspects.join(", ")}` : observed;
	const width = Math.max(documented.length, shown.length) + 3;
	const quote = because === undefined ? "" : `  ${JSON.stringify(because)}`;
	const sides = sidesOf(finding);
	return [
		...(subject === undefined || subject === "" ? [] : [`  about       ${subject}`]),
		`  ${sides.documented.padEnd(10)}  ${documented.padEnd(width)}${renderPlace(source)}${quote}`,
		`  ${sides.observed.padEnd(10)}  ${shown}`,
	];
}

function renderFacts(finding: Finding): readonly string[] {
	const { known, flaky, consequences, repair, replay } = finding;
	const service = `${sidesOf(finding).mend}: ${repair.page ?? repair.service}`;
	const document = repair.overlay === undefined ? [] : ["mend the docs:", ...indentAll(repair.overlay)];
	return [
		...consequences.map((consequence) => `follows: ${consequence}`),
		...(flaky === undefined ? [] : [`flaky: seen in ${flaky.seen} of ${flaky.runs} runs`]),
		...(known === undefined ? [] : renderKnown(known)),
		...(repair.first === "service" ? [service, ...document] : [...document, service]),
		`replay: ${replay}`,
	];
}

function renderKnown(known: NonNullable<Finding["known"]>): readonly string[] {
	const { since, owner, expires, ticket, workaround, reason } = known;
	const facts = [
		since === undefined ? "known" : `known since ${since}`,
		...(owner === undefined ? [] : [`owner ${owner}`]),
		...(expires === undefined ? [] : [`expires ${expires}`]),
		...(ticket === undefined ? [] : [ticket]),
	];
	return [facts.join(" · "), `reason: ${reason}`, ...(workaround === undefined ? [] : [`workaround: ${workaround}`])];
}

function renderFigures(run: Run): string {
	const { claims, agree, drift, undecided } = summarize(run);
	const known = run.findings.filter((finding) => finding.known !== undefined && finding.level === "drift").length;
	const drifts = run.findings.filter((finding) => finding.level === "drift").length;
	const suggestions = run.findings.filter((finding) => finding.level === "suggestion").length;
	const surprises = run.findings.length - drifts - suggestions;
	const parts = [
		`${agree} agree`,
		...(drift + drifts === 0
			? []
			: [`${drifts} drift${known === 0 ? "" : known === drifts ? " (known)" : ` (${known} known)`}`]),
		...(surprises === 0 ? [] : [plural(surprises, "surprise")]),
		...(suggestions === 0 ? [] : [plural(suggestions, "suggestion")]),
		...(undecided === 0 ? [] : [`${undecided} undecided`]),
	];
	return `${plural(claims, "claim")}: ${parts.join(" · ")}`;
}

const REASONS_MAX = 8;
const EXAMPLES_MAX = 3;

function renderUndecided(run: Run): readonly string[] {
	const groups = [...groupUndecided(run)];
	const lines = groups.slice(0, REASONS_MAX).map(([reason, claims]) => {
		const [first] = claims;
		if (claims.length === 1 && first !== undefined) return `  undecided  ${renderClaim(first)}: ${reason}`;
		const names = [...new Set(claims.map((claim) => claim.operation.id))];
		const more = names.length > EXAMPLES_MAX ? ` and ${names.length - EXAMPLES_MAX} more` : "";
		return `  undecided  ${claims.length} claims: ${reason} (${names.slice(0, EXAMPLES_MAX).join(", ")}${more})`;
	});
	const rest = groups.length - lines.length;
	return rest > 0 ? [...lines, `  undecided  for ${plural(rest, "further reason")}: see the report`] : lines;
}

function renderNote(note: LedgerNote, paint: Paint): string {
	const place = renderPlace(note.line === undefined ? { file: note.file } : { file: note.file, line: note.line });
	const kind = note.kind === "undecided" ? note.kind : paint("red", note.kind);
	return `  ${kind}  ${place}  ${note.message}`;
}

function indent(line: string): string {
	return line === "" ? "" : `  ${line}`;
}

function indentAll(text: string): readonly string[] {
	return text.trimEnd().split("\n").map(indent);
}

import type { Finding } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { renderCurl } from "../http/curl.ts";
import { isAnswer } from "../http/exchange.ts";
import { renderPlace } from "../problem/problem.ts";
import { block, cell, code, plain, table } from "./markdown-text.ts";
import { type Difference, type ProofRow, proofRows } from "./proof.ts";
import { sidesOf } from "./sides.ts";
import { TARGET } from "./symbol.ts";

/** One finding of the committed report: both sides, the proof as a table, as curl and as JSON, and the repairs. */
export function renderFinding(run: Run, finding: Finding): string {
	const rows = proofRows(run, finding);
	const { documented, observed } = sidesOf(finding);
	return [
		`### ${code(`${finding.operation.method} ${finding.operation.path}`)}: ${documented} ${code(finding.documented)}, ${observed} ${code(finding.observed)}`,
		plain(finding.message),
		renderFacts(finding),
		...(rows.length === 0 ? [] : [renderProofTable(rows), renderCommands(rows), renderSteps(rows)]),
		renderRepair(finding),
	].join("\n\n");
}

function renderFacts(finding: Finding): string {
	const { because, known, flaky, suspects, subject, source, consequences, repair } = finding;
	const quote = because === undefined ? "" : `: “${plain(because)}”`;
	const facts = [
		`rule ${code(finding.rule)}, fingerprint ${code(finding.fingerprint)}, replay with ${code(finding.replay)}`,
		...(subject === undefined || subject === "" ? [] : [`about ${code(subject)}`]),
		`${repair.page === undefined ? "documented" : "said"} in ${code(renderPlace(source))}${quote}`,
		...(suspects.length > 1 ? [`one of these explains it: ${suspects.map(code).join(", ")}`] : []),
		...(flaky === undefined ? [] : ["it does not come back every time"]),
		...consequences.map((consequence) => `follows from it: ${plain(consequence)}`),
		...(known === undefined ? [] : renderKnown(known)),
	];
	return facts.map((fact) => `- ${fact}`).join("\n");
}

function renderKnown(known: NonNullable<Finding["known"]>): readonly string[] {
	const { since, owner, expires, ticket, workaround, reason, source } = known;
	const facts = [
		...(since === undefined ? [] : [`since ${since}`]),
		...(owner === undefined ? [] : [`owner ${owner}`]),
		...(expires === undefined ? [] : [`expires ${expires}`]),
		...(ticket === undefined ? [] : [ticket]),
	];
	const file = code(renderPlace({ file: source.file }));
	return [
		`**known** (${[...facts.map(plain), file].join(", ")}): ${plain(reason)}`,
		...(workaround === undefined ? [] : [`workaround: ${plain(workaround)}`]),
	];
}

/** The proof as a table, what differs named. */
export function renderProofTable(rows: readonly ProofRow[]): string {
	const lines = rows.map((row, index) => [
		String(index + 1),
		`${code(`${row.request.method} ${row.request.path}`)}${row.body === undefined ? "" : ` ${code(row.body)}`}`,
		code(row.predicted),
		`${code(row.observed)}${row.difference === undefined ? "" : ` ← ${renderDifference(row.difference)}`}`,
	]);
	return table(["", "request", "docs predict", "service shows"], lines);
}

function renderDifference({ missing, extra, stillThere }: Difference): string {
	const parts = [
		...(extra.length === 0 ? [] : [`${stillThere ? "still there" : "not predicted"}: ${cell(extra.join(" "))}`]),
		...(missing.length === 0 ? [] : [`missing: ${cell(missing.join(" "))}`]),
	];
	return `**${parts.join("; ")}**`;
}

function renderCommands(rows: readonly ProofRow[]): string {
	return block("sh", rows.map((row) => renderCurl(row.request, TARGET)).join("\n"));
}

/** Whole answers stand in run.json: here they would bring in traces, times and counters that are new in every run. */
function renderSteps(rows: readonly ProofRow[]): string {
	const steps = rows.map(({ request, answer, predicted, observed }) => ({
		request: typeof request.body === "object" ? { ...request, body: `${request.body.length} bytes` } : request,
		...(isAnswer(answer) ? { status: answer.status } : { failure: answer.failure }),
		predicted,
		observed,
	}));
	const json = block("json", JSON.stringify(steps, undefined, 2));
	return `<details><summary>The same as JSON</summary>\n\n${json}\n\n</details>`;
}

function renderRepair({ repair }: Finding): string {
	const service =
		repair.page === undefined
			? `**Mend the service.** ${plain(repair.service)}`
			: `**Mend the page.** ${plain(repair.page)}`;
	const none = repair.why === undefined ? [] : [`**Mend the docs.** No overlay can: ${plain(repair.why)}.`];
	const document = repair.overlay === undefined ? none : [`**Mend the docs.**\n\n${block("yaml", repair.overlay)}`];
	return (repair.first === "service" ? [service, ...document] : [...document, service]).join("\n\n");
}

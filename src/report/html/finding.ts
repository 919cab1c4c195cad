import type { Stood } from "../../finding/compare-runs.ts";
import type { Finding } from "../../finding/finding.ts";
import { RULES } from "../../finding/rule.ts";
import type { Run } from "../../finding/run.ts";
import { renderPlace } from "../../problem/problem.ts";
import { renderIssue } from "../repair-issue.ts";
import { renderOverlay } from "../repair-overlay.ts";
import { renderTest } from "../repair-test.ts";
import { renderShellScript, shellScriptOf } from "../shell.ts";
import { sidesOf } from "../sides.ts";
import { renderStanding } from "./mark.ts";
import { anchor, html, type Markup } from "./markup.ts";
import { breakable, renderProof } from "./proof.ts";

/** How a finding is linked to. */
export function findingId(run: Run, { fingerprint }: Finding): string {
	return anchor("finding", run.contract.api, fingerprint);
}

export interface FindingView {
	readonly run: Run;
	readonly stood: Stood;
	readonly body: Markup;
	/** Unfolded from the start. */
	readonly open: boolean;
	/** Named where a page holds several APIs. */
	readonly api?: string;
}

/** One finding as a line that unfolds. */
export function renderFinding({ run, stood, body, open, api }: FindingView): Markup {
	const { finding, standing } = stood;
	const { operation, documented, rule, fingerprint, level, subject } = finding;
	const sides = sidesOf(finding);
	const shown = finding.suspects.length > 1 ? `one of ${finding.suspects.join(", ")}` : finding.observed;
	const searched = [
		operation.method,
		operation.path,
		operation.id,
		documented,
		shown,
		rule,
		fingerprint,
		subject ?? "",
		finding.message,
	]
		.join(" ")
		.toLowerCase();
	return html`<details class="finding ${level}" id="${findingId(run, finding)}" data-standing="${standing}" data-rule="${rule}" data-level="${level}" data-api="${run.contract.api}" data-text="${searched}"${open ? html` open` : ""}>
<summary>${renderStanding(standing)}<span class="op">${api === undefined ? "" : html`<span class="api">${api}</span> `}<b>${operation.method}</b> ${breakable(operation.path)}</span><span class="sides"><span class="sr">${sides.documented} </span><span class="documented">${documented}</span> <span class="arrow" aria-hidden="true">→</span><span class="sr"> ${sides.observed} </span> <span class="observed">${shown}</span></span><span class="rule">${level === "drift" ? "" : `${level} · `}${rule} <code>${fingerprint}</code></span></summary>
${body}</details>
`;
}

/** What unfolds: both sides, the proof, the commands, who is suspected, and how either side can be mended. */
export function renderFindingBody(run: Run, { finding, grown }: Stood): Markup {
	return html`<div class="body">
<p class="message">${finding.message}</p>
${renderQuote(finding)}
${renderFacts(finding, grown)}
<h3>Proof</h3>
${finding.evidence.length === 0 ? html`<p class="quiet">Nothing was sent for it: the document contradicts itself.</p>` : html`${renderProof(run, finding)}${renderCommands(run, finding)}`}
<h3>Two ways to mend it</h3>
${renderRepairs(run, finding)}
</div>`;
}

function renderQuote({ because, source, repair }: Finding): Markup {
	const place = renderPlace({ file: source.file, ...(source.line === undefined ? {} : { line: source.line }) });
	const said = because === undefined ? html`` : html`<blockquote>${because}</blockquote>`;
	return html`<figure class="quote">${said}<figcaption>${repair.page === undefined ? "The document" : "The page"}, <code>${place}</code></figcaption></figure>`;
}

function renderFacts(
	{ rule, subject, suspects, flaky, consequences, known, replay }: Finding,
	grown: string | undefined,
): Markup {
	const facts: readonly (readonly [string, Markup | string])[] = [
		...(subject === undefined || subject === "" ? [] : [["about", html`<code>${subject}</code>`] as const]),
		["rule", html`<b>${rule}</b>: ${RULES[rule].sentence}`],
		...(suspects.length > 1
			? [
					[
						"suspects",
						html`${suspects.map((name) => html`<span class="suspect">${name}</span> `)}explain it equally well`,
					] as const,
				]
			: []),
		...(grown === undefined ? [] : [["grown", grown] as const]),
		...(flaky === undefined ? [] : [["flaky", `seen in ${flaky.seen} of ${flaky.runs} runs`] as const]),
		...consequences.map((consequence) => ["follows", consequence] as const),
		...(known === undefined ? [] : knownFacts(known)),
		["again", html`<code>${replay}</code>`],
	];
	return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function knownFacts(known: NonNullable<Finding["known"]>): readonly (readonly [string, string])[] {
	const { reason, owner, since, expires, ticket, workaround, source } = known;
	const facts = [
		...(since === undefined ? [] : [`since ${since}`]),
		...(owner === undefined ? [] : [`owner ${owner}`]),
		...(expires === undefined ? [] : [`expires ${expires}`]),
		...(ticket === undefined ? [] : [ticket]),
		renderPlace({ file: source.file, ...(source.line === undefined ? {} : { line: source.line }) }),
	];
	return [
		["known", `${reason} (${facts.join(", ")})`],
		...(workaround === undefined ? [] : [["workaround", workaround] as const]),
	];
}

function renderCommands(run: Run, finding: Finding): Markup {
	return html`<details class="commands"><summary>The same with curl</summary>${renderCode(renderShellScript(shellScriptOf(run, finding)), "the commands")}</details>`;
}

/** Code that can be copied; the button says what it copies. */
export function renderCode(text: string, what: string): Markup {
	return html`<div class="code"><button type="button" class="copy" aria-label="Copy ${what}">Copy</button><pre tabindex="0" aria-label="${what}"><code>${text}</code></pre></div>`;
}

function renderRepairs(run: Run, finding: Finding): Markup {
	const { repair } = finding;
	const service = html`<section><h4>${repair.page === undefined ? "The service keeps its promise" : "The page tells the truth"}</h4><p>${repair.page ?? repair.service}</p>${renderRepairTest(run, finding)}</section>`;
	const overlay = renderOverlay(run, finding);
	const document = html`<section><h4>The document tells the truth</h4>${
		overlay === undefined
			? html`<p class="quiet">No overlay says it${repair.why === undefined ? "" : `: ${repair.why}`}.</p>`
			: html`<p>Lay this over it, or write it into it:</p>${renderCode(overlay.trimEnd(), "the overlay")}`
	}<details class="commands"><summary>The text of a bug to file</summary>${renderCode(renderIssue(run, finding).trimEnd(), "the bug")}</details></section>`;
	return html`<div class="repairs">${repair.first === "service" ? [service, document] : [document, service]}</div>`;
}

function renderRepairTest(run: Run, finding: Finding): Markup {
	const test = renderTest(run, finding);
	if (test.kind === "none") return html`<p class="quiet">No test by itself: ${test.why}.</p>`;
	return html`<details class="commands"><summary>A test that fails until then</summary>${renderCode(test.text.trimEnd(), "the test")}</details>`;
}

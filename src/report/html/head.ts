import type { Comparison, Standing } from "../../finding/compare-runs.ts";
import type { Run } from "../../finding/run.ts";
import { plural, summarize } from "../summary.ts";
import { STANDING_ORDER, shapeOf, standingWord } from "./mark.ts";
import { anchor, html, type Markup } from "./markup.ts";

/** Who was checked, what came out in one sentence, and the figures, each of which filters the list below. */
export function renderHead(comparisons: readonly Comparison[]): Markup {
	const names = comparisons.map(({ run }) => run.contract.title);
	const title = names.length === 1 ? names[0] : `${names.length} APIs`;
	return html`<a class="skip" href="#findings">To the findings</a>
<header>
<p class="kit">Holdfast drift report</p>
<h1>${title}</h1>
<p class="result ${isCalm(comparisons) ? "calm" : "alarm"}">${resultOf(comparisons)}</p>
${renderFigures(comparisons)}
<dl class="facts about">${comparisons.map(({ run, since }) => renderAbout(run, { since, named: comparisons.length > 1 }))}</dl>
${renderContents(comparisons)}
</header>`;
}

function count(comparisons: readonly Comparison[], standing: Standing): number {
	return comparisons.reduce((sum, { findings }) => sum + findings.filter((one) => one.standing === standing).length, 0);
}

function isCalm(comparisons: readonly Comparison[]): boolean {
	return count(comparisons, "new") + count(comparisons, "grown") === 0 && notesOf(comparisons) === 0;
}

/** Entries of the ledger that have had their day. */
function notesOf(comparisons: readonly Comparison[]): number {
	return comparisons.reduce((sum, { run }) => sum + run.ledger.filter(({ kind }) => kind !== "undecided").length, 0);
}

function resultOf(comparisons: readonly Comparison[]): string {
	const figures = comparisons.map(({ run }) => summarize(run));
	const sum = (name: "claims" | "agree" | "undecided"): number => figures.reduce((all, each) => all + each[name], 0);
	const found = STANDING_ORDER.map((standing) => ({ standing, number: count(comparisons, standing) }))
		.filter(({ number }) => number > 0)
		.map(({ standing, number }) => `${number} ${standingWord(standing)}`);
	const stale = notesOf(comparisons);
	const entries =
		stale === 0
			? ""
			: ` ${plural(stale, "entry", "entries")} of the ledger ${stale === 1 ? "has" : "have"} had their day.`;
	const findings = found.length === 0 ? "Nothing was found" : `Findings: ${found.join(", ")}`;
	return `${findings}. ${sum("agree")} of ${plural(sum("claims"), "claim")} agree, ${sum("undecided")} undecided.${entries}`;
}

function renderFigures(comparisons: readonly Comparison[]): Markup {
	const isCompared = comparisons.some(({ since }) => since !== undefined);
	const button = (standing: Standing, number: number): Markup =>
		html`<li><button type="button" class="figure ${standing}" data-standing="${standing}" aria-pressed="false"${number === 0 ? html` disabled` : ""}><b>${number}</b> <span><span aria-hidden="true">${shapeOf(standing)}</span> ${standingWord(standing)}</span></button></li>`;
	const gone = comparisons.flatMap((comparison) => comparison.gone.filter(({ decided }) => decided)).length;
	const undecided = comparisons.reduce((sum, { run }) => sum + summarize(run).undecided, 0);
	const first = comparisons[0]?.run.contract.api ?? "";
	const shown = STANDING_ORDER.filter((standing) => isCompared || (standing !== "grown" && standing !== "standing"));
	return html`<ul class="figures" aria-label="Findings by what they are to you">${shown.map((standing) => button(standing, count(comparisons, standing)))}
${isCompared ? html`<li><a class="figure gone" href="#gone"><b>${gone}</b> <span><span aria-hidden="true">${shapeOf("gone")}</span> gone</span></a></li>` : ""}<li><a class="figure undecided" href="#${anchor("undecided", first)}-title"><b>${undecided}</b> <span><span aria-hidden="true">?</span> undecided claims</span></a></li></ul>
${isCompared ? "" : html`<p class="quiet">Compared with no earlier run: what no ledger knows is new. <code>holdfast report run.json --since main.json</code> compares.</p>`}`;
}

function renderAbout(run: Run, { since, named }: { readonly since: Run | undefined; readonly named: boolean }): Markup {
	const { contract } = run;
	const facts = [
		html`<code>${contract.file}</code>`,
		`version ${contract.version}`,
		`OpenAPI ${contract.openapi}`,
		plural(contract.operations, "operation"),
		`seed ${run.seed}`,
		`the ${contract.authority} has the last word`,
		...(since === undefined ? [] : [`compared with a run of version ${since.contract.version}`]),
	];
	return html`<div><dt>${named ? contract.title : "document"}</dt><dd>${facts.map((fact, index) => html`${index === 0 ? "" : " · "}${fact}`)}</dd></div>`;
}

function renderContents(comparisons: readonly Comparison[]): Markup {
	const parts = ["map", "coverage", "undecided", "operations"] as const;
	const links = comparisons.map(({ run }) => {
		const inner = parts.map(
			(part) =>
				html` <a href="#${anchor(part, run.contract.api)}-title">${part === "undecided" ? "not decided" : part}</a>`,
		);
		return html`<li>${comparisons.length > 1 ? html`<a href="#${anchor("api", run.contract.api)}">${run.contract.api}</a>:` : ""}${inner}</li>`;
	});
	return html`<nav aria-label="Contents"><ul><li><a href="#findings">findings</a></li>${links}</ul></nav>`;
}

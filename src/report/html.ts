import { createHash } from "node:crypto";
import { type Comparison, compareRuns, type Stood } from "../finding/compare-runs.ts";
import type { Run } from "../finding/run.ts";
import { renderCoverage, renderNotes, renderUndecided } from "./html/coverage.ts";
import { renderFinding, renderFindingBody } from "./html/finding.ts";
import { renderHead } from "./html/head.ts";
import { operationsOf, renderMap } from "./html/map.ts";
import { renderStanding, STANDING_ORDER } from "./html/mark.ts";
import { anchor, html, type Markup } from "./html/markup.ts";
import { renderOperation, renderOperationBody } from "./html/operation.ts";
import { createPanels, type Panels } from "./html/panel.ts";
import { breakable } from "./html/proof.ts";
import { SCRIPT } from "./html/script.ts";
import { STYLE } from "./html/style.ts";
import { plural, sortFindings } from "./summary.ts";

export interface HtmlOptions {
	/** Earlier runs of the same APIs: what is new, grown and gone is told against them. */
	readonly since?: readonly Run[];
}

/**
 * The report as one page that asks nobody for anything: it opens from a file, without a server and without a network.
 * The same runs are the same bytes.
 *
 * @example await writeFile("reports/index.html", renderHtml([run], { since: [main] }))
 */
export function renderHtml(runs: readonly Run[], { since = [] }: HtmlOptions = {}): string {
	const comparisons = runs.map((run) =>
		compareRuns(
			run,
			since.find(({ contract }) => contract.api === run.contract.api),
		),
	);
	const panels = createPanels();
	const body = html`${renderHead(comparisons)}
<main>
${renderFindings(comparisons, panels)}
${renderGone(comparisons)}
${comparisons.map((comparison) => renderApi(comparison, { panels, named: comparisons.length > 1 }))}
</main>
<p class="sr" id="said" role="status"></p>
<footer><p>Written by Holdfast ${runs[0]?.holdfast ?? ""} from ${plural(runs.length, "run")}. Credentials and secrets were masked when each answer was captured.</p></footer>`;
	return `${page(titleOf(runs), body, panels).markup}\n`;
}

function titleOf(runs: readonly Run[]): string {
	const names = runs.map(({ contract }) => contract.title).join(", ");
	return `Drift report: ${names === "" ? "no run" : names}`;
}

function page(title: string, body: Markup, panels: Panels): Markup {
	const style = { markup: STYLE };
	const script = { markup: SCRIPT };
	// Whatever a document or a service wrote into this page: no script but ours runs, and nothing is asked for.
	const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
	return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
${panels.embed()}<script>${script}</script>
</body>
</html>`;
}

function hashOf(text: string): string {
	return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** All findings of all APIs in one list: what is new stands first, whichever API it is of. */
function renderFindings(comparisons: readonly Comparison[], panels: Panels): Markup {
	const all = comparisons.flatMap(({ run, findings }) => {
		const order = new Map(sortFindings(run).map((finding, index) => [finding, index]));
		return findings
			.toSorted((a, b) => (order.get(a.finding) ?? 0) - (order.get(b.finding) ?? 0))
			.map((stood) => ({ run, stood }));
	});
	const sorted = STANDING_ORDER.flatMap((standing) => all.filter(({ stood }) => stood.standing === standing));
	const isFew = sorted.length <= PANELS_OPEN_MAX;
	const items = sorted.map(({ run, stood }) => {
		const body = panels.add(renderFindingBody(run, stood), isFew);
		const open = sorted.length === 1;
		return renderFinding({ run, stood, body, open, ...(comparisons.length > 1 ? { api: run.contract.api } : {}) });
	});
	const nothing = html`<p class="nothing">Nothing was found that contradicts the documents.</p>`;
	return html`<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2>
${sorted.length === 0 ? nothing : html`${renderFilter(comparisons, all)}<div class="list${isFew ? "" : " long"}">${items}</div><p class="nothing" id="no-match" hidden>Nothing matches.</p>`}
</section>`;
}

/** So many findings or operations stand in the page as they are; of more, each is written in when it is unfolded. */
const PANELS_OPEN_MAX = 120;

interface Listed {
	readonly run: Run;
	readonly stood: Stood;
}

function renderFilter(comparisons: readonly Comparison[], all: readonly Listed[]): Markup {
	const count = (values: readonly string[]): ReadonlyMap<string, number> =>
		new Map([...Map.groupBy(values, (value) => value)].map(([value, same]) => [value, same.length]));
	const rules = [...count(all.map(({ stood }) => stood.finding.rule))].toSorted(([a], [b]) => (a < b ? -1 : 1));
	const select = (name: string, label: string, options: readonly (readonly [string, number])[]): Markup =>
		html`<label>${label} <select name="${name}"><option value="">all</option>${options.map(([value, number]) => html`<option value="${value}">${value} (${number})</option>`)}</select></label>`;
	const apis = [...count(all.map(({ run }) => run.contract.api))];
	return html`<form class="filter" role="search" aria-label="Filter findings and operations">
<label class="find">Search <input type="search" name="text" placeholder="path, rule, fingerprint, words" autocomplete="off" spellcheck="false"></label>
${select("rule", "rule", rules)}${select("level", "level", [...count(all.map(({ stood }) => stood.finding.level))])}${comparisons.length > 1 ? select("api", "API", apis) : ""}
<button type="reset">Show all</button>
<output id="shown" aria-live="polite">${plural(all.length, "finding")}</output>
</form>
`;
}

function renderGone(comparisons: readonly Comparison[]): Markup {
	const gone = comparisons.flatMap(({ run, gone: all }) => all.map((one) => ({ run, ...one })));
	if (gone.length === 0) return html``;
	const items = gone.map(
		({ finding, decided, why }) =>
			html`<li>${decided ? renderStanding("gone") : html`<span class="badge undecided"><span aria-hidden="true">?</span> not looked at</span>`} <span class="op"><b>${finding.operation.method}</b> ${breakable(finding.operation.path)}</span> documented ${finding.documented}, observed ${finding.observed} <code>${finding.fingerprint}</code> <span class="why">${why}</span></li>`,
	);
	return html`<section id="gone" aria-labelledby="gone-title"><h2 id="gone-title">Not found any more</h2><ul class="gone">${items}</ul></section>`;
}

interface ApiView {
	readonly panels: Panels;
	readonly named: boolean;
}

function renderApi({ run, findings }: Comparison, { panels, named }: ApiView): Markup {
	const { contract } = run;
	const views = operationsOf(run, findings);
	const isFew = views.length <= PANELS_OPEN_MAX;
	const id = (part: string): string => anchor(part, contract.api);
	const title = (text: string, part: string): Markup => html`<h3 id="${id(part)}-title">${text}</h3>`;
	const operations = views.map((view) => renderOperation(run, view, panels.add(renderOperationBody(run, view), isFew)));
	return html`<section class="api" id="${id("api")}" aria-labelledby="${id("api")}-title">
<h2 id="${id("api")}-title">${named ? contract.title : "The API"}</h2>
<section aria-labelledby="${id("map")}-title">${title("Map: operations and kinds of claim", "map")}${renderMap(run, views)}</section>
<section aria-labelledby="${id("coverage")}-title">${title("Coverage", "coverage")}${renderCoverage(run)}</section>
<section aria-labelledby="${id("undecided")}-title">${title("Not decided, and why", "undecided")}${renderUndecided(run)}</section>
<section aria-labelledby="${id("operations")}-title">${title("Operations", "operations")}<div class="list${isFew ? "" : " long"}">${operations}</div></section>
${renderNotes(run, id("notes"))}
</section>
`;
}

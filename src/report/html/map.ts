import type { Stood } from "../../finding/compare-runs.ts";
import type { ClaimResult, OperationCoverage, Run } from "../../finding/run.ts";
import { cellsOf, kindsOf } from "./kind.ts";
import { renderLegend, renderLetter } from "./mark.ts";
import { anchor, html, type Markup } from "./markup.ts";

/** Beyond so many rows a browser lays a table out in parts, each when it is looked at. */
const ROWS_MAX = 100;

export interface OperationView {
	readonly coverage: OperationCoverage;
	readonly claims: readonly ClaimResult[];
	readonly findings: readonly Stood[];
}

/** Every operation of a run with its claims and findings, in the order of the document. */
export function operationsOf(run: Run, findings: readonly Stood[]): readonly OperationView[] {
	const claims = Map.groupBy(run.claims, ({ operation }) => operation.id);
	const found = Map.groupBy(findings, ({ finding }) => finding.operation.id);
	return run.coverage.operations.map((coverage) => ({
		coverage,
		claims: claims.get(coverage.operation.id) ?? [],
		findings: found.get(coverage.operation.id) ?? [],
	}));
}

export function operationAnchor(run: Run, id: string): string {
	return anchor("operation", run.contract.api, id);
}

/** Operations down, kinds of claim across: the whole API at one look. */
export function renderMap(run: Run, views: readonly OperationView[]): Markup {
	const parts = chunk(views, ROWS_MAX);
	return html`${renderLegend()}${parts.map((part, index) => renderTable(run, part, parts.length > 1 ? index * ROWS_MAX : undefined))}`;
}

function chunk<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
	const count = Math.ceil(items.length / size);
	return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

function renderTable(run: Run, views: readonly OperationView[], from: number | undefined): Markup {
	const which = from === undefined ? "" : `, operations ${from + 1} to ${from + views.length}`;
	const heads = kindsOf(run).map(({ title, means }) => html`<th scope="col" title="${means}">${title}</th>`);
	return html`<div class="scroll${from === undefined ? "" : " part"}" role="region" aria-label="Map of ${run.contract.api}${which}" tabindex="0"><table class="map"><caption class="sr">Operations of ${run.contract.title} and what became of each kind of claim${which}</caption><thead><tr><th scope="col">operation</th>${heads}</tr></thead><tbody>
${views.map((view) => renderRow(run, view))}</tbody></table></div>
`;
}

function renderRow(run: Run, view: OperationView): Markup {
	const { operation } = view.coverage;
	const cells = cellsOf(view);
	const columns = kindsOf(run).map(({ id }) => {
		const cell = cells.get(id) ?? { mark: "silent" as const, count: 0 };
		return html`<td class="${cell.mark}">${renderLetter(cell.mark)}${cell.count > 1 ? html` <small>${cell.count}</small>` : ""}</td>`;
	});
	const text = `${operation.method} ${operation.path} ${operation.id}`.toLowerCase();
	return html`<tr data-text="${text}" data-api="${run.contract.api}"><th scope="row"><a href="#${operationAnchor(run, operation.id)}"><b>${operation.method}</b> ${operation.path}</a></th>${columns}</tr>
`;
}

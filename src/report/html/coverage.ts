import type { Run } from "../../finding/run.ts";
import { renderPlace } from "../../problem/problem.ts";
import { groupUndecided, plural, summarize } from "../summary.ts";
import { operationAnchor } from "./map.ts";
import { html, type Markup } from "./markup.ts";

interface Share {
	readonly name: string;
	readonly part: number;
	readonly whole: number;
	readonly rest: string;
}

/** How much of what is documented was looked at, and what was left. */
export function renderCoverage(run: Run): Markup {
	const { claims, agree, drift, undecided } = summarize(run);
	const { operations } = run.coverage;
	const statuses = operations.flatMap((each) => each.statuses);
	const parameters = operations.flatMap((each) => each.parameters ?? []);
	const seen = statuses.filter((status) => status.seen > 0).length;
	const sent = parameters.filter((parameter) => parameter.sent > 0).length;
	const called = operations.filter(({ exchanges }) => exchanges > 0).length;
	const shares: readonly Share[] = [
		{ name: "operations called", part: called, whole: operations.length, rest: "never called" },
		{ name: "documented statuses seen", part: seen, whole: statuses.length, rest: "never answered" },
		...(parameters.length === 0
			? []
			: [{ name: "parameters and fields sent", part: sent, whole: parameters.length, rest: "never sent" }]),
		{ name: "claims decided", part: agree + drift, whole: claims, rest: `undecided: ${undecided}` },
	];
	return html`<table class="shares"><caption class="sr">How much was looked at</caption><thead class="sr"><tr><th scope="col">what</th><th scope="col">share</th><th scope="col">count</th><th scope="col">left</th></tr></thead><tbody>${shares.map(renderShare)}</tbody></table>
${renderSkipped(run)}`;
}

function renderShare({ name, part, whole, rest }: Share): Markup {
	const left = whole - part;
	return html`<tr><th scope="row">${name}</th><td><meter min="0" max="${Math.max(1, whole)}" value="${part}" aria-label="${name}">${part} of ${whole}</meter></td><td class="number">${part} of ${whole}</td><td class="quiet">${left === 0 ? "nothing left" : rest.includes(":") ? rest : `${left} ${rest}`}</td></tr>`;
}

function renderSkipped({ coverage }: Run): Markup {
	const skipped = coverage.operations.filter(({ skipped: reason }) => reason !== undefined);
	if (skipped.length === 0) return html``;
	const groups = [...Map.groupBy(skipped, (each) => each.skipped ?? "")];
	return html`<ul class="reasons">${groups.map(([reason, all]) => html`<li><b>${plural(all.length, "operation")} left alone</b>: ${reason} <span class="names">${all.slice(0, NAMES_MAX).map(({ operation }) => html`<code>${operation.method} ${operation.path}</code> `)}${all.length > NAMES_MAX ? `and ${all.length - NAMES_MAX} more` : ""}</span></li>`)}</ul>`;
}

const NAMES_MAX = 8;

/** Undecided is neither red nor green: each reason once, with the claims that it stands for. */
export function renderUndecided(run: Run): Markup {
	const groups = [...groupUndecided(run)];
	if (groups.length === 0) return html`<p class="quiet">Every claim was decided.</p>`;
	const items = groups.map(([reason, claims]) => {
		const named = claims
			.slice(0, CLAIMS_MAX)
			.map(
				({ operation, sentence }) =>
					html`<li><a href="#${operationAnchor(run, operation.id)}"><b>${operation.method}</b> ${operation.path}</a> ${sentence}</li>`,
			);
		const more = claims.length - named.length;
		return html`<li><details><summary><span class="cell undecided" aria-hidden="true"><b>U</b></span> <b>${plural(claims.length, "claim")}</b>: ${reason}</summary><ul>${named}${more > 0 ? html`<li class="quiet">and ${more} more</li>` : ""}</ul></details></li>`;
	});
	return html`<ul class="reasons">${items}</ul>`;
}

const CLAIMS_MAX = 50;

/** The ledger's entries that want looking at, phases, and what was learned on the way. */
export function renderNotes(run: Run, id: string): Markup {
	const ledger = run.ledger.map(({ kind, message, file, line }) => {
		const place = renderPlace(line === undefined ? { file } : { file, line });
		return html`<li><b>${kind}</b> <code>${place}</code> ${message}</li>`;
	});
	const phases = run.phases.map((phase) =>
		phase.ran
			? html`<li>${phase.name}: ${plural(phase.exchanges, "exchange")}, ${plural(phase.findings, "finding")}</li>`
			: html`<li>${phase.name} did not run: ${phase.why}</li>`,
	);
	return html`<section aria-labelledby="${id}-title"><h3 id="${id}-title">The run</h3>
${ledger.length === 0 ? "" : html`<h4>Ledger</h4><ul class="notes">${ledger}</ul>`}<h4>Phases</h4><ul class="notes">${phases}</ul>
${run.notes.length === 0 ? "" : html`<h4>Notes</h4><ul class="notes">${run.notes.map((note) => html`<li>${note}</li>`)}</ul>`}</section>`;
}

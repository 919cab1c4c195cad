import type { ClaimResult, EvidenceLine, Run } from "../../finding/run.ts";
import { renderPlace } from "../../problem/problem.ts";
import { plural } from "../summary.ts";
import { findingId } from "./finding.ts";
import { type OperationView, operationAnchor } from "./map.ts";
import { renderLetter, renderStanding } from "./mark.ts";
import { html, type Markup } from "./markup.ts";

/** One operation as a line that unfolds: how much of it was looked at. */
export function renderOperation(run: Run, view: OperationView, body: Markup): Markup {
	const { coverage, claims } = view;
	const { operation, exchanges, skipped } = coverage;
	const text = `${operation.method} ${operation.path} ${operation.id}`.toLowerCase();
	const counts = (["agrees", "drift", "undecided"] as const).map((verdict) => {
		const count = claims.filter((claim) => claim.verdict === verdict).length;
		return count === 0
			? html``
			: html`<span class="count ${verdict}">${count} ${verdict === "agrees" && count > 1 ? "agree" : verdict}</span> `;
	});
	const used =
		exchanges > 0 ? plural(exchanges, "exchange") : `not called${skipped === undefined ? "" : `: ${skipped}`}`;
	return html`<details class="operation" id="${operationAnchor(run, operation.id)}" data-text="${text}" data-api="${run.contract.api}"><summary><span class="op"><b>${operation.method}</b> ${operation.path}</span><span class="counts">${counts}</span><span class="used">${used}</span></summary>
${body}</details>
`;
}

/** Its claims, its statuses, its parameters: what was decided, and what was not and why. */
export function renderOperationBody(run: Run, { coverage, claims, findings }: OperationView): Markup {
	const { statuses, parameters = [] } = coverage;
	const links = findings.map(
		({ finding, standing }) =>
			html`<li>${renderStanding(standing)} <a href="#${findingId(run, finding)}">${finding.rule}: documented ${finding.documented}, observed ${finding.observed}</a></li>`,
	);
	return html`<div class="body">
${links.length === 0 ? "" : html`<ul class="links">${links}</ul>`}
${claims.length === 0 ? html`<p class="quiet">Nothing is claimed of it: the document says neither what it does nor when it refuses.</p>` : renderClaims(claims)}
<dl class="facts"><div><dt>statuses</dt><dd>${statuses.length === 0 ? html`<span class="quiet">none is documented</span>` : statuses.map(({ status, seen }) => renderSeen(status, seen))}</dd></div>
${parameters.length === 0 ? "" : html`<div><dt>parameters</dt><dd>${parameters.map(({ name, in: place, sent }) => renderSeen(place === "body" ? name : `${name} (${place})`, sent))}</dd></div>`}</dl>
</div>`;
}

function renderSeen(name: string, count: number): Markup {
	return count > 0
		? html`<span class="seen"><code>${name}</code> <small>${count}×</small></span> `
		: html`<span class="seen never"><code>${name}</code> <small>never</small></span> `;
}

function renderClaims(claims: readonly ClaimResult[]): Markup {
	return html`<ul class="claims">${claims.map(renderClaim)}</ul>`;
}

function renderClaim({ sentence, verdict, reason, evidence, rivals, level }: ClaimResult): Markup {
	const names = (excluded: boolean): string =>
		rivals
			.filter((rival) => rival.excluded === excluded)
			.map(({ name }) => name)
			.join(", ");
	const [apart, open] = [names(true), names(false)];
	return html`<li><span class="cell ${verdict}">${renderLetter(verdict)}</span><div><p>${sentence}${level === "surprise" ? html` <small>by convention</small>` : ""}</p>
${verdict === "undecided" ? html`<p class="why">not decided: ${reason ?? "no reason was given"}</p>` : ""}<p class="because">${evidence.map(renderEvidence)}</p>
${apart === "" ? "" : html`<p class="rivals">told apart from ${apart}</p>`}${open === "" ? "" : html`<p class="rivals">not told apart from ${open}</p>`}</div></li>`;
}

function renderEvidence({ kind, text, file, line }: EvidenceLine): Markup {
	const place =
		file === undefined ? html`` : html` <code>${renderPlace(line === undefined ? { file } : { file, line })}</code>`;
	return kind === "words" ? html`<q>${text}</q>${place} ` : html`${kind}: ${text}${place} `;
}

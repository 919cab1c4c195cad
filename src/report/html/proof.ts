import type { Finding } from "../../finding/finding.ts";
import type { Run } from "../../finding/run.ts";
import { type DiagramRow, diagramOf, type Mark, type Piece, type Side } from "../diagram.ts";
import { html, type Markup } from "./markup.ts";

/**
 * The proof as a diagram: requests down the side, numbered along a line, what the docs predict beside what the service
 * showed, and what differs marked by a word, a frame and a colour. To a reader of screens it is a table.
 */
export function renderProof(run: Run, finding: Finding): Markup {
	const rows = diagramOf(run, finding);
	if (rows.length === 0) return html``;
	return html`<div class="proof" role="table" aria-label="Proof">
<div class="row head" role="row"><span role="columnheader">request</span><span role="columnheader">docs predict</span><span role="columnheader" class="sr">verdict</span><span role="columnheader">service shows</span></div>
${rows.map(renderRow)}</div>`;
}

function renderRow({ request, body, predicted, observed, parts }: DiagramRow, index: number): Markup {
	return html`<div class="row${parts ? " parts" : ""}" role="row"><div class="request" role="rowheader"><span class="step">${index + 1}</span> <code><b>${request.method}</b> ${breakable(request.path)}</code>${body === undefined ? "" : html`<code class="sent">${body}</code>`}</div>
<div class="side" role="cell"><span class="label" aria-hidden="true">docs predict</span>${renderSide(predicted)}</div>
<div class="verdict" role="cell">${parts ? html`<span aria-hidden="true">≠</span><span class="sr">differs</span>` : html`<span aria-hidden="true">=</span><span class="sr">as predicted</span>`}</div>
<div class="side shown" role="cell"><span class="label" aria-hidden="true">service shows</span>${renderSide(observed)}</div></div>
`;
}

/** A long path may be broken after its slashes. */
export function breakable(path: string): Markup {
	return html`${path.split(/(?<=\/)/).map((part) => html`${part}<wbr>`)}`;
}

function renderSide(side: Side): Markup {
	if (side.kind === "text")
		return side.piece.text === "" ? html`<span class="quiet">nothing is said</span>` : renderPiece(side.piece);
	if (side.kind === "items") {
		if (side.items.length === 0) return html`<span class="quiet">an empty list</span>`;
		return html`<ul class="items">${side.items.map((piece) => html`<li>${renderPiece(piece)}</li>`)}${renderMore(side.more)}</ul>`;
	}
	const fields = side.fields.map(
		({ name, pieces }) =>
			html`<div><dt>${name}</dt><dd>${pieces.length === 0 ? html`<span class="quiet">empty</span>` : pieces.map(renderPiece)}</dd></div>`,
	);
	return html`<dl class="fields">${fields}${side.more > 0 ? html`<div><dt>…</dt><dd class="quiet">${side.more} more</dd></div>` : ""}</dl>`;
}

function renderMore(count: number): Markup {
	return count > 0 ? html`<li class="quiet">and ${count} more</li>` : html``;
}

const NOTES: Readonly<Record<Exclude<Mark, "same">, string>> = {
	missing: "not shown",
	extra: "not predicted",
	stale: "still there",
	other: "differs",
};

function renderPiece({ text, mark }: Piece): Markup {
	if (mark === "same") return html`<code class="piece">${text}</code> `;
	return html`<mark class="piece ${mark}"><code>${text}</code> <small>${NOTES[mark]}</small></mark> `;
}

import type { Standing } from "../../finding/compare-runs.ts";
import type { Verdict } from "../../finding/run.ts";
import { html, type Markup } from "./markup.ts";

/** What becomes of a kind of claim: each has a word, its first letter, a shape and a colour, so that none of them matters alone. */
export type Mark = Verdict | "known" | "surprise" | "silent";

const WORDS: Readonly<Record<Exclude<Mark, "silent">, string>> = {
	agrees: "Agrees",
	drift: "Drift",
	known: "Known drift",
	surprise: "Surprise",
	undecided: "Undecided",
};

/** From the worst on. */
const MARKS: readonly Exclude<Mark, "silent">[] = ["drift", "surprise", "known", "undecided", "agrees"];

/** The letter is the first of the word; the style hides the rest, and a reader of screens reads the whole. */
export function renderLetter(mark: Mark): Markup {
	return mark === "silent" ? html`` : html`<b>${WORDS[mark].slice(0, 1)}</b>${WORDS[mark].slice(1)}`;
}

export function renderLegend(): Markup {
	const entries = MARKS.map(
		(mark) =>
			html`<li><span class="cell ${mark}" aria-hidden="true">${renderLetter(mark)}</span> ${WORDS[mark].toLowerCase()}</li>`,
	);
	return html`<ul class="legend" aria-label="Legend">${entries}<li><span class="cell silent" aria-hidden="true"><b>·</b></span> nothing claimed</li></ul>`;
}

const STANDINGS: Readonly<Record<Standing | "gone", { readonly word: string; readonly shape: string }>> = {
	new: { word: "new", shape: "◆" },
	grown: { word: "grown", shape: "▲" },
	standing: { word: "as before", shape: "■" },
	flaky: { word: "flaky", shape: "≈" },
	known: { word: "known", shape: "●" },
	gone: { word: "gone", shape: "○" },
};

/** In the order in which people want to see them. */
export const STANDING_ORDER: readonly Standing[] = ["new", "grown", "standing", "flaky", "known"];

export function standingWord(standing: Standing | "gone"): string {
	return STANDINGS[standing].word;
}

export function renderStanding(standing: Standing | "gone"): Markup {
	const { word, shape } = STANDINGS[standing];
	return html`<span class="badge ${standing}"><span aria-hidden="true">${shape}</span> ${word}</span>`;
}

export function shapeOf(standing: Standing | "gone"): string {
	return STANDINGS[standing].shape;
}

import { html, type Markup } from "./markup.ts";

/** Contents that unfold: written into the page, or kept aside until somebody unfolds them. */
export interface Panels {
	/** What to write in the place of the content. */
	add(content: Markup, now: boolean): Markup;
	/** What is kept aside, by number. */
	later(): readonly string[];
}

/**
 * Keeps contents aside that would make a page of hundreds of findings slow to open. They are markup already, escaped as
 * all other; the page's script only puts them where they belong.
 */
export function createPanels(): Panels {
	const kept: string[] = [];
	return {
		add(content, now) {
			if (now) return content;
			kept.push(content.markup);
			return html`<div data-panel="${kept.length - 1}"></div>`;
		},
		later: () => kept,
	};
}

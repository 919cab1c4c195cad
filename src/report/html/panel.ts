import { gunzipSync, gzipSync } from "node:zlib";
import { html, type Markup } from "./markup.ts";

/** Contents that unfold: written into the page, or kept aside until somebody unfolds them. */
export interface Panels {
	/** What to write in the place of the content. */
	add(content: Markup, now: boolean): Markup;
	/** What is kept aside, for the end of the page; nothing where nothing is. */
	embed(): Markup;
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
		embed: () =>
			kept.length === 0
				? html``
				: html`<script type="text/plain" id="panels">${pack(kept)}</script>
`,
	};
}

/** As JSON, packed and in base64: texts that repeat each other are a tenth of their size, and nothing in them is markup. */
function pack(kept: readonly string[]): string {
	return gzipSync(JSON.stringify(kept), { level: 9 }).toString("base64");
}

/** What `pack` has packed. */
export function unpackPanels(text: string): readonly string[] {
	return JSON.parse(gunzipSync(Buffer.from(text, "base64")).toString()) as readonly string[];
}

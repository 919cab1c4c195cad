/** Text that is markup already; everything else is escaped where it is put in. */
export interface Markup {
	readonly markup: string;
}

type Part = string | number | undefined | Markup | readonly Part[];

/**
 * Markup with values put in: texts are escaped, for content and for quoted attributes alike, lists are joined.
 *
 * @example html`<b title="${"\"<"}">${["a", html`<i>b</i>`]}</b>`.markup // <b title="&quot;&lt;">a<i>b</i></b>
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
	const written = texts.map((text, index) => text + (index < parts.length ? render(parts[index]) : ""));
	return { markup: written.join("") };
}

function render(part: Part): string {
	if (part === undefined) return "";
	if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
	return "markup" in part ? part.markup : part.map(render).join("");
}

const ESCAPES: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Signs that no browser shows as they are become what stands for them; half a surrogate pair becomes U+FFFD. */
export function escapeHtml(text: string): string {
	return text
		.toWellFormed()
		.replace(CONTROL, "\ufffd")
		.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an HTML parser drops or refuses these characters.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** A name that may stand in an `id` and in the fragment of a link as it is. */
export function anchor(...parts: readonly string[]): string {
	return parts
		.map((part) => part.replace(/[^A-Za-z0-9.-]/g, (sign) => `_${sign.codePointAt(0)?.toString(16)}_`))
		.join("--");
}

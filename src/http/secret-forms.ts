/**
 * The forms in which a secret may show up again: as it is, escaped in JSON, percent-encoded, as a form field, in base64
 * and base64url, with and without padding. The longest first.
 *
 * @example secretForms("a b/c") // ["YSBiL2M=", "a%20b%2Fc", …]
 */
export function secretForms(value: string): readonly string[] {
	const bytes = Buffer.from(value, "utf8");
	const json = JSON.stringify(value).slice(1, -1);
	const base64 = bytes.toString("base64");
	const percent = encodeURIComponent(value.toWellFormed());
	const strict = percent.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
	const forms = [
		value,
		json,
		json.replaceAll("/", "\\/"),
		json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
		escapeHtml(value),
		percent,
		strict,
		strict.replace(/%../g, (triplet) => triplet.toLowerCase()),
		percent.replaceAll("%20", "+"),
		base64,
		base64.replace(/=+$/, ""),
		bytes.toString("base64url"),
	];
	return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** Some JSON writers escape for HTML, and error pages are HTML. */
function escapeHtml(value: string): string {
	return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

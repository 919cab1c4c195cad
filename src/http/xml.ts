/**
 * One element with its attributes and content. Written here because a report needs only elements and text: the part in
 * which a library could go wrong for us, characters that XML 1.0 forbids (2.2), none of them takes care of.
 *
 * @example element("failure", { message: "a < b" }, ["text"])
 */
export function element(
	name: string,
	attributes: Readonly<Record<string, string | number | undefined>>,
	content: readonly string[] = [],
): string {
	const written = Object.entries(attributes).flatMap(([key, value]) =>
		value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`],
	);
	const start = `<${name}${written.join("")}`;
	return content.length === 0 ? `${start}/>` : `${start}>${content.join("")}</${name}>`;
}

/** Text for content or an attribute; what XML cannot hold at all becomes U+FFFD. */
export function escapeXml(text: string): string {
	return text
		.toWellFormed()
		.replace(FORBIDDEN, "\ufffd")
		.replace(/[&<>"'\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 forbids.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** What only controls a terminal, and is no text: C0 but for tab and line feed, DEL, C1, and what turns the writing direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** What we write ourselves: weight and colour with their ends (ECMA-48 8.3.117), and taking the live line away. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const OURS = /(\r\u001b\[2K|\u001b\[(?:[12]|22|3[0-79]|90)m)/;

/**
 * Shows control characters as what they are called instead of letting them act. Titles, descriptions, paths and answers
 * are written by others: a title must not rename the window, clear the screen or write into the clipboard.
 *
 * @param styled whether our own colours and live lines may pass
 * @example plainText("\u001b]0;owned\u0007", false) // "\\u001b]0;owned\\u0007"
 */
export function plainText(text: string, styled: boolean): string {
	const plain = text.replaceAll("\r\n", "\n");
	if (!styled) return plain.replace(CONTROLS, nameOf);
	// Splitting by a group keeps what it matched at the odd places.
	return plain
		.split(OURS)
		.map((piece, index) => (index % 2 === 1 ? piece : piece.replace(CONTROLS, nameOf)))
		.join("");
}

function nameOf(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

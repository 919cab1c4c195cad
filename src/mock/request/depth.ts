/** What a character outside of texts does to the depth. */
const STEPS: ReadonlyMap<string, number> = new Map([
	["[", 1],
	["{", 1],
	["]", -1],
	["}", -1],
]);

/**
 * Whether a JSON text nests lists and objects deeper than a limit, told without building anything.
 *
 * @example isDeeperThan("[[[1]]]", 2) // true
 */
export function isDeeperThan(text: string, limit: number): boolean {
	// What opens too little to be that deep need not be looked at.
	if (text.length <= limit || openings(text) <= limit) return false;
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const character = text[at] as string;
		if (character === '"') at = endOfText(text, at);
		else depth += STEPS.get(character) ?? 0;
		if (depth > limit) return true;
	}
	return false;
}

function openings(text: string): number {
	let count = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === BRACE || code === BRACKET) count++;
	}
	return count;
}

const [BRACE, BRACKET] = [123, 91];

/** Where the text that begins with this quotation mark ends. */
function endOfText(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at++) {
		if (text[at] === "\\") at++;
		else if (text[at] === '"') return at;
	}
	return text.length;
}

import type { Line, Passage } from "./block.ts";

const LENGTH_MAX = 600;
const SENTENCES_MAX = 400;

/** The sentences of a passage, each with the line on which it begins. */
export function sentencesWithPlace(passage: Passage): readonly Line[] {
	const found: Line[] = [];
	let start = 0;
	const ends = [...passage.text.matchAll(/[.!?](?=\s+[\p{Lu}`"'(*[]|\s*$)|\n\s*\n/gu)].map(
		({ index, 0: sign }) => index + sign.length,
	);
	for (const end of [...ends, passage.text.length].slice(0, SENTENCES_MAX)) {
		const raw = passage.text.slice(start, end);
		const text = raw.trim();
		const line = passage.lineAt(start + (raw.length - raw.trimStart().length));
		if (text !== "" && text.length <= LENGTH_MAX) found.push({ text, line });
		start = end;
	}
	return found;
}

/** Statuses that a sentence says an answer has: `returns 404`, `a 404 is returned`, `404 if`, `(422 for validation)`. */
const SAYS_STATUS: readonly RegExp[] = [
	/\b(?:returns?|responds? with|answers?(?: with)?|fails? with|refused with|rejected with|respond with|gives?|get)(?: an?| the| http| status| code| error)* ([1-5]\d\d)\b(?=\s*(?:[.,;:)(–—]|$|(?:if|when|with|on|and|or|for|unless|otherwise|instead|status|errors?|responses?|code)\b|[A-Z][a-z]+ ?[A-Z]?))/g,
	/\b([1-5]\d\d)\b(?: [A-Z][\w ]{2,30}?)? (?:is|are) returned\b/g,
	/(?<![\d.,$])\b([1-5]\d\d) (?:if|when|unless|for|on success|otherwise)\b/g,
	/(?<![\d.,$])\b([1-5]\d\d) \/ [1-5]\d\d (?:if|when|unless|for)\b/g,
];

export function findStatuses(sentence: string): readonly string[] {
	const found = SAYS_STATUS.flatMap((pattern) => [...sentence.matchAll(pattern)].map((match) => match[1] as string));
	return [...new Set(found)];
}

import { distance } from "fastest-levenshtein";

/** Comparing a word with all names of a huge directory or document is not worth it. */
const CANDIDATES_MAX = 5_000;

/**
 * The candidate that a person most likely meant, when one is near enough: at most a third of the letters differ.
 *
 * @example didYouMean("opnapi", ["openapi", "info"]) // "openapi"
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
	let best: { readonly name: string; readonly distance: number } | undefined;
	let count = 0;
	for (const name of candidates) {
		if (count++ >= CANDIDATES_MAX) break;
		const changes = distance(word.toLowerCase(), name.toLowerCase());
		if (changes > Math.max(1, Math.floor(Math.max(word.length, name.length) / 3))) continue;
		if (best === undefined || changes < best.distance) best = { name, distance: changes };
	}
	return best?.name;
}

/** The hint of a problem, ready to be spread into it: nothing when no candidate is near. */
export function hintOf(word: string, candidates: Iterable<string>): { readonly hint?: string } {
	const meant = didYouMean(word, candidates);
	return meant === undefined ? {} : { hint: `did you mean "${meant}"?` };
}

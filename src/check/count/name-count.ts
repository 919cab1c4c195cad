import type { Counting } from "../../model/law/counts.ts";

/** The calls that were made with a credential, and those with somebody else's. */
export interface Used {
	readonly reads: number;
	readonly writes: number;
	readonly refused: number;
	readonly others: number;
}

/**
 * How a service counts that says this sum; undefined when it counts as documented.
 *
 * @example nameCount("accepted", { reads: 3, writes: 1, refused: 5, others: 9 }, 9) // "counts refused calls as well"
 */
export function nameCount(calls: Counting["calls"], used: Used, sum: number): string | undefined {
	const { reads, writes, refused, others } = used;
	const accepted = reads + writes;
	const all = accepted + refused;
	if (sum === (calls === "all" ? all : accepted)) return undefined;
	if (sum === 0) return "counts nothing";
	if (sum === all) return "counts refused calls as well";
	if (sum === accepted) return "counts no refused calls";
	if (sum === writes || sum === writes + refused) return "counts no reads";
	if (sum === reads || sum === reads + refused) return "counts no writes";
	// Whoever else calls meanwhile is counted then as well.
	return sum >= accepted + others ? "counts the calls of everybody" : "counts otherwise";
}

import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import type { Reported } from "./report.ts";

/** One entry of the answer key: what careful readers found by hand. */
export interface Entry {
	readonly id: string;
	readonly service: string;
	readonly operation: string;
	readonly kind: string;
	/** `A` contradicts the document, `B`: the document is silent, `-`: a trap that is no drift. */
	readonly strength: "A" | "B" | "-";
}

/** What a finding must be to count as an entry. */
interface Expected {
	/** `*` for any. */
	readonly operations: readonly string[];
	readonly rules: readonly string[];
	/** A regular expression, case ignored. */
	readonly about: string;
}

export interface Matched {
	readonly entry: Entry;
	readonly found: readonly Reported[];
}

export async function loadKey(file: string): Promise<readonly Entry[]> {
	return JSON.parse(await readFile(file, "utf8")) as readonly Entry[];
}

export async function loadExpected(): Promise<ReadonlyMap<string, Expected>> {
	const text = await readFile(new URL("expected.yaml", import.meta.url), "utf8");
	return new Map(Object.entries(parse(text) as Record<string, Expected>));
}

/** The findings that count as each entry of one service. An entry without a rule for it is a mistake of the bench. */
export function matchEntries(
	entries: readonly Entry[],
	reported: readonly Reported[],
	expected: ReadonlyMap<string, Expected>,
): readonly Matched[] {
	return entries.map((entry) => {
		const wanted = expected.get(entry.id);
		if (wanted === undefined) throw new Error(`expected.yaml does not say what counts as ${entry.id}`);
		// A trap is only fallen into by calling it drift.
		const candidates = entry.strength === "-" ? reported.filter(({ level }) => level === "drift") : reported;
		return { entry, found: candidates.filter((finding) => counts(finding, wanted)) };
	});
}

function counts({ rule, operations, says }: Reported, wanted: Expected): boolean {
	const isThere = operations.some((operation) => wanted.operations.includes(operation));
	return (
		wanted.rules.includes(rule) &&
		(isThere || wanted.operations.includes("*")) &&
		new RegExp(wanted.about, "i").test(says)
	);
}

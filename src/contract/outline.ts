import type { EntryEnd, Locator } from "./position.ts";

/** Where the parts of a YAML text begin: the document without its values. */
export type Outline =
	| { readonly kind: "map"; readonly start: number; readonly entries: ReadonlyMap<string, OutlineEntry> }
	| { readonly kind: "list"; readonly start: number; readonly items: readonly Outline[] }
	/** A block (`|` or `>`) begins in the line after its key, where nobody looks for it. */
	| { readonly kind: "plain" | "block"; readonly start: number };

export interface OutlineEntry {
	readonly key: number;
	readonly node: Outline;
}

/** Told of a key that a map has already, and where it stands again. */
export type OnDuplicate = (key: string, offset: number) => void;

/** Finds parts in an outline, which is made when somebody first asks. */
export function createOutlineLocator(outline: () => Outline): Locator {
	return (tokens, end) => {
		const root = outline();
		let entry: OutlineEntry = { key: root.start, node: root };
		for (const token of tokens) {
			const next = step(entry.node, token);
			if (next === undefined) return entry.key;
			entry = next;
		}
		return endOf(entry, end);
	};
}

function step(node: Outline, token: string): OutlineEntry | undefined {
	if (node.kind === "map") return node.entries.get(token);
	const item = node.kind === "list" ? node.items[Number(token)] : undefined;
	return item === undefined ? undefined : { key: item.start, node: item };
}

/** Unless the caller says which, a plain value is where it stands itself and all else where its key stands. */
function endOf({ key, node }: OutlineEntry, end: EntryEnd | undefined): number {
	if (end === "key") return key;
	return end === "value" || node.kind === "plain" ? node.start : key;
}

/** The entries of a map after `<<`: what the map says itself wins, then what is merged first. */
export function mergedEntries(own: ReadonlyMap<string, OutlineEntry>): ReadonlyMap<string, OutlineEntry> {
	const merged = own.get("<<")?.node;
	if (merged === undefined) return own;
	const entries = new Map(own);
	for (const source of merged.kind === "list" ? merged.items : [merged]) {
		if (source.kind !== "map") continue;
		for (const [key, entry] of source.entries) if (!entries.has(key)) entries.set(key, entry);
	}
	return entries;
}

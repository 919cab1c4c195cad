import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import { readYamlDocument } from "./forgiving-yaml.ts";
import { lazy } from "./lazy.ts";
import type { EntryEnd, Locator } from "./position.ts";

/** Merge keys may name maps that merge others; real documents have one such step. */
const MERGE_DEPTH_MAX = 10;

interface Entry {
	readonly key: number;
	readonly node: Node | undefined;
}

/** Finds parts in a YAML text. The text is parsed with its positions when somebody first asks. */
export function createYamlLocator(text: string): Locator {
	const parsed = lazy(() => readYamlDocument(text));
	const maps = new WeakMap<YAMLMap, Map<string, Pair>>();
	return (tokens, end) => {
		const document = parsed();
		let entry: Entry = { key: startOf(document.contents), node: document.contents ?? undefined };
		for (const token of tokens) {
			const next = step({ document, maps }, target(document, entry.node), token, 0);
			if (next === undefined) return entry.key;
			entry = next;
		}
		return endOf(entry, end);
	};
}

interface Context {
	readonly document: Document;
	/** Pairs by key, because a map of a thousand paths is asked a thousand times. */
	readonly maps: WeakMap<YAMLMap, Map<string, Pair>>;
}

function target(document: Document, node: Node | undefined): Node | undefined {
	return isAlias(node) ? node.resolve(document) : node;
}

function step(context: Context, node: Node | undefined, token: string, depth: number): Entry | undefined {
	if (isSeq(node)) {
		const item = node.items[Number(token)] as Node | undefined;
		return item === undefined ? undefined : { key: startOf(item), node: item };
	}
	if (!isMap(node)) return undefined;
	const pair = pairsOf(context, node).get(token);
	if (pair !== undefined) return { key: startOf(pair.key), node: (pair.value as Node | null) ?? undefined };
	return depth < MERGE_DEPTH_MAX ? mergedStep(context, node, token, depth) : undefined;
}

function mergedStep(context: Context, map: YAMLMap, token: string, depth: number): Entry | undefined {
	const merged = target(context.document, (pairsOf(context, map).get("<<")?.value as Node | null) ?? undefined);
	const sources = isSeq(merged) ? (merged.items as Node[]) : [merged];
	for (const source of sources) {
		const node = target(context.document, source);
		const entry = isMap(node) ? step(context, node, token, depth + 1) : undefined;
		if (entry !== undefined) return entry;
	}
	return undefined;
}

function pairsOf(context: Context, map: YAMLMap): Map<string, Pair> {
	let pairs = context.maps.get(map);
	if (pairs === undefined) {
		pairs = new Map(map.items.map((pair) => [keyOf(pair), pair]));
		context.maps.set(map, pairs);
	}
	return pairs;
}

function keyOf(pair: Pair): string {
	if (!isScalar(pair.key)) return String(pair.key);
	const { value, source } = pair.key;
	return typeof value === "symbol" ? (source ?? "<<") : String(value ?? "");
}

function startOf(node: unknown): number {
	const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
	return Array.isArray(range) && typeof range[0] === "number" ? range[0] : 0;
}

/** Unless the caller says which, a map or list is where its key stands and a plain value where it stands itself. */
function endOf(entry: Entry, end: EntryEnd | undefined): number {
	const isPlain = isScalar(entry.node) || isAlias(entry.node);
	const wanted = end ?? (isPlain ? "value" : "key");
	return wanted === "key" || entry.node === undefined ? entry.key : startOf(entry.node);
}

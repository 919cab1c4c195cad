import { createRequire } from "node:module";
import type { Document, Node, Pair, ParsedNode, YAMLParseError } from "yaml";
import type { Problem } from "../problem/problem.ts";
import { duplicateKeys } from "./duplicate-key.ts";
import { lazy } from "./lazy.ts";
import { ALIAS_COUNT_MAX } from "./limit.ts";
import { mergedEntries, type OnDuplicate, type Outline, type OutlineEntry } from "./outline.ts";
import type { ParsedText } from "./parse-text.ts";
import { linePlace } from "./position.ts";

/** Seventy files, for the few documents that need them. */
const loadYaml = lazy(() => createRequire(import.meta.url)("yaml") as typeof import("yaml"));

/** A document as `yaml` reads it when it is told to forgive: odd indents and duplicate keys are no errors. */
function readYamlDocument(text: string): Document.Parsed<ParsedNode> {
	return loadYaml().parseDocument(text, {
		strict: false,
		uniqueKeys: false,
		merge: true,
		logLevel: "silent",
		prettyErrors: false,
	});
}

/**
 * Parses what js-yaml refuses: real documents have a closing brace at the margin, or a tag of their own.
 */
export function parseForgivingly(file: string, text: string): ParsedText {
	try {
		const document = readYamlDocument(text);
		const [error] = document.errors;
		if (error !== undefined) return { kind: "problems", problems: [syntaxFault(file, text, error)] };
		const value: unknown = document.toJS({ maxAliasCount: ALIAS_COUNT_MAX });
		return { kind: "value", value, format: "yaml", problems: duplicateKeys(file, text, outlineForgivingly) };
	} catch (error) {
		const reason = error instanceof RangeError ? "is nested too deeply" : `cannot be read: ${String(error)}`;
		return {
			kind: "problems",
			problems: [{ code: "document-unbounded", message: `${file} ${reason}`, place: { file } }],
		};
	}
}

/** The first error only: the ones after it mostly follow from it. */
function syntaxFault(file: string, text: string, error: YAMLParseError): Problem {
	const message = `not valid YAML: ${error.message.replaceAll(/\s+/g, " ")}`;
	return { code: "document-syntax", message, place: linePlace(file, text, error.pos[0]) };
}

/** The outline of a text that only this parser reads. */
export function outlineForgivingly(text: string, onDuplicate?: OnDuplicate): Outline {
	const document = readYamlDocument(text);
	if (document.contents === null) return { kind: "plain", start: 0 };
	return outlineOf({ document, onDuplicate }, document.contents);
}

interface Reading {
	readonly document: Document;
	readonly onDuplicate: OnDuplicate | undefined;
}

function outlineOf(reading: Reading, node: Node): Outline {
	const { isAlias, isMap, isScalar, isSeq, Scalar } = loadYaml();
	const start = node.range?.[0] ?? 0;
	const target = isAlias(node) ? node.resolve(reading.document) : node;
	if (target !== undefined && target !== node) return outlineOf({ ...reading, onDuplicate: undefined }, target);
	if (isSeq(node)) return { kind: "list", start, items: node.items.map((item) => outlineOf(reading, item as Node)) };
	if (isMap(node)) return { kind: "map", start, entries: mergedEntries(entriesOf(reading, node.items)) };
	const isBlock = isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
	return { kind: isBlock ? "block" : "plain", start };
}

function entriesOf(reading: Reading, pairs: readonly Pair[]): ReadonlyMap<string, OutlineEntry> {
	const entries = new Map<string, OutlineEntry>();
	for (const pair of pairs) {
		const name = keyText(pair);
		const key = (pair.key as Node).range?.[0] ?? 0;
		if (entries.has(name)) reading.onDuplicate?.(name, key);
		const node: Outline = pair.value === null ? { kind: "plain", start: key } : outlineOf(reading, pair.value as Node);
		entries.set(name, { key, node });
	}
	return entries;
}

function keyText({ key }: Pair): string {
	if (!loadYaml().isScalar(key)) return String(key);
	return typeof key.value === "symbol" ? (key.source ?? "<<") : String(key.value ?? "");
}

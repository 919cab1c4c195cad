import {
	type Document,
	isAlias,
	isMap,
	isScalar,
	isSeq,
	type Node,
	type Pair,
	type ParsedNode,
	parseDocument,
	Scalar,
	visit,
	type YAMLParseError,
} from "yaml";
import type { Problem } from "../problem/problem.ts";
import { ALIAS_COUNT_MAX, PROBLEMS_PER_FILE_MAX } from "./limit.ts";
import { mergedEntries, type Outline, type OutlineEntry } from "./outline.ts";
import type { ParsedText } from "./parse-text.ts";
import { linePlace } from "./position.ts";

/** A document as `yaml` reads it when it is told to forgive: odd indents and duplicate keys are no errors. */
function readYamlDocument(text: string): Document.Parsed<ParsedNode> {
	return parseDocument(text, {
		strict: false,
		uniqueKeys: false,
		merge: true,
		logLevel: "silent",
		prettyErrors: false,
	});
}

/**
 * Parses what js-yaml refuses: real documents with a closing brace at the margin or a key written twice. Duplicate keys
 * are listed, each with its line, and the last one counts.
 */
export function parseForgivingly(file: string, text: string): ParsedText {
	try {
		const document = readYamlDocument(text);
		const [error] = document.errors;
		if (error !== undefined) return { kind: "problems", problems: [syntaxFault(file, text, error)] };
		const value: unknown = document.toJS({ maxAliasCount: ALIAS_COUNT_MAX });
		return { kind: "value", value, format: "yaml", problems: duplicateKeys(file, text, document) };
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

function duplicateKeys(file: string, text: string, document: Document.Parsed): readonly Problem[] {
	const problems: Problem[] = [];
	visit(document, {
		Map(_, map) {
			const seen = new Set<unknown>();
			for (const pair of map.items) {
				if (!isScalar(pair.key) || pair.key.value === "<<") continue;
				if (seen.has(pair.key.value) && problems.length < PROBLEMS_PER_FILE_MAX) {
					const message = `the key "${String(pair.key.value)}" stands here twice; the last one counts`;
					problems.push({ code: "duplicate-key", message, place: linePlace(file, text, pair.key.range?.[0] ?? 0) });
				}
				seen.add(pair.key.value);
			}
			return isMap(map) ? undefined : visit.SKIP;
		},
	});
	return problems;
}

/** The outline of a text that only this parser reads. */
export function outlineForgivingly(text: string): Outline {
	const document = readYamlDocument(text);
	return document.contents === null ? { kind: "plain", start: 0 } : outlineOf(document, document.contents);
}

function outlineOf(document: Document, node: Node): Outline {
	const start = node.range?.[0] ?? 0;
	const target = isAlias(node) ? node.resolve(document) : node;
	if (target !== undefined && target !== node) return outlineOf(document, target);
	if (isSeq(node)) return { kind: "list", start, items: node.items.map((item) => outlineOf(document, item as Node)) };
	if (!isMap(node)) {
		const isBlock = isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
		return { kind: isBlock ? "block" : "plain", start };
	}
	const entries = node.items.map((pair) => [keyText(pair), entryOf(document, pair)] as const);
	return { kind: "map", start, entries: mergedEntries(new Map(entries)) };
}

function entryOf(document: Document, pair: Pair): OutlineEntry {
	const key = (pair.key as Node).range?.[0] ?? 0;
	const node: Outline = pair.value === null ? { kind: "plain", start: key } : outlineOf(document, pair.value as Node);
	return { key, node };
}

function keyText({ key }: Pair): string {
	if (!isScalar(key)) return String(key);
	return typeof key.value === "symbol" ? (key.source ?? "<<") : String(key.value ?? "");
}

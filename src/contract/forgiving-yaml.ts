import { type Document, isMap, isScalar, type ParsedNode, parseDocument, visit, type YAMLParseError } from "yaml";
import type { Problem } from "../problem/problem.ts";
import { ALIAS_COUNT_MAX, PROBLEMS_PER_FILE_MAX } from "./limit.ts";
import type { ParsedText } from "./parse-text.ts";
import { linePlace } from "./position.ts";

/** A document as `yaml` reads it when it is told to forgive: odd indents and duplicate keys are no errors. */
export function readYamlDocument(text: string): Document.Parsed<ParsedNode> {
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

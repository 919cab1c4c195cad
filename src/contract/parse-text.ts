import { CORE_SCHEMA, load, mergeTag, YAMLException } from "js-yaml";
import type { Problem } from "../problem/problem.ts";
import type { Place } from "../problem/source.ts";
import { duplicateKeys } from "./duplicate-key.ts";
import { parseForgivingly } from "./forgiving-yaml.ts";
import { ALIAS_COUNT_MAX, DEPTH_MAX, FORGIVING_BYTES_MAX, MERGED_KEYS_MAX } from "./limit.ts";
import { measureFault } from "./measure.ts";
import { linePlace } from "./position.ts";
import { outlineYaml } from "./yaml-outline.ts";

/** `json` texts are located by a scanner of their own, which is much faster than a YAML parser. */
export type TextFormat = "json" | "yaml";

export type ParsedText =
	| {
			readonly kind: "value";
			readonly value: unknown;
			readonly format: TextFormat;
			/** What is wrong although the rest works: duplicate keys, JSON that is none. */
			readonly problems: readonly Problem[];
	  }
	| { readonly kind: "problems"; readonly problems: readonly Problem[] };

/**
 * Turns the text of a document into a value: JSON by `JSON.parse`; YAML 1.2 (core schema and merge keys, no custom tags)
 * by js-yaml, because it is fast; what js-yaml refuses by `yaml`, because it forgives more and explains better.
 *
 * @example parseText("a.yaml", "openapi: 3.1.0") // { kind: "value", value: { openapi: "3.1.0" }, … }
 */
export function parseText(file: string, text: string): ParsedText {
	const json = parseJson(file, text);
	if (json.kind === "value") return measured(file, json, false);
	const yaml = parseYaml(file, text);
	const isJsonFile = /\.json$/i.test(file);
	if (yaml.kind === "problems") return isJsonFile && json.problems.length > 0 ? json : yaml;
	const problems = isJsonFile ? [...json.problems, ...yaml.problems] : yaml.problems;
	return measured(file, { ...yaml, problems }, /(^|[\s[{,:-])&[^\s,[\]{}]/m.test(text));
}

function measured(file: string, parsed: ParsedText & { kind: "value" }, hasAliases: boolean): ParsedText {
	const fault = measureFault(parsed.value, hasAliases);
	if (fault === undefined) return parsed;
	return { kind: "problems", problems: [unbounded(file, fault)] };
}

function unbounded(file: string, fault: string, place: Place = { file }): Problem {
	return { code: "document-unbounded", message: `${file} ${fault}`, place };
}

/** Only a text that begins like JSON is tried as JSON. */
function parseJson(file: string, text: string): ParsedText {
	if (!/^\s*[[{"]/.test(text)) return { kind: "problems", problems: [] };
	try {
		return { kind: "value", value: JSON.parse(text), format: "json", problems: [] };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const position = /position (\d+)/.exec(message)?.[1];
		const place = linePlace(file, text, position === undefined ? text.length : Number(position));
		const reason = message.replace(/ (in JSON )?at position.*$/s, "").replace(/, (\.\.\.)?".*$/s, "");
		return {
			kind: "problems",
			problems: [{ code: "document-syntax", message: `not valid JSON: ${reason}`, place }],
		};
	}
}

const YAML_SCHEMA = CORE_SCHEMA.withTags(mergeTag);

function parseYaml(file: string, text: string): ParsedText {
	try {
		return { kind: "value", value: loadYaml(text, "unique"), format: "yaml", problems: [] };
	} catch (error) {
		if (isDuplicate(error)) return parseDuplicates(file, text);
		return afterFault(file, text, error);
	}
}

function parseDuplicates(file: string, text: string): ParsedText {
	try {
		const value = loadYaml(text, "last");
		return { kind: "value", value, format: "yaml", problems: duplicateKeys(file, text, outlineYaml) };
	} catch (error) {
		return afterFault(file, text, error);
	}
}

/** Keys are unique, or the last of several counts. */
function loadYaml(text: string, keys: "unique" | "last"): unknown {
	return load(text, {
		schema: YAML_SCHEMA,
		maxDepth: DEPTH_MAX,
		maxAliases: ALIAS_COUNT_MAX,
		maxTotalMergeKeys: MERGED_KEYS_MAX,
		json: keys === "last",
	});
}

function isDuplicate(error: unknown): boolean {
	return error instanceof YAMLException && error.reason === "duplicated mapping key";
}

/** A text over a limit is refused; one that js-yaml does not understand gets a second, more patient reader. */
function afterFault(file: string, text: string, error: unknown): ParsedText {
	const fault = yamlFault(file, text, error);
	const isLimit = fault.code === "document-unbounded";
	if (isLimit || text.length > FORGIVING_BYTES_MAX) return { kind: "problems", problems: [fault] };
	return parseForgivingly(file, text);
}

function yamlFault(file: string, text: string, error: unknown): Problem {
	if (!(error instanceof YAMLException)) return unbounded(file, `cannot be parsed: ${String(error)}`);
	const place = linePlace(file, text, error.mark?.position ?? 0);
	if (error.reason.includes("maxDepth")) return unbounded(file, `is nested deeper than ${DEPTH_MAX} levels`, place);
	if (error.reason.includes("maxAliases")) return unbounded(file, `has more than ${ALIAS_COUNT_MAX} aliases`, place);
	if (error.reason.includes("maxTotalMergeKeys"))
		return unbounded(file, `merges more than ${MERGED_KEYS_MAX} keys`, place);
	return { code: "document-syntax", message: `not valid YAML: ${error.reason}`, place };
}

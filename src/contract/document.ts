import { resolve } from "node:path";
import type { Problem } from "../problem/problem.ts";
import type { Place, Source } from "../problem/source.ts";
import type { Dialect } from "../schema/dialect.ts";
import { decodePercent, isUri, parsePointer } from "../schema/reference.ts";
import { createJsonLocator } from "./json-position.ts";
import { lazy } from "./lazy.ts";
import { FILE_COUNT_MAX, TOTAL_BYTES_MAX } from "./limit.ts";
import { isObject } from "./node.ts";
import { createOutlineLocator } from "./outline.ts";
import { parseText, type TextFormat } from "./parse-text.ts";
import { createLineIndex, type EntryEnd, type LineIndex, type Locator } from "./position.ts";
import { type ReadText, readText } from "./read-text.ts";
import { outlineYaml } from "./yaml-outline.ts";

/** One file as it was read. */
export interface LoadedDocument {
	readonly file: string;
	/** Replaced once, by the overlays of the root document. */
	value: unknown;
	dialect: Dialect;
	readonly text: string;
	readonly format: TextFormat;
	readonly locator: () => Locator;
	readonly lines: () => LineIndex;
}

/** All files of one contract, each read when a reference first leads to it. */
export interface Documents {
	/** The document, or undefined when it cannot be had; `faults` then says why. */
	get(file: string): LoadedDocument | undefined;
	/** Why a file that was asked for is not there. */
	faults(file: string): readonly Problem[];
	/** Takes in the text of a file that was fetched, or why it could not be. */
	add(file: string, fetched: ReadText): void;
	/** Line and column in the text of that file; of the nearest ancestor when the part itself is not in the text. */
	locate(source: Source, end?: EntryEnd): Place;
	/** Every file that was asked for so far, also those that are not there. */
	files(): readonly string[];
}

export interface DocumentsOptions {
	/** What relative file names are relative to. */
	readonly cwd: string;
	/** Called with what is wrong in a file although it could be read. */
	readonly report: (problem: Problem) => void;
	/** The dialect of files that do not say theirs: that of the root document, once it is known. */
	readonly dialect: () => Dialect;
}

type Entry = { readonly document?: LoadedDocument; readonly faults: readonly Problem[] };

/** @example createDocuments({ cwd: process.cwd(), report: console.error, dialect: () => "openapi-3.1" }).get("openapi.yaml") */
export function createDocuments(options: DocumentsOptions): Documents {
	const entries = new Map<string, Entry>();
	let bytes = 0;
	const take = (file: string, result: ReadText): Entry => {
		if (result.kind === "text") bytes += result.text.length;
		const entry = result.kind === "text" ? toEntry(file, result.text, options) : { faults: [result.problem] };
		entries.set(file, entry);
		return entry;
	};
	const read = (file: string): Entry => {
		const known = entries.get(file);
		if (known !== undefined) return known;
		const fault = isUri(file) ? notFetched(file) : limitFault(file, entries.size, bytes);
		const result = fault === undefined ? readNamed(file, options.cwd) : { kind: "problem" as const, problem: fault };
		return take(file, result);
	};
	return {
		get: (file) => read(file).document,
		faults: (file) => read(file).faults,
		add: take,
		files: () => [...entries.keys()],
		locate: (source, end) => {
			const document = read(source.file).document;
			if (document === undefined) return { file: source.file, pointer: source.pointer };
			const offset = document.locator()(parsePointer(source.pointer), end);
			return { file: source.file, ...document.lines()(offset), pointer: source.pointer };
		},
	};
}

function toEntry(file: string, text: string, options: DocumentsOptions): Entry {
	const parsed = parseText(file, text);
	if (parsed.kind === "problems") return { faults: parsed.problems };
	for (const problem of parsed.problems) options.report(problem);
	const { value, format } = parsed;
	const locator = lazy(() =>
		format === "json" ? createJsonLocator(text) : createOutlineLocator(lazy(() => outlineYaml(text))),
	);
	const dialect = ownDialect(value) ?? options.dialect();
	const lines = lazy(() => createLineIndex(text));
	return { document: { file, value, dialect, text, format, locator, lines }, faults: [] };
}

/** A name in a reference may be percent-encoded; the file is looked for as written first. */
function readNamed(file: string, cwd: string): ReadText {
	const result = readText(resolve(cwd, file), file);
	const decoded = decodePercent(file);
	if (result.kind === "text" || decoded === file || decoded.includes("\0")) return result;
	const second = readText(resolve(cwd, decoded), file);
	return second.kind === "text" ? second : result;
}

function limitFault(file: string, count: number, bytes: number): Problem | undefined {
	const place = { file };
	if (count >= FILE_COUNT_MAX)
		return { code: "too-many-files", message: `${file} is not read: ${FILE_COUNT_MAX} files are the limit`, place };
	if (bytes < TOTAL_BYTES_MAX) return undefined;
	const limit = `${TOTAL_BYTES_MAX / 1024 / 1024} MB`;
	return { code: "too-many-files", message: `${file} is not read: ${limit} together are the limit`, place };
}

function notFetched(url: string): Problem {
	return {
		code: "remote-reference",
		message: `${url} is not on this machine`,
		place: { file: url },
		hint: "allow it with --allow-remote, or keep a copy beside the document",
	};
}

/** OpenAPI documents say their version; other files follow the document that refers to them. */
export function ownDialect(value: unknown): Dialect | undefined {
	if (!isObject(value)) return undefined;
	if (value.swagger !== undefined) return "openapi-2.0";
	if (value.openapi === undefined) return undefined;
	return /^3\.0/.test(String(value.openapi)) ? "openapi-3.0" : "openapi-3.1";
}

import { isUtf8 } from "node:buffer";
import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Problem } from "../problem/problem.ts";
import { didYouMean } from "./did-you-mean.ts";
import { FILE_BYTES_MAX } from "./limit.ts";

export type ReadText =
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "problem"; readonly problem: Problem };

/**
 * Reads one file as UTF-8 text. Only regular files are read, so that a document cannot make us wait for a pipe or a
 * device, and only up to `FILE_BYTES_MAX`.
 *
 * @param path where the file is
 * @param file how the user named it, for the problem
 */
export function readText(path: string, file: string): ReadText {
	try {
		const fault = statFault(statSync(path), file);
		return fault === undefined ? decodeText(readFileSync(path), file) : { kind: "problem", problem: fault };
	} catch (error) {
		return { kind: "problem", problem: readFault(error, path, file) };
	}
}

function statFault(stats: Stats, file: string): Problem | undefined {
	const place = { file };
	if (stats.isDirectory())
		return {
			code: "document-unreadable",
			message: `${file} is a directory`,
			place,
			hint: "name the document inside it",
		};
	if (!stats.isFile()) return { code: "document-unreadable", message: `${file} is not a regular file`, place };
	if (stats.size > FILE_BYTES_MAX) return tooLarge(file, stats.size);
	return undefined;
}

/** A file (or an answer) over the limit, as a problem that names both numbers. */
export function tooLarge(file: string, bytes: number, bytesMax: number = FILE_BYTES_MAX): Problem {
	const size = `${Math.ceil(bytes / 1024 / 1024)} MB`;
	const limit = `${bytesMax / 1024 / 1024} MB`;
	return { code: "document-too-large", message: `${file} has ${size}; the limit is ${limit}`, place: { file } };
}

function readFault(error: unknown, path: string, file: string): Problem {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	if (code === "ENOENT" || code === "ENOTDIR") return notFound(path, file);
	const reason = code === "EACCES" ? "permission denied" : String(code ?? error);
	return { code: "document-unreadable", message: `${file} cannot be read: ${reason}`, place: { file } };
}

function notFound(path: string, file: string): Problem {
	const problem = { code: "document-not-found", message: `${file} does not exist`, place: { file } };
	const siblings = siblingsOf(path);
	if (siblings === undefined) return { ...problem, hint: `there is no directory ${dirname(file)}` };
	const meant = didYouMean(basename(path), siblings) ?? sameStem(basename(path), siblings);
	if (meant === undefined) return problem;
	const named = file.slice(0, file.length - basename(file).length) + meant;
	return { ...problem, hint: `did you mean "${named}"?` };
}

function siblingsOf(path: string): readonly string[] | undefined {
	try {
		return readdirSync(dirname(path)).filter((name) => /\.(ya?ml|json)$/i.test(name));
	} catch {
		return undefined;
	}
}

/** `openapi.json` was asked for and `openapi.yaml` is there. */
function sameStem(name: string, siblings: readonly string[]): string | undefined {
	const stem = (file: string) => file.replace(/\.[^.]*$/, "").toLowerCase();
	return siblings.find((sibling) => stem(sibling) === stem(name));
}

/**
 * Decodes UTF-8, with or without a byte order mark. Everything else is a problem that names what it is instead:
 * JSON and YAML both travel as UTF-8 (RFC 8259 section 8.1, RFC 9512 section 2.1).
 */
export function decodeText(bytes: Uint8Array, file: string): ReadText {
	const fault = encodingFault(bytes);
	if (fault !== undefined) {
		const problem = {
			code: "document-encoding",
			message: `${file} ${fault}`,
			place: { file },
			hint: "save it as UTF-8",
		};
		return { kind: "problem", problem };
	}
	const text = new TextDecoder("utf-8").decode(bytes);
	if (text.trim() !== "") return { kind: "text", text };
	return { kind: "problem", problem: { code: "document-empty", message: `${file} is empty`, place: { file } } };
}

function encodingFault(bytes: Uint8Array): string | undefined {
	const [first, second] = bytes;
	if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return "is written in UTF-16";
	const nul = bytes.indexOf(0);
	if (nul >= 0 && nul < 4) return "is written in UTF-16 or UTF-32";
	if (nul >= 0) return `holds a NUL byte in line ${lineAt(bytes, nul)}`;
	if (isUtf8(bytes)) return undefined;
	return `is not UTF-8 in line ${lineAt(bytes, firstInvalidByte(bytes))}`;
}

/** Halves the range until the first byte that no UTF-8 text has there is found. */
function firstInvalidByte(bytes: Uint8Array): number {
	let [valid, invalid] = [0, bytes.length];
	while (invalid - valid > 1) {
		const middle = (valid + invalid) >> 1;
		const decoder = new TextDecoder("utf-8", { fatal: true });
		try {
			// As a stream, a character that the cut goes through is no error.
			decoder.decode(bytes.subarray(0, middle), { stream: true });
			valid = middle;
		} catch {
			invalid = middle;
		}
	}
	return valid;
}

function lineAt(bytes: Uint8Array, end: number): number {
	let line = 1;
	for (let index = 0; index < end; index++) if (bytes[index] === 10) line++;
	return line;
}

import { readFile, stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { type Problem, UserError } from "../problem/problem.ts";
import type { Page, PageFormat } from "./block.ts";

/** Longer pages are no pages that anybody reads. */
const PAGE_BYTES_MAX = 10_000_000;

const FORMATS: Readonly<Record<string, PageFormat>> = {
	".md": "markdown",
	".mdx": "markdown",
	".markdown": "markdown",
	".html": "html",
	".htm": "html",
	".xhtml": "html",
};

/**
 * Loads pages: Markdown, HTML, or text that was copied from a page, told by the name of the file or by what it holds.
 *
 * @param names everything that the document gives a name to (`namesOf`)
 * @throws UserError with all pages that cannot be read
 * @example await loadPages(["docs/api.md"], { cwd: process.cwd(), names: namesOf(contract) })
 */
export async function loadPages(
	files: readonly string[],
	options: { readonly cwd: string; readonly names: ReadonlySet<string> },
): Promise<readonly Page[]> {
	const problems: Problem[] = [];
	const pages: Page[] = [];
	for (const file of files) {
		const text = await readText(file, options.cwd);
		if (typeof text === "string") pages.push(await parsePage(file, text, options.names));
		else problems.push(text);
	}
	if (problems.length > 0) throw new UserError(problems);
	return pages;
}

async function readText(file: string, cwd: string): Promise<string | Problem> {
	const place = { file };
	try {
		const { size } = await stat(resolve(cwd, file));
		if (size > PAGE_BYTES_MAX) {
			const message = `the page has ${size.toLocaleString("en")} bytes, and ${PAGE_BYTES_MAX.toLocaleString("en")} are read at most`;
			return { code: "page-too-large", message, place, hint: "split it" };
		}
		const bytes = await readFile(resolve(cwd, file));
		const isBinary = bytes.subarray(0, 1_000).includes(0);
		if (isBinary)
			return { code: "page-not-text", message: "the page is no text", place, hint: "give Markdown, HTML or text" };
		return bytes.toString("utf8");
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		return { code: "page-not-found", message: `cannot read the page: ${reason}`, place };
	}
}

/** Readers are loaded when a page needs them. */
export async function parsePage(file: string, text: string, names: ReadonlySet<string>): Promise<Page> {
	const format = FORMATS[extname(file).toLowerCase()] ?? formatOf(text);
	if (format === "markdown") {
		const { readMarkdown } = await import("./read/read-markdown.ts");
		return { file, format, blocks: readMarkdown(text) };
	}
	if (format === "html") {
		const { readHtml } = await import("./read/read-html.ts");
		return { file, format, blocks: readHtml(text) };
	}
	const { readPlain } = await import("./read/read-plain.ts");
	return { file, format, blocks: readPlain(text.replace(/^\uFEFF/, ""), names) };
}

const SNIFFED = 20_000;

function formatOf(text: string): PageFormat {
	const start = text.slice(0, SNIFFED);
	if (/^\s*(?:<!doctype html|<html|<\?xml|<body|<main|<article)/i.test(start)) return "html";
	const isMarkdown = /^#{1,6} \S/m.test(start) || /^(?:```|~~~)/m.test(start);
	return isMarkdown ? "markdown" : "text";
}

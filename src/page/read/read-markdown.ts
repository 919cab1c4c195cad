import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import type { Block, Line, Table } from "../block.ts";
import { readHtml } from "./read-html.ts";

type Root = ReturnType<typeof fromMarkdown>;
type Nodes = Root | Root["children"][number];
type MarkdownTable = Extract<Nodes, { readonly type: "table" }>;

/**
 * Reads Markdown (CommonMark with the tables of GitHub). HTML inside it is read as HTML, front matter is left out.
 *
 * @example readMarkdown("## GET /pets")[0] // { kind: "heading", level: 2, text: "GET /pets", line: 1 }
 */
export function readMarkdown(text: string): readonly Block[] {
	const source = withoutFrontMatter(text);
	const root: Root = fromMarkdown(source, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
	return blocksOf(root, source.split(/\r?\n/));
}

/** Its lines stay, empty, so that all others keep their numbers. */
function withoutFrontMatter(text: string): string {
	const matter = /^\uFEFF?(---|\+\+\+)[ \t]*\r?\n[\s\S]*?\r?\n\1[ \t]*(?=\r?\n|$)/.exec(text)?.[0];
	return matter === undefined ? text : matter.replace(/[^\n]/g, "") + text.slice(matter.length);
}

function blocksOf(node: Nodes, source: readonly string[]): readonly Block[] {
	const line = node.position?.start.line ?? 1;
	switch (node.type) {
		case "heading":
			return [{ kind: "heading", level: node.depth, text: cleanText(plainOf(node)), line }];
		case "paragraph":
			return [{ kind: "paragraph", lines: linesOf(node, source) }];
		case "code":
			return [{ kind: "code", language: (node.lang ?? "").toLowerCase(), lines: codeLines(node, source) }];
		case "table":
			return [tableOf(node)];
		case "html":
			return readHtml(node.value, line);
		default:
			return "children" in node ? node.children.flatMap((child) => blocksOf(child, source)) : [];
	}
}

/** The lines of the source themselves, without their markup: so each keeps its number. */
function linesOf(node: Nodes, source: readonly string[]): readonly Line[] {
	const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
	return source.slice(start.line - 1, end.line).map((text, index) => ({
		text: cleanText(index === 0 ? text.slice(start.column - 1) : text),
		line: start.line + index,
	}));
}

/** Takes away what only marks text up: code spans, emphasis, links, escapes, tags. */
function cleanText(text: string): string {
	return text
		.replaceAll(/^[>\s]+/g, "")
		.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
		.replaceAll(/<\/?[a-z][^>]*>/gi, (tag) => (/[_-]|^<[a-z]+id>$/i.test(tag) && !tag.includes("=") ? tag : " "))
		.replaceAll(/(\*\*|__|`+)/g, "")
		.replaceAll(/\\([\\`*_{}[\]()#+\-.!|<>])/g, "$1")
		.trim();
}

function codeLines(node: Nodes & { readonly type: "code" }, source: readonly string[]): readonly Line[] {
	const start = node.position?.start.line ?? 1;
	// A fence takes a line of its own; code that is only indented has none.
	const first = /^[\s>*+\d.-]*(?:`{3}|~{3})/.test(source[start - 1] ?? "") ? start + 1 : start;
	return node.value.split("\n").map((text, index) => ({ text, line: first + index }));
}

function tableOf(node: MarkdownTable): Table {
	const rows = node.children.map((row) => ({
		cells: row.children.map((cell) => plainOf(cell).replaceAll(/\s+/g, " ").trim()),
		line: row.position?.start.line ?? 1,
	}));
	const [head, ...body] = rows;
	return { kind: "table", columns: head?.cells ?? [], rows: body, line: head?.line ?? 1 };
}

function plainOf(node: Nodes): string {
	if (node.type === "html") return /^<br/i.test(node.value) ? " " : "";
	if ("value" in node) return node.value;
	return "children" in node ? node.children.map(plainOf).join("") : "";
}

import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Block, Line, TableRow } from "../block.ts";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/**
 * Reads HTML, also a broken or a partial one, as a browser would (the parsing of the HTML Standard). What is no text
 * of the page (scripts, styles, navigation, buttons) is left out.
 *
 * @param firstLine the number of the text's first line, for HTML inside another page
 * @example readHtml("<h2>GET /pets</h2>") // [{ kind: "heading", level: 2, text: "GET /pets", line: 1 }]
 */
export function readHtml(text: string, firstLine = 1): readonly Block[] {
	const blocks: Block[] = [];
	const collector = createCollector(blocks, firstLine - 1);
	walk(parse(text, { sourceCodeLocationInfo: true }), collector, 0);
	collector.flush();
	return blocks;
}

const LEFT_OUT: ReadonlySet<string> = new Set(
	"head script style nav template svg noscript button select iframe object footer".split(" "),
);
/** What stands inside a line and does not end it. */
const INLINE: ReadonlySet<string> = new Set(
	"a abbr b bdi bdo cite code data del dfn em font i img ins kbd label mark q s samp small span strong sub sup time tt u var wbr".split(
		" ",
	),
);
/** Deeper pages are no pages; what is below is left out. */
const DEPTH_MAX = 400;

interface Collector {
	readonly blocks: Block[];
	/** Lines before the text begins. */
	readonly offset: number;
	/** Takes in text of the current paragraph. */
	add(text: string, line: number): void;
	/** Ends the current paragraph. */
	flush(): void;
}

function createCollector(blocks: Block[], offset: number): Collector {
	let open = new Map<number, string>();
	return {
		blocks,
		offset,
		add: (text, line) => {
			for (const [index, part] of text.split("\n").entries()) {
				open.set(line + index, (open.get(line + index) ?? "") + part);
			}
		},
		flush: () => {
			const lines = [...open].map(([line, text]) => ({ text: text.replaceAll(/\s+/g, " ").trim(), line }));
			const filled = lines.filter(({ text }) => text !== "");
			open = new Map();
			if (filled.length > 0) blocks.push({ kind: "paragraph", lines: filled });
		},
	};
}

function walk(node: Node, collector: Collector, depth: number): void {
	if (depth > DEPTH_MAX) return;
	if (node.nodeName === "#text" && "value" in node) {
		collector.add(node.value, lineOf(node, collector));
		return;
	}
	if (!("childNodes" in node)) return;
	const name = node.nodeName;
	if (LEFT_OUT.has(name)) return;
	if (INLINE.has(name)) {
		for (const child of node.childNodes) walk(child, collector, depth + 1);
		return;
	}
	collector.flush();
	const block = "tagName" in node ? blockOf(node, collector) : undefined;
	if (block !== undefined) collector.blocks.push(block);
	for (const child of insideOf(node, block)) walk(child, collector, depth + 1);
	collector.flush();
}

/** What still has to be read of an element: of a title that was never closed, the blocks that slipped into it. */
function insideOf(node: Node & { readonly childNodes: readonly Node[] }, block: Block | undefined): readonly Node[] {
	if (block === undefined) return node.childNodes;
	return block.kind === "heading" ? node.childNodes.slice(titleEnd(node)) : [];
}

/** Where the text of a title ends. */
function titleEnd({ childNodes }: { readonly childNodes: readonly Node[] }): number {
	const at = childNodes.findIndex(
		(child) => "tagName" in child && !INLINE.has(child.tagName) && child.tagName !== "br",
	);
	return at === -1 ? childNodes.length : at;
}

function blockOf(element: Element, collector: Collector): Block | undefined {
	const level = /^h([1-6])$/.exec(element.tagName)?.[1];
	const line = lineOf(element, collector);
	if (level !== undefined) {
		const title = element.childNodes.slice(0, titleEnd(element)).map((child) => rawText(child, 0));
		return { kind: "heading", level: Number(level), text: title.join("").replaceAll(/\s+/g, " ").trim(), line };
	}
	if (element.tagName === "pre")
		return { kind: "code", language: languageOf(element), lines: codeLines(element, line) };
	if (element.tagName !== "table") return undefined;
	const [head, ...rows] = rowsOf(element, collector);
	if (head === undefined) return undefined;
	return { kind: "table", columns: head.cells, rows, line: head.line };
}

function lineOf(node: Node, { offset }: { readonly offset: number }): number {
	const location = "sourceCodeLocation" in node ? node.sourceCodeLocation : undefined;
	return (location?.startLine ?? 1) + offset;
}

function elementsIn(node: Node): readonly Element[] {
	return "childNodes" in node ? node.childNodes.filter((child): child is Element => "tagName" in child) : [];
}

function flatText(node: Node): string {
	return rawText(node, 0).replaceAll(/\s+/g, " ").trim();
}

function rawText(node: Node, depth: number): string {
	if (depth > DEPTH_MAX) return "";
	if (node.nodeName === "#text" && "value" in node) return node.value;
	if (!("childNodes" in node) || LEFT_OUT.has(node.nodeName)) return "";
	const text = node.childNodes.map((child) => rawText(child, depth + 1)).join("");
	return INLINE.has(node.nodeName) ? text : `${text}${node.nodeName === "br" ? "\n" : " "}`;
}

function languageOf(element: Element): string {
	const holders = [element, ...elementsIn(element).filter(({ tagName }) => tagName === "code")];
	const attributes = holders.flatMap(({ attrs }) => attrs);
	const named = attributes.find(({ name }) => name === "data-lang" || name === "data-language")?.value;
	const classes = attributes.filter(({ name }) => name === "class").map(({ value }) => value);
	return (named ?? /(?:^|\s)lang(?:uage)?-([\w+-]+)/.exec(classes.join(" "))?.[1] ?? "").toLowerCase();
}

/** Highlighters put each line into an element of its own, with or without a line break between them. */
function codeLines(element: Element, firstLine: number): readonly Line[] {
	const lines: Line[] = [];
	const shift = firstLine - (element.sourceCodeLocation?.startLine ?? 1);
	for (const child of element.childNodes) visitCode(child, { lines, shift }, 0);
	while (lines.at(-1)?.text.trim() === "") lines.pop();
	return lines;
}

interface CodeLines {
	readonly lines: Line[];
	readonly shift: number;
}

function visitCode(node: Node, code: CodeLines, depth: number): void {
	if (depth > DEPTH_MAX || LEFT_OUT.has(node.nodeName)) return;
	const at = lineOf(node, { offset: code.shift });
	if (node.nodeName === "#text" && "value" in node) addText(code.lines, node.value, at);
	if (node.nodeName === "br") code.lines.push({ text: "", line: at });
	if (!("childNodes" in node)) return;
	const isLine = !INLINE.has(node.nodeName);
	if (isLine && code.lines.at(-1)?.text !== "") code.lines.push({ text: "", line: at });
	for (const child of node.childNodes) visitCode(child, code, depth + 1);
	if (isLine) code.lines.push({ text: "", line: at });
}

function addText(lines: Line[], text: string, at: number): void {
	for (const [index, part] of text.split("\n").entries()) {
		const last = lines.at(-1);
		if (index === 0 && last !== undefined)
			lines[lines.length - 1] = { text: last.text + part, line: last.text === "" ? at : last.line };
		else lines.push({ text: part, line: at + index });
	}
}

const SPAN_MAX = 50;

function rowsOf(table: Element, collector: Collector): readonly TableRow[] {
	const rows = elementsIn(table).flatMap((part) => (part.tagName === "tr" ? [part] : rowElements(part)));
	const hanging = new Map<number, { text: string; left: number }>();
	return rows.map((row) => {
		const cells: string[] = [];
		const fill = (): void => {
			for (
				let above = hanging.get(cells.length);
				above !== undefined && above.left > 0;
				above = hanging.get(cells.length)
			) {
				above.left--;
				cells.push(above.text);
			}
		};
		for (const cell of elementsIn(row).filter(({ tagName }) => tagName === "td" || tagName === "th")) {
			fill();
			const text = flatText(cell);
			const below = spanOf(cell, "rowspan") - 1;
			if (below > 0) hanging.set(cells.length, { text, left: below });
			for (let count = spanOf(cell, "colspan"); count > 0; count--) cells.push(text);
		}
		fill();
		return { cells, line: lineOf(row, collector) };
	});
}

function rowElements(part: Element): readonly Element[] {
	return ["thead", "tbody", "tfoot"].includes(part.tagName)
		? elementsIn(part).filter(({ tagName }) => tagName === "tr")
		: [];
}

function spanOf(cell: Element, name: string): number {
	const span = Number(cell.attrs.find((attribute) => attribute.name === name)?.value ?? "1");
	return Number.isInteger(span) && span > 0 ? Math.min(span, SPAN_MAX) : 1;
}

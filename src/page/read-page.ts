import { type Block, type Code, type Heading, type Page, type Paragraph, passageOf, type Table } from "./block.ts";
import { roleOf } from "./column.ts";
import { parseExample } from "./example.ts";
import { parseLabel, parseLead } from "./label.ts";
import { endpointLine, findMentions, findWildcards, wholeMention } from "./mention.ts";
import type {
	EndpointName,
	NamedEndpoint,
	NamedExample,
	NamedSentence,
	NamedStatus,
	NamedTable,
	Reading,
} from "./reading.ts";
import { createScopes, type Scopes } from "./scope.ts";
import { findStatuses, sentencesWithPlace } from "./sentence.ts";
import { parseCurl } from "./snippet/parse-curl.ts";
import { parseFetch } from "./snippet/parse-fetch.ts";
import { parseHttp } from "./snippet/parse-http.ts";
import type { Snippet } from "./snippet/snippet.ts";

interface Notes {
	readonly endpoints: NamedEndpoint[];
	readonly tables: NamedTable[];
	readonly examples: NamedExample[];
	readonly snippets: Snippet[];
	readonly statuses: NamedStatus[];
	readonly sentences: NamedSentence[];
	readonly outside: string[];
	readonly bases: string[];
	readonly scopes: Scopes;
}

/**
 * Reads what a page says: the endpoints that it names, its tables, examples, snippets and sentences, each with the
 * endpoint that the part of the page is about, as far as its titles tell.
 */
export function readPage(page: Page): Reading {
	const notes: Notes = {
		endpoints: [],
		tables: [],
		examples: [],
		snippets: [],
		statuses: [],
		sentences: [],
		outside: [],
		bases: [],
		scopes: createScopes(),
	};
	for (const block of page.blocks) readBlock(block, notes);
	const { scopes: _, ...said } = notes;
	return { file: page.file, format: page.format, ...said };
}

function readBlock(block: Block, notes: Notes): void {
	if (block.kind === "heading") readHeading(block, notes);
	else if (block.kind === "paragraph") readParagraph(block, notes);
	else if (block.kind === "table") readTable(block, notes);
	else readCode(block, notes);
}

function readHeading({ text, level, line }: Heading, notes: Notes): void {
	const mention = endpointLine(text) ?? wholeMention(text);
	const label = mention === undefined ? parseLabel(text) : undefined;
	const endpoint = mention === undefined ? undefined : nameOf(mention, line);
	notes.scopes.enter({ level, title: text, endpoint, label });
	if (endpoint !== undefined) notes.endpoints.push({ ...endpoint, where: "title" });
	noteLabel(notes, text, line);
}

function nameOf(
	{ method, path }: { readonly method?: string; readonly path: EndpointName["path"] },
	line: number,
): EndpointName {
	return { ...(method === undefined ? {} : { method }), path, line };
}

function noteLabel(notes: Notes, quote: string, line: number): void {
	const scope = notes.scopes.current();
	const { status } = scope.label;
	if (status === undefined || !quote.toUpperCase().includes(status) || scope.endpoint === undefined) return;
	notes.statuses.push({ status, line, scope, where: "label", quote });
}

const OUTSIDE =
	/\b(?:not (?:part of|covered|included|documented|described|in scope)|out[- ]of[- ]scope|outside (?:the|this|of)|documented (?:elsewhere|separately)|separate(?:ly)? (?:api|reference|page|docs?|documentation)|internal only)\b/i;

function readParagraph({ lines }: Paragraph, notes: Notes): void {
	const [first] = lines;
	if (first === undefined) return;
	const passage = passageOf(lines, " ");
	const own = lines.length === 1 ? endpointLine(first.text) : undefined;
	if (own !== undefined) {
		const endpoint = nameOf(own, first.line);
		notes.scopes.enterText(endpoint);
		notes.endpoints.push({ ...endpoint, where: "title" });
		return;
	}
	const label = lines.length === 1 ? (parseLabel(first.text) ?? parseLead(first.text)) : parseLead(passage.text);
	if (label !== undefined) {
		notes.scopes.relabel(label);
		noteLabel(notes, passage.text, lines.at(-1)?.line ?? first.line);
	}
	readSentences(passage, notes);
	const base = /\bbase (?:url|path)\b[^/]*?((?:https?:\/)?\/\S+)/i.exec(passage.text)?.[1];
	if (base !== undefined) notes.bases.push(base.replace(/[.,;)]+$/, ""));
}

function readSentences(passage: ReturnType<typeof passageOf>, notes: Notes): void {
	const scope = notes.scopes.current();
	for (const { text, line } of sentencesWithPlace(passage)) {
		const wildcards = findWildcards(text);
		const mentions = findMentions(text);
		if (OUTSIDE.test(text) && !/\bnot part of the (?:consumer|public|stable)\b/i.test(text))
			notes.outside.push(...wildcards, ...mentions.map(({ path }) => path.path));
		for (const mention of mentions) {
			const at = passage.lineAt(passage.text.indexOf(text) + mention.start);
			notes.endpoints.push({ ...nameOf(mention, at), where: "text", sentence: text });
		}
		const statuses = mentions.length > 1 ? [] : findStatuses(text);
		for (const status of statuses) notes.statuses.push({ status, line, scope, where: "sentence", quote: text });
		if (scope.endpoint !== undefined) notes.sentences.push({ text, line, endpoint: scope.endpoint });
	}
}

function readTable(table: Table, notes: Notes): void {
	const scope = notes.scopes.current();
	const roles = table.columns.map(roleOf);
	const [method, path, status] = (["method", "path", "status"] as const).map((role) => roles.indexOf(role));
	const isListing =
		path !== -1 && table.rows.some(({ cells }) => cells.some((cell) => wholeMention(cell) !== undefined));
	if (isListing) {
		readListing(table, { method: method ?? -1, path: path ?? -1 }, notes);
		return;
	}
	const areStatuses =
		status !== undefined && status !== -1 && table.rows.every(({ cells }) => statusesIn(cells[status]).length > 0);
	if (areStatuses && table.rows.length > 0) {
		for (const { cells, line } of table.rows)
			for (const one of statusesIn(cells[status]))
				notes.statuses.push({ status: one, line, scope, where: "table", quote: cells.join(" · ") });
		return;
	}
	notes.tables.push({ table, scope });
}

/** `404`, `401 / 403`, `4xx`, `404 Not Found`. */
function statusesIn(cell: string | undefined): readonly string[] {
	const text = cell ?? "";
	if (!/^`?[1-5](?:\d\d|xx)\b/i.test(text.trim())) return [];
	return [...text.matchAll(/\b[1-5](?:\d\d|xx)\b/gi)].map(([status]) => status.toUpperCase());
}

/** A table of endpoints; what it says of each is a sentence about it. */
function readListing(table: Table, at: { readonly method: number; readonly path: number }, notes: Notes): void {
	for (const { cells, line } of table.rows) {
		const named =
			wholeMention(cells[at.path] ?? "") ?? cells.map((cell) => wholeMention(cell)).find((one) => one !== undefined);
		if (named === undefined || findWildcards(named.path.raw).length > 0) continue;
		const method = named.method ?? /^`?([A-Z]{3,7})`?$/.exec((cells[at.method] ?? "").trim())?.[1];
		const endpoint = nameOf({ path: named.path, ...(method === undefined ? {} : { method }) }, line);
		notes.endpoints.push({ ...endpoint, where: "table" });
		const words = cells.filter(
			(cell, index) => index !== at.path && index !== at.method && wholeMention(cell) === undefined,
		);
		for (const text of words) if (text !== "") notes.sentences.push({ text, line, endpoint });
	}
}

function readCode(code: Code, notes: Notes): void {
	const passage = passageOf(code.lines);
	const snippets = snippetsIn(code, passage);
	for (const snippet of snippets.requests) {
		notes.snippets.push(snippet);
		const { method, path, line } = snippet;
		notes.endpoints.push({ method, path, line, where: "snippet" });
		notes.scopes.showRequest({ method, path, line });
	}
	const scope = notes.scopes.current();
	for (const { status, example, line } of snippets.answers) {
		const answered = { ...scope, label: { direction: "response" as const, status } };
		if (scope.endpoint !== undefined)
			notes.statuses.push({ status, line, scope: answered, where: "label", quote: status });
		if (example !== undefined) notes.examples.push({ example, scope: answered, line });
	}
	if (snippets.requests.length > 0 || snippets.answers.length > 0) return;
	const lone = code.lines.filter(({ text }) => text.trim() !== "");
	const own = lone.length === 1 ? endpointLine(lone[0]?.text ?? "") : undefined;
	if (own !== undefined) {
		const endpoint = nameOf(own, lone[0]?.line ?? 1);
		notes.scopes.enterText(endpoint);
		notes.endpoints.push({ ...endpoint, where: "title" });
		return;
	}
	const example = parseExample(passage);
	if (example !== undefined) notes.examples.push({ example, scope, line: code.lines[0]?.line ?? 1 });
}

function snippetsIn(code: Code, passage: ReturnType<typeof passageOf>): ReturnType<typeof parseHttp> {
	const none = { requests: [], answers: [] };
	if (/(?<![\w.-])curl\s/.test(passage.text)) return { ...none, requests: parseCurl(passage) };
	if (/\bfetch\(/.test(passage.text)) return { ...none, requests: parseFetch(passage) };
	const isHttp =
		code.language === "http" || /^\s*(?:[A-Z]{3,7} \S+ HTTP\/[\d.]+|HTTP\/[\d.]+ \d{3})/m.test(passage.text);
	return isHttp ? parseHttp(code.lines) : none;
}

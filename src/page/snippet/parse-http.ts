import type { Line } from "../block.ts";
import { passageOf } from "../block.ts";
import { type Example, parseExample } from "../example.ts";
import { parsePagePath } from "../page-path.ts";
import type { Snippet, SnippetAnswer, SnippetHeader } from "./snippet.ts";

const REQUEST_LINE = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|QUERY)\s+(\S+)(?:\s+HTTP\/[\d.]+)?\s*$/;
const STATUS_LINE = /^HTTP\/[\d.]+\s+([1-5]\d\d)\b/;
const HEADER = /^([!#$%&'*+.^_`|~\w-]+):\s?(.*)$/;

/** What raw HTTP (RFC 9112) in a snippet holds. */
export interface HttpMessages {
	readonly requests: readonly Snippet[];
	readonly answers: readonly SnippetAnswer[];
}

/**
 * Reads requests and answers as they go over the wire: a first line, headers, an empty line, a body.
 *
 * @example parseHttp([{ text: "GET /pets HTTP/1.1", line: 1 }]).requests[0]?.method // "GET"
 */
export function parseHttp(lines: readonly Line[]): HttpMessages {
	const starts = lines.flatMap(({ text }, index) =>
		REQUEST_LINE.test(text.trim()) || STATUS_LINE.test(text.trim()) ? [index] : [],
	);
	const messages = starts.map((start, index) => lines.slice(start, starts[index + 1] ?? lines.length));
	return {
		requests: messages.flatMap((message) => requestOf(message) ?? []),
		answers: messages.flatMap((message) => answerOf(message) ?? []),
	};
}

function answerOf([first, ...rest]: readonly Line[]): SnippetAnswer | undefined {
	const status = STATUS_LINE.exec(first?.text.trim() ?? "")?.[1];
	if (first === undefined || status === undefined) return undefined;
	const { example } = partsOf(rest);
	return { status, line: first.line, ...(example === undefined ? {} : { example }) };
}

/** What the transport adds by itself. */
const TRANSPORT = /^(?:host|connection|content-length|accept-encoding|user-agent)$/i;

function requestOf([first, ...rest]: readonly Line[]): Snippet | undefined {
	const [, method, target] = REQUEST_LINE.exec(first?.text.trim() ?? "") ?? [];
	if (first === undefined || method === undefined || target === undefined) return undefined;
	const { headers, example, bodyLine } = partsOf(rest);
	const body = bodyLine === undefined ? undefined : { line: bodyLine, ...(example === undefined ? {} : { example }) };
	return {
		source: "http",
		method,
		path: parsePagePath(target.startsWith("/") ? `${hostOf(headers)}${target}` : target),
		headers: headers.filter(({ name }) => !TRANSPORT.test(name)),
		...(body === undefined ? {} : { body }),
		line: first.line,
	};
}

/** A host that only stands for one tells nothing. */
function hostOf(headers: readonly SnippetHeader[]): string {
	const host = headers.find(({ name }) => name.toLowerCase() === "host")?.value ?? "";
	return /^[\w.-]+(?::\d+)?$/.test(host) ? `https://${host}` : "";
}

interface Parts {
	readonly headers: readonly SnippetHeader[];
	readonly example?: Example;
	readonly bodyLine?: number;
}

function partsOf(lines: readonly Line[]): Parts {
	const headers: SnippetHeader[] = [];
	let at = 0;
	for (; at < lines.length; at++) {
		const { text, line } = lines[at] as Line;
		const header = HEADER.exec(text.trim());
		if (header === null) break;
		headers.push({ name: header[1] as string, value: (header[2] as string).trim(), line });
	}
	const body = lines.slice(at).filter(({ text }, index) => index > 0 || text.trim() !== "");
	const bodyLine = body.find(({ text }) => text.trim() !== "")?.line;
	if (bodyLine === undefined) return { headers };
	const example = parseExample(passageOf(body));
	return { headers, bodyLine, ...(example === undefined ? {} : { example }) };
}

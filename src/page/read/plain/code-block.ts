import type { Code, Line } from "../../block.ts";

/** How many lines one piece of code may have before it is taken for something else. */
const LINES_MAX = 2_000;

/**
 * The code that begins at a line, when one does: JSON, a shell command, a call of `fetch`, a raw HTTP request. Text
 * that is copied from a page has lost the fences, so that code ends where its brackets and quotes do.
 *
 * @example codeAt(["curl https://a.example \\", "  -H 'A: b'", "More."].map((text, i) => ({ text, line: i + 1 })), 0)?.lines.length // 2
 */
export function codeAt(lines: readonly Line[], start: number): Code | undefined {
	const first = lines[start]?.text.trim() ?? "";
	if (/^(?:\$\s+)?curl\s/.test(first)) return take("sh", lines, start, shellEnd(lines, start));
	if (/^[{[]\s*(?:$|["{[/}\]\d-])/.test(first)) return take("json", lines, start, bracketEnd(lines, start));
	if (/\bfetch\(/.test(first) && /^(?:const|let|var|await|return|fetch|\/\/|[\w.]+\s*=)/.test(first))
		return take("js", lines, start, bracketEnd(lines, start));
	if (/^\/\/ /.test(first) && /\bfetch\(/.test(lines[start + 1]?.text ?? ""))
		return take("js", lines, start, bracketEnd(lines, start + 1));
	if (/^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \S+ HTTP\/[\d.]+$/.test(first))
		return take("http", lines, start, messageEnd(lines, start));
	return undefined;
}

function take(language: string, lines: readonly Line[], start: number, end: number | undefined): Code | undefined {
	return end === undefined ? undefined : { kind: "code", language, lines: lines.slice(start, end + 1) };
}

/** A command goes on after a backslash, and while a quote is open. */
function shellEnd(lines: readonly Line[], start: number): number {
	let open = "";
	for (let index = start; index < Math.min(lines.length, start + LINES_MAX); index++) {
		const text = lines[index]?.text ?? "";
		open = openQuote(open, text);
		if (open === "" && !/\\\s*$/.test(text)) return index;
	}
	// A quote that is never closed was an apostrophe: the command is its first line.
	return start;
}

/** The quote that is still open at the end of a line. Nothing is escaped between single quotes. */
function openQuote(before: string, text: string): string {
	let open = before;
	for (const [sign] of text.matchAll(/\\.|["']/g)) {
		if (sign === open) open = "";
		else if (open === "" && sign.length === 1) open = sign;
		else if (open === "'" && sign.endsWith("'")) open = "";
	}
	return open;
}

/** Texts and comments: brackets in them do not count. */
const BESIDE = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|(?<!:)\/\/.*$/g;

/** The line on which every bracket is closed that was opened. */
function bracketEnd(lines: readonly Line[], start: number): number | undefined {
	let depth = 0;
	let opened = false;
	for (let index = start; index < Math.min(lines.length, start + LINES_MAX); index++) {
		const bare = (lines[index]?.text ?? "").replaceAll(BESIDE, "");
		const opening = bare.match(/[([{]/g)?.length ?? 0;
		depth += opening - (bare.match(/[)\]}]/g)?.length ?? 0);
		opened ||= opening > 0;
		if (opened && depth <= 0) return depth < 0 ? undefined : index;
	}
	return undefined;
}

/** Headers follow the request line; a body follows after an empty line, when it is JSON. */
function messageEnd(lines: readonly Line[], start: number): number {
	let end = start;
	while (/^[A-Za-z][\w-]*:\s?\S/.test(lines[end + 1]?.text.trim() ?? "")) end++;
	const blank = lines[end + 1]?.text.trim() === "";
	if (!blank || !/^[{[]/.test(lines[end + 2]?.text.trim() ?? "")) return end;
	return bracketEnd(lines, end + 2) ?? end;
}

import { type PagePath, parsePagePath } from "./page-path.ts";

/** An endpoint as a page names it. */
export interface Mention {
	/** Upper case; undefined when only the path is named. */
	readonly method?: string;
	readonly path: PagePath;
	/** Where in the text it begins and ends. */
	readonly start: number;
	readonly end: number;
}

const METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|QUERY";
/** The signs of a path, with its places for parameters and its query. */
const PATH =
	String.raw`(?:https?:\/\/[^\s\/"'<>` +
	"`" +
	String.raw`]+)?\/(?:[A-Za-z0-9_~.:%{}$*@!+&=?;,#\/…-]|\[[\w-]*\]|<[\w -]+>|\('[^'()\s]*'\))*`;
// A title may stand before it without a space: `List numbersGET /apps/{id}`.
const METHOD_PATH = new RegExp(`(?<![A-Z])(${METHODS})[\\s:\`*]{1,4}(${PATH})`, "g");
const MENTIONS_MAX = 500;

/**
 * The endpoints that a text names with their method.
 *
 * @example findMentions("see GET /pets/{id}.")[0]?.path.path // "/pets/{id}"
 */
export function findMentions(text: string): readonly Mention[] {
	const found: Mention[] = [];
	for (const match of text.matchAll(METHOD_PATH)) {
		if (found.length >= MENTIONS_MAX) break;
		const [whole, method = "", raw = ""] = match;
		const path = parsePagePath(raw);
		const end = match.index + whole.length - (raw.length - path.raw.length);
		found.push({ method, path, start: match.index, end });
	}
	return found;
}

const TITLE_WORDS_MAX = 8;
const LINE_LENGTH_MAX = 300;

/**
 * The one endpoint that a line is about: a title may stand beside it, a sentence may not.
 *
 * @example endpointLine("Replace the listPUT /apps/{id}/numbers")?.method // "PUT"
 */
export function endpointLine(line: string): Mention | undefined {
	if (line.length > LINE_LENGTH_MAX || !/[A-Z]/.test(line)) return undefined;
	const [mention = gluedMention(line), other] = findMentions(line);
	if (mention === undefined || other !== undefined) return undefined;
	const before = line.slice(0, mention.start).trim();
	const after = line
		.slice(mention.end)
		.replace(/^[`*]+/, "")
		.trim();
	if (/[.,;!?|\t]/.test(before) || wordCount(before) > TITLE_WORDS_MAX) return undefined;
	// What only refers to it: `See GET /pets`.
	if (/\b(?:see|use|call|calling|via|with|by|in|from|to|of|the|and|or|also)$/i.test(before)) return undefined;
	const isTail =
		after === "" ||
		(/^(?:[—–:(-]|HTTP\/)/.test(after) &&
			!/[.,;!?]$/.test(after) &&
			!/[.;|]\s/.test(after) &&
			wordCount(after) <= TITLE_WORDS_MAX);
	return isTail ? mention : undefined;
}

/** A title that ends in capital letters, and the method right behind it: `Remove a user IDDELETE /users/{id}`. */
function gluedMention(line: string): Mention | undefined {
	const glued = new RegExp(`[ a-z][A-Z]{1,5}(?=(?:${METHODS}) /)`).exec(line);
	if (glued === null) return undefined;
	const at = glued.index + glued[0].length;
	const [mention] = findMentions(line.slice(at));
	return mention?.start === 0 ? { ...mention, start: at, end: mention.end + at } : undefined;
}

function wordCount(text: string): number {
	return text === "" ? 0 : text.split(/\s+/).length;
}

/** A text that is a path and nothing else, with or without its method: a cell of a table, a title. */
export function wholeMention(text: string): Mention | undefined {
	const trimmed = text.trim().replaceAll(/^`|`$/g, "");
	const match = new RegExp(`^(?:(${METHODS})[\\s:]+)?(${PATH})$`).exec(trimmed);
	if (match === null) return undefined;
	const [, method, raw = ""] = match;
	const path = parsePagePath(raw);
	return { ...(method === undefined ? {} : { method }), path, start: 0, end: text.length };
}

/** Paths that end with a star stand for all below them. */
export function findWildcards(text: string): readonly string[] {
	return [...text.matchAll(/(?<![\w/])\/[\w./{}-]*\*+/g)].slice(0, MENTIONS_MAX).map(([path]) => path);
}

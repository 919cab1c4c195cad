import { parse } from "shell-quote";
import type { Passage } from "../block.ts";
import { parseExample } from "../example.ts";
import { parsePagePath } from "../page-path.ts";
import type { Snippet, SnippetBody, SnippetHeader } from "./snippet.ts";

/** Flags of curl that take a value and do not matter here. */
const OTHER_VALUES: ReadonlySet<string> = new Set(
	"-o --output -w --write-out -m --max-time --connect-timeout -x --proxy --cacert --cert --key -E -e --referer --retry -c --cookie-jar -r --range -T --upload-file --resolve -K --config".split(
		" ",
	),
);
const COMMANDS_MAX = 50;

/**
 * The requests of all `curl` commands in a shell snippet. Variables stay as placeholders; what a pipe does with the
 * answer is no part of it.
 *
 * @example parseCurl(passageOf([{ text: "curl -X DELETE https://a.example/pets/1", line: 1 }]))[0]?.method // "DELETE"
 */
export function parseCurl(passage: Passage): readonly Snippet[] {
	const starts = [...passage.text.matchAll(/(?<![\w.-])curl\s/g)].map(({ index }) => index).slice(0, COMMANDS_MAX);
	return starts.flatMap((start, index) => parseCommand(passage, start, starts[index + 1] ?? passage.text.length) ?? []);
}

function parseCommand(passage: Passage, start: number, end: number): Snippet | undefined {
	const text = passage.text.slice(start, end);
	const words = wordsOf(text);
	if (words === undefined) return undefined;
	const lineOf = (word: string): number => {
		// A variable stands there without the braces that it has got meanwhile.
		const at = text.indexOf(/^[^\n$]*/.exec(word)?.[0] ?? word);
		return passage.lineAt(start + Math.max(at, 0));
	};
	const read = readWords(words.slice(1), lineOf);
	if (read.url === undefined) return undefined;
	const body = bodyOf(read.data, { passage, start, text });
	const implied = read.isHead ? "HEAD" : body === undefined || read.isGet ? "GET" : "POST";
	const path = parsePagePath(
		read.isGet && read.data.length > 0
			? `${read.url}${read.url.includes("?") ? "&" : "?"}${read.data.join("&")}`
			: read.url,
	);
	return {
		source: "curl",
		method: (read.method ?? implied).toUpperCase(),
		path: path.host === undefined && !path.raw.startsWith("/") ? parsePagePath(`https://${read.url}`) : path,
		headers: read.headers,
		...(body === undefined || read.isGet ? {} : { body }),
		line: passage.lineAt(start),
	};
}

/** The words of the command, up to a pipe, a redirection or the next command. */
function wordsOf(text: string): readonly string[] | undefined {
	try {
		const words: string[] = [];
		const joined = text.replaceAll(/\\\r?\n/g, " ");
		for (const entry of parse(joined, (name) => `\${${name}}`)) {
			if (typeof entry === "string") words.push(entry);
			else if ("pattern" in entry) words.push(entry.pattern);
			else if ("op" in entry && entry.op === "&") continue;
			else break;
		}
		return words.filter((word, index) => word !== "" || index > 0);
	} catch {
		// The parser refuses what no shell takes either.
		return undefined;
	}
}

interface ReadWords {
	url?: string;
	method?: string;
	readonly headers: SnippetHeader[];
	readonly data: string[];
	isGet: boolean;
	isHead: boolean;
}

type Take = (read: ReadWords, value: string, line: number) => void;

const takeHeader: Take = (read, value, line) => {
	const colon = value.indexOf(":");
	if (colon > 0) read.headers.push({ name: value.slice(0, colon).trim(), value: value.slice(colon + 1).trim(), line });
};
const takeData: Take = (read, value) => void read.data.push(value);
const takeJson: Take = (read, value, line) => {
	read.data.push(value);
	read.headers.push({ name: "Content-Type", value: "application/json", line });
};
const takeMethod: Take = (read, value) => {
	read.method = value;
};
const takeUrl: Take = (read, value) => {
	read.url ??= value;
};
const takeUser: Take = (read, _, line) => void read.headers.push({ name: "Authorization", value: "Basic …", line });
const takeForm: Take = (read, _, line) => {
	read.data.push("…");
	read.headers.push({ name: "Content-Type", value: "multipart/form-data", line });
};
const takeCookie: Take = (read, value, line) => void read.headers.push({ name: "Cookie", value, line });

function takeNothing(): void {}

const TAKES: Readonly<Record<string, Take>> = {
	"-H": takeHeader,
	"--header": takeHeader,
	"-d": takeData,
	"--data": takeData,
	"--data-raw": takeData,
	"--data-binary": takeData,
	"--data-ascii": takeData,
	"--data-urlencode": takeData,
	"--json": takeJson,
	"-X": takeMethod,
	"--request": takeMethod,
	"--url": takeUrl,
	"-u": takeUser,
	"--user": takeUser,
	"-F": takeForm,
	"--form": takeForm,
	"-b": takeCookie,
	"--cookie": takeCookie,
	"-A": takeNothing,
	"--user-agent": takeNothing,
};

function readWords(words: readonly string[], lineOf: (word: string) => number): ReadWords {
	const read: ReadWords = { headers: [], data: [], isGet: false, isHead: false };
	for (let index = 0; index < words.length; index++) {
		const word = words[index] as string;
		const [flag, glued] = splitFlag(word);
		const take = TAKES[flag] ?? (OTHER_VALUES.has(flag) ? takeNothing : undefined);
		if (take === undefined) readPlain(read, word);
		else {
			const value = glued ?? words[++index] ?? "";
			take(read, value, lineOf(value));
		}
	}
	return read;
}

/** A flag without a value, or the address. */
function readPlain(read: ReadWords, word: string): void {
	if (word === "-G" || word === "--get") read.isGet = true;
	else if (word === "-I" || word === "--head") read.isHead = true;
	else if (!word.startsWith("-") && word.trim() !== "") read.url ??= word;
}

/** `-XPOST`, `--request=POST`, `-sX POST`. */
function splitFlag(word: string): readonly [string, string?] {
	const long = /^(--[\w-]+)=([\s\S]*)$/.exec(word);
	if (long !== null) return [long[1] as string, long[2] as string];
	const short = /^-[a-zA-Z]/.test(word) ? /^-([a-zA-Z]*?)([HdXuFbA])([\s\S]*)$/.exec(word) : null;
	if (short === null || !/^[sSkLivfgN#]*$/.test(short[1] ?? "")) return [word];
	return short[3] === "" ? [`-${short[2]}`] : [`-${short[2]}`, short[3] as string];
}

interface Origin {
	readonly passage: Passage;
	readonly start: number;
	readonly text: string;
}

function bodyOf(data: readonly string[], { passage, start, text }: Origin): SnippetBody | undefined {
	if (data.length === 0) return undefined;
	const body = data.join("&");
	const at = Math.max(text.indexOf(body), text.indexOf(body.split("\n")[0] ?? body), 0);
	const line = passage.lineAt(start + at);
	// The body's own offsets are those of the snippet from where it begins: quoting changes nothing inside single quotes.
	const example = parseExample({ text: body, lineAt: (offset) => passage.lineAt(start + at + offset) });
	return { text: body, line, ...(example === undefined ? {} : { example }) };
}

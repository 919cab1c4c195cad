import { connect, type Socket } from "node:net";
import { createRandom, type Random } from "../schema/generation/random.ts";

/** For tests: a request as bytes, most of them wrong in some way. */
export interface FuzzRequest {
	/** Sent one after the other, with a pause in between; a slow sender never sends the last. */
	readonly pieces: readonly Buffer[];
	readonly isSlow: boolean;
}

const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "", "a", "name", "id", "0", "é"];
const NUMBERS = [
	"0",
	"-0",
	"-1",
	"1e309",
	"-1e309",
	"1e-400",
	"99999999999999999999",
	"0.1",
	"NaN",
	"0x10",
	"01",
	"1e5",
];
const SEGMENTS = [
	"..",
	".",
	"%",
	"%zz",
	"%00",
	"%2e%2e",
	"%c0%ae",
	"%ff",
	"a%2Fb",
	"\u00e9",
	" ",
	"*",
	"{id}",
	"'",
	"a;b=c",
];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const ODD_METHODS = ["TRACE", "CONNECT", "FOO", "get", "G@T", "PRI", "QUERY", "M-SEARCH", "", "GET\t"];
const MEDIA_TYPES = [
	"application/json",
	"application/json; charset=utf-16",
	"application/x-www-form-urlencoded",
	"multipart/form-data",
	"multipart/form-data; boundary=",
	"multipart/form-data; boundary=x",
	"application/merge-patch+json",
	"application/json-patch+json",
	"text/plain",
	"*",
	"/",
	"application/xml",
	";",
	"application/json;;;charset",
];

/** What is there to be asked for. */
export interface FuzzedOperation {
	readonly method: string;
	/** A template. */
	readonly path: string;
}

/**
 * One malformed request out of many, to a document's paths as often as to none.
 *
 * @param operations those of the document
 * @example fuzzRequest(createRandom("7"), [{ method: "GET", path: "/pets/{pet_id}" }]).pieces
 */
export function fuzzRequest(random: Random, operations: readonly FuzzedOperation[]): FuzzRequest {
	const body = random.next() < 0.6 ? fuzzBody(random) : undefined;
	const head = [requestLine(random, operations), ...fuzzHeaders(random), ...framing(random, body)];
	const lineEnd = random.next() < 0.97 ? "\r\n" : "\n";
	const bytes = Buffer.concat([
		Buffer.from(`${head.join(lineEnd)}${lineEnd}${lineEnd}`, "latin1"),
		framed(random, head, body),
	]);
	const isSlow = random.next() < 0.002;
	if (!isSlow && random.next() < 0.9) return { pieces: [bytes], isSlow };
	const cut = random.integer(0, Math.min(bytes.length, 2_000));
	return { pieces: [bytes.subarray(0, cut), bytes.subarray(cut)], isSlow };
}

function requestLine(random: Random, operations: readonly FuzzedOperation[]): string {
	const operation = random.pick(operations);
	const chance = random.next();
	const method = chance < 0.75 ? operation.method : random.pick(chance < 0.97 ? METHODS : ODD_METHODS);
	const version = random.next() < 0.98 ? "HTTP/1.1" : random.pick(["HTTP/1.0", "HTTP/2.0", "HTTP/9", "", "http/1.1"]);
	return `${method} ${fuzzTarget(random, operation.path)} ${version}`;
}

function fuzzTarget(random: Random, template: string): string {
	const chance = random.next();
	if (chance < 0.02) return random.pick(["*", "", "http://other.test/pets", "//", "?", "#", "pets", "/\u0000"]);
	if (chance < 0.03) return `/${"a".repeat(random.pick([9_000, 20_000, 70_000]))}`;
	if (chance < 0.04) return "/a".repeat(3_000);
	const path = template.replaceAll(/\{[^{}]*\}/g, () =>
		random.pick([...SEGMENTS, ...NAMES, ...NUMBERS, "x".repeat(300)]),
	);
	return `${chance < 0.2 ? `${path}/${random.pick(SEGMENTS)}` : path}${fuzzQuery(random)}`.replaceAll(/ /g, () =>
		random.next() < 0.5 ? "%20" : " ",
	);
}

function fuzzQuery(random: Random): string {
	if (random.next() < 0.5) return "";
	if (random.next() < 0.01) return `?${"a=1&".repeat(2_000)}`;
	const pairs = Array.from({ length: random.integer(1, 4) }, () => {
		const name = random.pick([...NAMES, "limit", "offset", "page", "sort", "filter", "__code", "__example", "__delay"]);
		const key = random.next() < 0.2 ? `${name}[${random.pick(NAMES)}]` : name;
		return `${key}=${random.pick([...NUMBERS, ...SEGMENTS, ...NAMES, "200", "404", "a,b"])}`;
	});
	return `?${pairs.join(random.pick(["&", "&", "&&", ";"]))}`;
}

function fuzzHeaders(random: Random): readonly string[] {
	const headers = random.next() < 0.98 ? ["Host: mock.test"] : random.pick([[], ["Host:"], ["Host: a", "Host: b"]]);
	const mild: readonly (() => string)[] = [
		() => `Content-Type: ${random.pick(MEDIA_TYPES)}`,
		() => "Content-Type: application/json",
		() => "Content-Type: application/json",
		() => "Accept: */*",
		() => `Accept: ${random.pick([...MEDIA_TYPES, "a/b;q=x", "*/*;q=0", "a/b,".repeat(500)])}`,
		() =>
			`Authorization: ${random.pick(["Basic", "Basic %%%", "Bearer", "Bearer ", "Digest x", "\u00e9", "a".repeat(5_000)])}`,
		() => `Cookie: ${random.pick(["=", ";;;", "a=%zz", "__proto__=1", "a".repeat(5_000)])}`,
		() =>
			`Prefer: ${random.pick(["code=abc", "code=,", "=", '"', 'example="', "delay=-1", "dynamic", "a,".repeat(500)])}`,
		() => `X-Holdfast-Fault: ${random.pick(["x", "status=0", "rate=9", "=", "latency=99h"])}`,
		() => `${random.pick(["If-Match", "If-None-Match"])}: ${random.pick(["*", '"', 'W/"a', ",,,", '"a","b"'])}`,
		() => `Content-Encoding: ${random.pick(["gzip", "br", "nonsense"])}`,
		() => `Origin: ${random.pick(["null", "http://a.test", "\u00e9", "*"])}`,
		() => `Access-Control-Request-Method: ${random.pick(["PUT", "", "G@T"])}`,
		() => `X-${random.pick(NAMES)}: ${random.pick(NUMBERS)}`,
		() => `Range: ${random.pick(["bytes=0-", "bytes=9-1", "x"])}`,
	];
	const wild: readonly (() => string)[] = [
		() => `X-Long: ${"x".repeat(random.pick([100, 9_000, 40_000]))}`,
		() => random.pick(["no colon here", ": no name", "bad name: x", " folded: x", "X-Nul: a\u0000b", "X-Cr: a\rb"]),
		() => `Expect: ${random.pick(["100-continue", "nonsense"])}`,
		() => `Connection: ${random.pick(["close", "upgrade", "keep-alive, , close"])}`,
	];
	const pick = (): string => random.pick(random.next() < 0.96 ? mild : wild)();
	return [...headers, ...Array.from({ length: random.integer(0, 4) }, pick)];
}

/** How long the body is said to be, truly as a rule. */
function framing(random: Random, body: Buffer | undefined): readonly string[] {
	if (body === undefined)
		return random.next() < 0.97 ? [] : [`Content-Length: ${random.pick(["-1", "x", "1e3", "0, 0"])}`];
	const chance = random.next();
	if (chance < 0.75) return [`Content-Length: ${body.length}`];
	if (chance < 0.9) return ["Transfer-Encoding: chunked"];
	return random.pick([
		[`Content-Length: ${body.length}`, `Content-Length: ${body.length + 1}`],
		[`Content-Length: ${body.length}`, "Transfer-Encoding: chunked"],
		["Transfer-Encoding: gzip, chunked"],
		["Transfer-Encoding: nonsense"],
		[`Content-Length: ${Math.max(0, body.length - 1)}`],
	]);
}

function framed(random: Random, head: readonly string[], body: Buffer | undefined): Buffer {
	if (body === undefined) return Buffer.alloc(0);
	if (!head.some((line) => line.endsWith("chunked"))) return body;
	const chance = random.next();
	if (chance < 0.6)
		return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n0\r\n\r\n")]);
	if (chance < 0.8) return Buffer.concat([Buffer.from("zz\r\n"), body]);
	return Buffer.concat([Buffer.from(`${(body.length + 5).toString(16)};ext=1\r\n`), body, Buffer.from("\r\n")]);
}

function fuzzBody(random: Random): Buffer {
	const chance = random.next();
	if (chance < 0.55) return Buffer.from(fuzzJson(random, 0));
	if (chance < 0.6) return Buffer.from(random.pick(["[".repeat(50_000), '{"a":'.repeat(20_000), '"\\'.repeat(1_000)]));
	if (chance < 0.62) return Buffer.alloc(random.pick([1_100_000, 70_000]), "x");
	if (chance < 0.7)
		return Buffer.from(random.pick(["a=1&a=2&__proto__[x]=1", "%zz=%", "=&=&", "a[b][c][d]=1", "a".repeat(10_000)]));
	if (chance < 0.8) return Buffer.from(fuzzMultipart(random));
	if (chance < 0.85) return Buffer.from([0xff, 0xfe, 0x00, 0xc0, 0x80, random.integer(0, 255)]);
	const text = fuzzJson(random, 0);
	return Buffer.from(text.slice(0, random.integer(0, text.length)));
}

function fuzzJson(random: Random, depth: number): string {
	const chance = depth > 3 ? 0.5 + random.next() / 2 : random.next();
	if (chance < 0.4) {
		const usual = depth === 0 && random.next() < 0.5 ? ['"name":"Rex"', `"minutes":${random.pick(NUMBERS)}`] : [];
		const members = Array.from({ length: random.integer(0, 3) }, () => {
			const name = random.pick([...NAMES, "status", "age", "created_at", "minutes", "theme"]);
			return `${JSON.stringify(name)}:${fuzzJson(random, depth + 1)}`;
		});
		return `{${[...usual, ...members].join(",")}}`;
	}
	if (chance < 0.5)
		return `[${Array.from({ length: random.integer(0, 4) }, () => fuzzJson(random, depth + 1)).join(",")}]`;
	if (chance < 0.7) return random.pick(["null", "true", "false", "undefined", "nul"]);
	if (chance < 0.85) return random.pick(NUMBERS);
	return random.pick([
		'"Rex"',
		'""',
		'"\\ud800"',
		'"\\u0000"',
		'"x',
		"'x'",
		JSON.stringify("x".repeat(500)),
		'"2026-13-45"',
		'"\ufeff"',
	]);
}

function fuzzMultipart(random: Random): string {
	const disposition = random.pick([
		'form-data; name="name"',
		'form-data; name="__proto__"',
		"form-data",
		"attachment; filename=",
		'"',
	] as const);
	const part = `--x\r\nContent-Disposition: ${disposition}\r\n\r\n${random.pick(["Rex", "{", "\u0000"])}\r\n`;
	return random.pick([`${part}--x--\r\n`, part, "--x--", "", `${part.repeat(200)}--x--\r\n`, "--x\r\n\r\n--x"]);
}

/** What became of one request on the wire. */
export interface FuzzAnswer {
	/** Undefined when the server hung up, or was not waited for. */
	readonly status: number | undefined;
	readonly text: string;
}

export interface FuzzOptions {
	readonly url: string;
	readonly operations: readonly FuzzedOperation[];
	readonly seed: string;
	readonly count: number;
	readonly connections: number;
	readonly onAnswer: (answer: FuzzAnswer, request: FuzzRequest) => void;
}

/** Nobody who sends everything waits so long for an answer. */
const ANSWER_MS_MAX = 10_000;

/** Sends malformed requests over many connections; each is left when it was answered or hung up on. */
export async function fuzz({ url, operations, seed, count, connections, onAnswer }: FuzzOptions): Promise<void> {
	const port = Number(new URL(url).port);
	const idle: Socket[] = [];
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < count) {
			const request = fuzzRequest(createRandom(`${seed} ${next++}`), operations);
			onAnswer(await exchange(port, request, idle), request);
		}
	};
	await Promise.all(Array.from({ length: connections }, work));
	for (const socket of idle) socket.destroy();
}

/** Slow senders keep their connection open and say nothing more, so that there are many of them at a time. */
async function exchange(port: number, { pieces, isSlow }: FuzzRequest, idle: Socket[]): Promise<FuzzAnswer> {
	const socket = connect(port, "127.0.0.1");
	socket.setNoDelay();
	let text = "";
	return new Promise((resolve) => {
		const finish = (): void => {
			clearTimeout(timer);
			if (!isSlow) socket.destroy();
			const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
			resolve({ status: status === undefined ? undefined : Number(status), text });
		};
		const timer = setTimeout(finish, isSlow ? 20 : ANSWER_MS_MAX);
		socket.on("data", (chunk) => {
			text += chunk.toString("latin1");
			// "Go on" is no answer yet (RFC 9110, section 15.2).
			text = text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, "");
			if (isWhole(text)) finish();
		});
		socket.on("close", finish);
		socket.on("error", () => undefined);
		if (isSlow) {
			idle.push(socket);
			socket.write(pieces[0] ?? "");
			return;
		}
		for (const piece of pieces) socket.write(piece);
		// What is incomplete would be waited for: whoever is malformed has no more to say.
		socket.end();
	});
}

function isWhole(text: string): boolean {
	const end = text.indexOf("\r\n\r\n");
	if (end < 0) return false;
	const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end + 2))?.[1];
	return length !== undefined && text.length >= end + 4 + Number(length);
}

import type { HttpRequest } from "./exchange.ts";

/**
 * One request as one line that a POSIX shell takes as it stands: everything single-quoted, `-g` so that curl expands no
 * brackets, `--path-as-is` so that it removes no dots, `--data-raw` so that `@` opens no file.
 *
 * @example renderCurl({ method: "GET", path: "/apps/a", headers: {} }, "http://127.0.0.1:8080") // curl -g 'http://127.0.0.1:8080/apps/a'
 */
export function renderCurl(request: HttpRequest, baseUrl: string): string {
	const url = baseUrl.replace(/\/+$/, "") + request.path;
	return ["curl", "-g", ...methodFlags(request), ...dotFlags(request.path), quote(url)]
		.concat(headerFlags(request), bodyFlags(request))
		.join(" ");
}

function methodFlags(request: HttpRequest): readonly string[] {
	if (request.method === "HEAD") return ["-I"];
	const implied = request.body === undefined ? "GET" : "POST";
	return request.method === implied ? [] : ["-X", quoteIfNeeded(request.method)];
}

function dotFlags(path: string): readonly string[] {
	return /\/\.{1,2}(?:\/|\?|$)/.test(path) ? ["--path-as-is"] : [];
}

function headerFlags(request: HttpRequest): readonly string[] {
	const flags = Object.entries(request.headers).flatMap(([name, value]) => [
		"-H",
		// A header without a value is written with a semicolon, else curl leaves it out.
		quote(value === "" ? `${name};` : `${name}: ${value}`),
	]);
	const named = Object.keys(request.headers).some((name) => name.toLowerCase() === "content-type");
	// With a body and no type of its own, curl would add one.
	return request.body === undefined || named ? flags : [...flags, "-H", quote("Content-Type:")];
}

function bodyFlags(request: HttpRequest): readonly string[] {
	if (request.body === undefined) return [];
	const text = typeof request.body === "string" ? request.body : Buffer.from(request.body).toString("latin1");
	return ["--data-raw", typeof request.body === "string" && !hasControl(text) ? quote(text) : quoteAnsi(request.body)];
}

function quoteIfNeeded(text: string): string {
	return /^[A-Za-z0-9-]+$/.test(text) ? text : quote(text);
}

function quote(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

function hasControl(text: string): boolean {
	for (const character of text) if (character < " " || character === "\u007f") return true;
	return false;
}

/** `$'…'` keeps line breaks and bytes on one line; bash, zsh and ksh know it, and POSIX since 2024. */
function quoteAnsi(body: string | Uint8Array): string {
	let text = "";
	for (const byte of Buffer.from(body)) {
		const character = String.fromCharCode(byte);
		const isPlain = byte >= 0x20 && byte < 0x7f && character !== "'" && character !== "\\";
		text += isPlain ? character : `\\x${byte.toString(16).padStart(2, "0")}`;
	}
	return `$'${text}'`;
}

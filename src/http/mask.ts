import type { Exchange, Headers, HttpAnswer, HttpRequest } from "./exchange.ts";
import { isAnswer } from "./exchange.ts";
import { secretForms } from "./secret-forms.ts";

/** Where credentials travel, besides `Authorization` and cookies, which are always masked. */
export interface CredentialNames {
	/** In any case: `X-API-Key`. */
	readonly headers?: readonly string[];
	readonly query?: readonly string[];
}

export interface Mask {
	/**
	 * From now on every occurrence of the value is shown as `«label»`, also trimmed, escaped for JSON, percent-encoded or
	 * in base64. A value of fewer than 4 characters is masked only where it stands alone, as a quoted string or a whole
	 * header: it would blacken ordinary text. The first label of a value stays.
	 */
	addSecret(value: string, label: string): void;
	maskText(text: string): string;
	/** The same exchange without a secret. Everything that is kept or shown goes through here first. */
	maskExchange(exchange: Exchange): Exchange;
}

/**
 * Makes the mask of one run. A credential that is sent under one of the given names becomes a secret by itself, so that
 * an answer which echoes it is masked as well.
 *
 * @example
 * const mask = createMask({ headers: ["X-API-Key"] });
 * mask.addSecret("s3cr3t-key", "api key");
 * mask.maskText('{"key":"s3cr3t-key"}'); // {"key":"«api key»"}
 */
export function createMask(names: CredentialNames = {}): Mask {
	const secrets = createIndex();
	const credentialHeaders = new Set([...ALWAYS, ...(names.headers ?? []).map((name) => name.toLowerCase())]);
	const credentialQueries = new Set(names.query ?? []);

	const maskHeaders = (headers: Headers): Headers => {
		const masked = Object.entries(headers).map(([name, value]) => [name, maskHeader(name, value)]);
		return Object.fromEntries(masked);
	};
	const maskHeader = (name: string, value: string): string => {
		const lower = name.toLowerCase();
		if (lower === "cookie") return value.replace(COOKIE, (_, start, key) => `${start}${key}=${symbol(key)}`);
		if (lower === "set-cookie") return value.replace(SET_COOKIE, (_, start, key) => `${start}${key}=${symbol(key)}`);
		const masked = secrets.replace(value);
		return credentialHeaders.has(lower) ? maskCredential(name, masked) : masked;
	};
	const maskPath = (path: string): string => {
		const [before, query] = splitOnce(path, "?");
		if (query === undefined) return secrets.replace(path);
		const pairs = query.split("&").map((pair) => {
			const [name, value] = splitOnce(pair, "=");
			const isCredential = value !== undefined && value !== "" && credentialQueries.has(decode(name));
			return isCredential ? `${name}=${maskCredential(decode(name), secrets.replace(value))}` : secrets.replace(pair);
		});
		return `${secrets.replace(before)}?${pairs.join("&")}`;
	};
	const learn = (request: HttpRequest): void => {
		for (const [name, value] of Object.entries(request.headers)) {
			if (!credentialHeaders.has(name.toLowerCase())) continue;
			// Without its scheme: a service may echo only the token.
			const token = value.replace(SCHEME, "");
			if (token.length >= LEARNED_MIN) secrets.add(token, name);
		}
	};
	return {
		addSecret: secrets.add,
		maskText: secrets.replace,
		maskExchange(exchange) {
			learn(exchange.request);
			const { request, answer, durationMs } = exchange;
			return {
				request: maskRequest(request, { maskHeaders, maskPath, maskText: secrets.replace }),
				answer: isAnswer(answer)
					? maskAnswer(answer, maskHeaders, secrets.replace)
					: { ...answer, message: secrets.replace(answer.message) },
				durationMs,
			};
		},
	};
}

const ALWAYS: readonly string[] = ["authorization", "proxy-authorization"];
const COOKIE = /(^|;\s*)([^=;]+)=[^;]*/g;
const SET_COOKIE = /(^|,\s*)([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=(?:"[^"]*"|[^;,]*)/g;
const SCHEME = /^(?:basic|bearer|digest|token|apikey)\s+/i;
/** What is shorter was hardly meant as a secret: the wrong credentials that a check invents are often single words. */
const LEARNED_MIN = 12;

/** What stays beside a symbol is not secret only when nothing but the scheme does. */
function maskCredential(name: string, masked: string): string {
	const scheme = SCHEME.exec(masked)?.[0] ?? "";
	const rest = masked.slice(scheme.length);
	return rest === "" || /^«[^«»]*»$/.test(rest) ? masked : `${scheme}${symbol(name)}`;
}

function symbol(label: string): string {
	return `«${label.replace(/[«»]/g, "")}»`;
}

interface RequestMask {
	readonly maskHeaders: (headers: Headers) => Headers;
	readonly maskPath: (path: string) => string;
	readonly maskText: (text: string) => string;
}

function maskRequest(request: HttpRequest, { maskHeaders, maskPath, maskText }: RequestMask): HttpRequest {
	const masked = { ...request, path: maskPath(request.path), headers: maskHeaders(request.headers) };
	if (request.body === undefined) return masked;
	if (typeof request.body === "string") return { ...masked, body: maskText(request.body) };
	const text = Buffer.from(request.body).toString("utf8");
	const maskedText = maskText(text);
	// Bytes without a secret stay bytes: they may be no text at all.
	return maskedText === text ? masked : { ...masked, body: maskedText };
}

function maskAnswer(
	answer: HttpAnswer,
	maskHeaders: (headers: Headers) => Headers,
	maskText: (text: string) => string,
): HttpAnswer {
	return { ...answer, headers: maskHeaders(answer.headers), body: maskText(answer.body) };
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
	const index = text.indexOf(separator);
	return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

interface SecretIndex {
	readonly add: (value: string, label: string) => void;
	readonly replace: (text: string) => string;
}

const KEY_CHARACTERS = 4;

/**
 * Finds any of many secrets in one pass: the forms are filed under their first four characters, so that a text costs
 * one look-up a character however many secrets a run has learned.
 */
function createIndex(): SecretIndex {
	const forms = new Map<string, { readonly form: string; readonly shown: string; readonly isWord: boolean }[]>();
	const known = new Set<string>();
	const short = new Map<string, string>();

	const add = (value: string, label: string): void => {
		const trimmed = value.trim();
		if (trimmed === "") return;
		if (trimmed.length < KEY_CHARACTERS) {
			if (!short.has(trimmed)) short.set(trimmed, symbol(label));
			return;
		}
		for (const form of secretForms(trimmed)) {
			if (known.has(form)) continue;
			known.add(form);
			const key = form.slice(0, KEY_CHARACTERS);
			const bucket = forms.get(key) ?? [];
			bucket.push({ form, shown: symbol(label), isWord: form.length < WORD_MAX });
			bucket.sort((a, b) => b.form.length - a.form.length);
			forms.set(key, bucket);
		}
	};
	const replace = (text: string): string => {
		if (short.has(text)) return short.get(text) as string;
		let result = "";
		let done = 0;
		for (let at = 0; forms.size > 0 && at + KEY_CHARACTERS <= text.length; at++) {
			const bucket = forms.get(text.slice(at, at + KEY_CHARACTERS));
			const hit = bucket?.find(
				({ form, isWord }) => text.startsWith(form, at) && !(isWord && isInside(text, at, form.length)),
			);
			if (hit === undefined) continue;
			result += text.slice(done, at) + hit.shown;
			done = at + hit.form.length;
			at = done - 1;
		}
		return replaceQuoted(result + text.slice(done), short);
	};
	return { add, replace };
}

/** A secret as short as a word is masked only as a word: `test` not inside `latest`. */
const WORD_MAX = 8;

function isInside(text: string, at: number, length: number): boolean {
	return /[\p{L}\p{N}]/u.test(text[at - 1] ?? "") || /[\p{L}\p{N}]/u.test(text[at + length] ?? "");
}

function replaceQuoted(text: string, short: ReadonlyMap<string, string>): string {
	let result = text;
	for (const [value, shown] of short) result = result.replaceAll(JSON.stringify(value), `"${shown}"`);
	return result;
}

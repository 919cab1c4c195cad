import type { Contract, SecurityScheme } from "../contract/contract.ts";
import type { Headers } from "../http/exchange.ts";
import type { Call, Credential } from "../model/call.ts";
import { sentValue, spoil } from "../model/credential.ts";

/** The credentials that were given for a target, by security scheme, and the headers that go with every request. */
export interface Keyring {
	readonly schemes: ReadonlyMap<string, SecurityScheme>;
	/** The whole value as it is sent: a key, or `Bearer …`. */
	readonly right: ReadonlyMap<string, string>;
	/** Those of further callers, by name. */
	readonly others: ReadonlyMap<string, Pick<Keyring, "right" | "headers" | "given">>;
	readonly headers: Headers;
	/** All headers as they were given, credentials too: where a document is silent, whoever calls sends them anyway. */
	readonly given: Headers;
	readonly secrets: readonly { readonly value: string; readonly label: string }[];
}

/**
 * Sorts the headers that a user gave into credentials of documented schemes and plain headers, for the main caller and
 * for others.
 */
export function createKeyring(
	contract: Contract,
	given: Readonly<Record<string, string>>,
	identities: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Keyring {
	const main = sortHeaders(contract, given);
	const others = new Map(
		Object.entries(identities).map(([name, headers]) => [name, sortHeaders(contract, headers)] as const),
	);
	const secrets = [
		...main.secrets,
		...[...others].flatMap(([name, { secrets: own }]) =>
			own.map(({ value, label }) => ({ value, label: `${name}-${label}` })),
		),
	];
	return { schemes: contract.securitySchemes, ...main, others, secrets };
}

function sortHeaders(
	contract: Contract,
	given: Readonly<Record<string, string>>,
): Pick<Keyring, "right" | "headers" | "given" | "secrets"> {
	const lower = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
	const right = new Map<string, string>();
	const used = new Set<string>();
	for (const [name, scheme] of contract.securitySchemes) {
		const value = valueFor(contract, scheme, lower);
		if (value === undefined) continue;
		right.set(name, value);
		used.add(headerOf(scheme));
	}
	const headers = Object.fromEntries([...lower].filter(([name]) => !used.has(name)));
	const secrets = [
		...[...right].map(([label, value]) => ({ value: tokenOf(value), label })),
		...Object.entries(headers).flatMap(([label, value]) =>
			SECRET.test(label) ? [{ value: tokenOf(value), label }] : [],
		),
	];
	return { right, headers, given: Object.fromEntries(lower), secrets };
}

/** Names of headers that hold credentials, whether or not the document says so. */
const SECRET = /key|token|secret|auth|session|pass|credential|signature/i;

function headerOf(scheme: SecurityScheme): string {
	if (scheme.kind !== "api-key") return "authorization";
	return scheme.in === "cookie" ? "cookie" : scheme.parameter.toLowerCase();
}

function valueFor(
	{ securitySchemes }: Contract,
	scheme: SecurityScheme,
	given: ReadonlyMap<string, string>,
): string | undefined {
	const value = given.get(headerOf(scheme));
	if (value === undefined || scheme.kind === "api-key") return value;
	if (scheme.kind === "http") return begins(value, scheme.scheme) ? value : undefined;
	// What is of another documented scheme is no token.
	const isOther = [...securitySchemes.values()].some(
		(one) => one.kind === "http" && one.scheme.toLowerCase() !== "bearer" && begins(value, one.scheme),
	);
	return isOther ? undefined : value;
}

function begins(value: string, word: string): boolean {
	return value.toLowerCase().startsWith(`${word.toLowerCase()} `);
}

/** The right credential of each scheme, without the word in front of it. */
export function tokensIn({ right }: Pick<Keyring, "right">): ReadonlyMap<string, string> {
	return new Map([...right].map(([scheme, value]) => [scheme, tokenOf(value)]));
}

/** `Bearer abc` → `abc`. */
function tokenOf(value: string): string {
	return value.replace(/^(?:Bearer|Basic|Digest)\s+/i, "");
}

interface Draft {
	readonly path: string;
	readonly query: readonly string[];
	readonly headers: Headers;
}

/** The request with the credentials of a call, right or wrong, where their schemes put them. */
export function applyCredentials(draft: Draft, call: Call, keyring: Keyring): Draft {
	const own = ownerOf(call, keyring);
	let signed: Draft = { ...draft, headers: { ...own.headers, ...draft.headers } };
	for (const [name, credential] of Object.entries(call.credentials)) {
		const scheme = keyring.schemes.get(name);
		const value = scheme === undefined ? undefined : textOf(scheme, credential, own.right.get(name));
		const how =
			credential.kind === "wrong" ? credential.how : credential.kind === "value" ? credential.spoilt : undefined;
		if (scheme !== undefined && value !== undefined)
			signed = place(signed, how === "elsewhere" ? elsewhere(scheme) : scheme, value);
	}
	return signed;
}

/** Whose credentials and headers a call carries. */
export function ownerOf({ credentials }: Call, keyring: Keyring): Pick<Keyring, "right" | "headers" | "given"> {
	const as = Object.values(credentials).flatMap((one) => (one.kind === "value" ? [] : (one.as ?? [])))[0];
	return (as === undefined ? undefined : keyring.others.get(as)) ?? keyring;
}

/** The other of the two places in which a key is looked for. */
function elsewhere(scheme: SecurityScheme): SecurityScheme {
	return scheme.kind === "api-key" ? { ...scheme, in: scheme.in === "query" ? "header" : "query" } : scheme;
}

function place(draft: Draft, scheme: SecurityScheme, value: string): Draft {
	if (scheme.kind === "api-key" && scheme.in === "query") {
		return {
			...draft,
			query: [...draft.query, `${encodeURIComponent(scheme.parameter)}=${encodeURIComponent(value)}`],
		};
	}
	const text =
		scheme.kind === "api-key" && scheme.in === "cookie" && !value.includes("=")
			? `${scheme.parameter}=${value}`
			: value;
	const name = headerOf(scheme);
	// Cookies travel in one header, whoever sets them (RFC 6265, section 5.4).
	const others = name === "cookie" ? draft.headers.cookie : undefined;
	return { ...draft, headers: { ...draft.headers, [name]: others === undefined ? text : `${others}; ${text}` } };
}

function textOf(scheme: SecurityScheme, credential: Credential, right: string | undefined): string | undefined {
	if (credential.kind === "right") return right;
	if (credential.kind === "value") {
		const text = inScheme(scheme, String(sentValue(credential)));
		return credential.spoilt === "malformed" ? withoutWord(text) : text;
	}
	if (credential.how === "expired") return right;
	const token = right === undefined ? NOBODYS : tokenOf(right);
	const text = inScheme(scheme, isBasic(scheme) ? spoilBasic(token, credential.how) : spoil(token, credential.how));
	return credential.how === "malformed" ? withoutWord(text) : text;
}

/** Another word of the same length: who only cuts it off does not see the difference. */
function withoutWord(text: string): string {
	return text.replace(/^\S+(?= )/, (word) => "Holder".padEnd(word.length, "s").slice(0, word.length));
}

function inScheme(scheme: SecurityScheme, token: string): string {
	if (scheme.kind === "api-key") return token;
	return isBasic(scheme) ? `Basic ${token}` : `Bearer ${token}`;
}

function isBasic(scheme: SecurityScheme): boolean {
	return scheme.kind === "http" && scheme.scheme.toLowerCase() === "basic";
}

/** Name and password are what is compared, not their Base64 (RFC 7617): without its padding it says the same. */
function spoilBasic(token: string, how: Parameters<typeof spoil>[1]): string {
	return Buffer.from(spoil(Buffer.from(token, "base64").toString(), how)).toString("base64");
}

/** A value that no service has issued, when there is no right one to spoil. */
const NOBODYS = "holdfast-nobodys-key-0000";

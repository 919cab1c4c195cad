import { posix } from "node:path";

/** A reference cut at its first `#`; the fragment is undefined when there is none. */
export interface ReferenceParts {
	readonly file: string;
	readonly fragment: string | undefined;
}

/**
 * Cuts `file#fragment` at the first `#`: a JSON Pointer may contain further ones, a file name hardly does.
 *
 * @example splitReference("a.yaml#/x") // { file: "a.yaml", fragment: "/x" }
 */
export function splitReference(reference: string): ReferenceParts {
	const hash = reference.indexOf("#");
	if (hash === -1) return { file: reference, fragment: undefined };
	return { file: reference.slice(0, hash), fragment: reference.slice(hash + 1) };
}

/**
 * The tokens of a JSON Pointer (RFC 6901, section 4).
 *
 * @example parsePointer("/paths/~1metrics/get") // ["paths", "/metrics", "get"]
 */
export function parsePointer(pointer: string): readonly string[] {
	if (pointer === "") return [];
	const tokens = pointer.slice(1).split("/");
	// Nearly no token holds an escaped sign.
	if (!pointer.includes("~")) return tokens;
	return tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** One token, escaped as it stands in a JSON Pointer (RFC 6901, section 3). */
export function escapeToken(token: string | number): string {
	if (typeof token === "number" || !/[~/]/.test(token)) return String(token);
	return token.replaceAll("~", "~0").replaceAll("/", "~1");
}

/**
 * A pointer that is some tokens longer.
 *
 * @example extendPointer("/properties", ["a/b", 0]) // "/properties/a~1b/0"
 */
export function extendPointer(pointer: string, tokens: readonly (string | number)[]): string {
	return tokens.reduce<string>((longer, token) => `${longer}/${escapeToken(token)}`, pointer);
}

/** What stands at the tokens inside a value, own properties only; undefined when nothing does. */
export function valueAt(value: unknown, tokens: readonly string[]): unknown {
	let current = value;
	for (const token of tokens) {
		if (typeof current !== "object" || current === null || !Object.hasOwn(current, token)) return undefined;
		current = (current as Record<string, unknown>)[token];
	}
	return current;
}

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]+:/;

/** Whether a name begins with a scheme of two letters or more (so that `C:\` is a path). */
export function isUri(name: string): boolean {
	return SCHEME.test(name);
}

/**
 * The file or URI that a relative reference names, seen from another. Both may be paths or URIs; fragments must have
 * been cut off. Percent escapes stay as written.
 *
 * @example resolveFile("spec/a/openapi.yaml", "../b.yaml") // "spec/b.yaml"
 */
export function resolveFile(base: string, reference: string): string {
	if (reference === "") return base;
	if (isUri(reference)) return normalizeUri(reference);
	if (isUri(base)) return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
	if (posix.isAbsolute(reference)) return posix.normalize(reference);
	return posix.join(posix.dirname(base), reference);
}

function normalizeUri(uri: string): string {
	return URL.canParse(uri) ? new URL(uri).href : uri;
}

/** Percent-decodes, or gives the text back when it is not well-formed. */
export function decodePercent(text: string): string {
	if (!text.includes("%")) return text;
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

import { InvalidArgumentError } from "commander";
import { didYouMean } from "../contract/did-you-mean.ts";

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/**
 * A duration with its unit, in milliseconds; a bare number is seconds.
 *
 * @throws InvalidArgumentError, which names the flag.
 * @example parseDuration("2s") // 2000
 */
export function parseDuration(text: string): number {
	const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text.trim());
	if (match === null) throw new InvalidArgumentError("Write a duration like 500ms, 2s or 1m.");
	return Number(match[1]) * (UNITS_MS[match[2] ?? "s"] ?? 1_000);
}

/**
 * A duration with its unit, in milliseconds; a bare number is milliseconds, as Schemathesis has it.
 *
 * @example parseMilliseconds("200") // 200
 */
export function parseMilliseconds(text: string): number {
	const duration = parseDuration(/^\d+(?:\.\d+)?$/.test(text.trim()) ? `${text.trim()}ms` : text);
	if (duration > 0) return duration;
	throw new InvalidArgumentError("Write a duration above 0, like 200ms.");
}

/** A whole number from `min` on. */
export function integerFrom(min: number, max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
	return (text) => {
		const number = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
		if (number >= min && number <= max) return number;
		const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} on` : `from ${min} to ${max}`;
		throw new InvalidArgumentError(`Write a whole number ${range}.`);
	};
}

/** Gathers a flag that may be given several times. */
export function gather(text: string, before: readonly string[] = []): readonly string[] {
	return [...before, text];
}

/** Gathers words of a closed list, separated by commas or given several times. */
export function gatherWords<Word extends string>(
	words: readonly Word[],
): (text: string, before?: readonly Word[]) => readonly Word[] {
	const isWord = (text: string): text is Word => (words as readonly string[]).includes(text);
	return (text, before = []) => {
		const given = text.split(",").map((word) => word.trim());
		const unknown = given.find((word) => !isWord(word));
		if (unknown === undefined) return [...before, ...given.filter(isWord)];
		const meant = didYouMean(unknown, words);
		const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
		throw new InvalidArgumentError(`"${unknown}" is none of ${words.join(", ")}.${hint}`);
	};
}

/** `Name: value`, gathered; the name in lower case. */
export function gatherHeader(
	text: string,
	before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
	const [name, value] = parseHeader(text);
	return { ...before, [name]: value };
}

function parseHeader(text: string): readonly [string, string] {
	const colon = text.indexOf(":");
	if (colon < 1) throw new InvalidArgumentError("Write a header like 'X-API-Key: secret'.");
	return [text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim()];
}

export type Identities = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Further callers as the command line names them: by their headers, and by files that hold more of them. */
export interface IdentityFlags {
	readonly given: Identities;
	readonly files: readonly string[];
}

/** `name=Header: value`, or `@file`, gathered; several headers of one identity come together. */
export function gatherIdentity(text: string, before: IdentityFlags = { given: {}, files: [] }): IdentityFlags {
	const { given, files } = before;
	if (text.startsWith("@")) return { given, files: [...files, text.slice(1)] };
	const equals = text.indexOf("=");
	if (equals < 1) throw new InvalidArgumentError("Write an identity like 'other=X-API-Key: secret', or @file.yaml.");
	const identity = text.slice(0, equals).trim();
	const [name, value] = parseHeader(text.slice(equals + 1));
	return { given: { ...given, [identity]: { ...given[identity], [name]: value } }, files };
}

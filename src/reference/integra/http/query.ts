import { invalid, Refused } from "../../http/refusal.ts";
import type { Paging } from "../store/page.ts";

/** The query of a request as Fastify parses it: a name that comes twice has a list. */
export type Query = Readonly<Record<string, unknown>>;

const PAGE = { name: "page", fallback: 1, max: 1_000_000 };
const PER_PAGE = { name: "per_page", fallback: 50, max: 100 };

/** @throws {Refused} 400 when a number is none, or out of bounds. */
export function readPaging(query: Query): Paging {
	return { page: readNumber(query, PAGE), perPage: readNumber(query, PER_PAGE) };
}

function readNumber(query: Query, { name, fallback, max }: typeof PAGE): number {
	const text = query[name];
	if (text === undefined) return fallback;
	const number = typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : 0;
	if (number < 1 || number > max) throw new Refused(invalid(`${name} must be a whole number from 1 to ${max}`));
	return number;
}

/** @throws {Refused} 400 when it is none of the words. */
export function readWord<Word extends string>(query: Query, name: string, words: readonly Word[]): Word | undefined {
	const text = query[name];
	if (text === undefined) return undefined;
	const word = words.find((one) => one === text);
	if (word === undefined) throw new Refused(invalid(`${name} must be ${told(words)}`));
	return word;
}

/** More words than these are no help in a sentence. */
const TOLD_MAX = 8;

function told(words: readonly string[]): string {
	return words.length > TOLD_MAX ? `a documented one such as ${words[0]}` : `one of ${words.join(", ")}`;
}

const TEXT_LENGTH_MAX = 254;

/** @throws {Refused} 400 when it cannot be looked for. */
export function readText(query: Query, name: string): string | undefined {
	const text = query[name];
	if (text === undefined) return undefined;
	const isLine = typeof text === "string" && text !== "" && !/[\p{Cc}\p{Cs}]/u.test(text);
	if (isLine && text.length <= TEXT_LENGTH_MAX) return text;
	throw new Refused(invalid(`${name} must be one text of at most ${TEXT_LENGTH_MAX} characters in one line`));
}

const ORGANIZATION = /^org_[A-Za-z0-9]{1,36}$/;

/** @throws {Refused} 400 when it is no id of an organization, whether or not there is one. */
export function readOrganization({ org_id: text }: Query): string | undefined {
	if (text === undefined) return undefined;
	if (typeof text === "string" && ORGANIZATION.test(text)) return text;
	throw new Refused(invalid("org_id must be the id of an organization such as org_123"));
}

/** A day of the calendar (RFC 3339, `full-date`); 30 February is none. */
export function readDay(query: Query, name: string): string | undefined {
	const text = query[name];
	if (text === undefined) return undefined;
	const time = typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
	const isDay = time !== undefined && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(String(text));
	if (!isDay) throw new Refused(invalid(`${name} must be a day such as 2026-01-31`));
	return String(text);
}

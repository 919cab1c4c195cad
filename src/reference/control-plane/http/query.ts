import { invalid, Refused } from "../../http/refusal.ts";
import type { AuditFilter } from "../store/audit.ts";
import type { Paging } from "../store/page.ts";

/** The query of a request as Fastify parses it: a name that comes twice has a list. */
export type Query = Readonly<Record<string, unknown>>;

const PAGE = { name: "page", fallback: 1, max: 1_000_000 };
const LIMIT = { name: "limit", fallback: 50, max: 100 };

/** @throws {Refused} 400 when a number is none, or out of bounds. */
export function readPaging(query: Query): Paging {
	return { page: readNumber(query, PAGE), limit: readNumber(query, LIMIT) };
}

function readNumber(query: Query, { name, fallback, max }: typeof PAGE): number {
	const text = query[name];
	if (text === undefined) return fallback;
	const number = typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : 0;
	if (number < 1 || number > max) throw new Refused(invalid(`${name} must be a whole number from 1 to ${max}`));
	return number;
}

const SEARCH_LENGTH_MAX = 100;

/** @throws {Refused} 400 when the text cannot be searched for. */
export function readSearch({ search = "" }: Query): string {
	if (typeof search === "string" && search.length <= SEARCH_LENGTH_MAX && !/[\p{Cc}\p{Cs}]/u.test(search))
		return search;
	throw new Refused(invalid(`search must be one text of at most ${SEARCH_LENGTH_MAX} characters in one line`));
}

/** @param actions those that there are */
export function readAuditFilter(query: Query, actions: readonly string[]): AuditFilter {
	const { action } = query;
	if (action !== undefined && !actions.includes(action as string)) {
		throw new Refused(invalid("action is not one of the documented actions"));
	}
	const start = readDate(query, "start_date");
	const end = readDate(query, "end_date");
	return {
		...(action === undefined ? {} : { action: action as string }),
		...(start === undefined ? {} : { start }),
		...(end === undefined ? {} : { end }),
	};
}

/** A day of the calendar (RFC 3339, `full-date`); 30 February is none. */
function readDate(query: Query, name: string): string | undefined {
	const text = query[name];
	if (text === undefined) return undefined;
	const time = typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
	const isDay = time !== undefined && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(String(text));
	if (!isDay) throw new Refused(invalid(`${name} must be a day such as 2026-01-31`));
	return String(text);
}

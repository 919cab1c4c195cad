import type { Json } from "../http/exchange.ts";
import type { LogPattern, Match } from "./pattern.ts";
import { type Bindings, concretize, identify, isObject, type Value } from "./value.ts";

/**
 * Holds a log against what must have been written to it. Others write there as well, and so do our own requests that no
 * sentence promises to record: so at least these entries stand there. Entries are told by the key of what they are
 * about; where none ever tells it, by how much the log has grown since it was last read.
 */
export function matchLog(pattern: LogPattern, actual: Json | undefined, bindings: Bindings, pointer: string): Match {
	if (!Array.isArray(actual)) {
		const what = actual === undefined ? "missing" : "not-a-list";
		return { ok: false, mismatch: { pointer, expected: undefined, actual, what } };
	}
	const counted = countAbout(pattern, actual, bindings);
	const seen = seenIn(bindings.get(pattern.name));
	const tells = seen?.tells === true || counted.some(({ found }) => found > 0);
	const wrong = tells ? wrongCount(pattern, counted) : wrongGrowth(pattern, actual, seen);
	if (wrong !== undefined) {
		const item = actual.at(-1);
		return { ok: false, mismatch: { pointer, expected: wrong.about, actual: item, what: wrong.what } };
	}
	const told = expectedOf(pattern).length;
	const kept: Json = { length: actual.length, told, tells };
	return { ok: true, bindings: new Map(bindings).set(pattern.name, kept) };
}

interface Seen {
	readonly length: number;
	/** How many entries of ours had to be there. */
	readonly told: number;
	/** Some entry told what it was about. */
	readonly tells: boolean;
}

function seenIn(value: Json | undefined): Seen | undefined {
	return isObject(value) ? (value as unknown as Seen) : undefined;
}

interface Counted {
	readonly about: Value;
	readonly found: number;
	/** Entries that must be there. */
	readonly least: number;
	/** A rival left some out, and nobody else speaks of what is ours. */
	readonly isExact: boolean;
}

/** Too short a key is found everywhere. */
const TELLING_LENGTH_MIN = 4;

function countAbout(pattern: LogPattern, actual: readonly Json[], bindings: Bindings): readonly Counted[] {
	const abouts = new Map(
		pattern.entries.flatMap(({ about }) => (about === undefined ? [] : [[identify(about), about] as const])),
	);
	return [...abouts].flatMap(([identity, about]): readonly Counted[] => {
		const key = concretize(about, bindings);
		const text = typeof key === "string" || typeof key === "number" ? String(key) : "";
		if (text.length < TELLING_LENGTH_MIN) return [];
		const own = pattern.entries.filter((entry) => identify(entry.about) === identity);
		const found = actual.filter((entry) => mentions(entry, text)).length;
		const least = own.filter(({ omitted }) => !omitted).length;
		return [{ about, found, least, isExact: least < own.length }];
	});
}

/** Whether an entry holds a text anywhere, alone or in a path. */
export function mentions(entry: Json, text: string): boolean {
	if (typeof entry === "string") return entry.includes(text);
	if (typeof entry === "number") return String(entry) === text;
	if (typeof entry !== "object" || entry === null) return false;
	return Object.values(entry).some((inner) => mentions(inner as Json, text));
}

interface Wrong {
	readonly about: Value | undefined;
	readonly what: "missing" | "unexpected";
}

function wrongCount({ lacks }: LogPattern, counted: readonly Counted[]): Wrong | undefined {
	const missing = counted.filter(({ found, least }) => found < least);
	const lost = missing.reduce((sum, { found, least }) => sum + least - found, 0);
	if (lost > lacks) return { about: missing[0]?.about, what: "missing" };
	if (lost < lacks) return { about: undefined, what: "unexpected" };
	const extra = counted.find(({ found, least, isExact }) => isExact && found > least);
	return extra === undefined ? undefined : { about: extra.about, what: "unexpected" };
}

/** Of a log that is read in parts nobody can say how much it has grown. */
function wrongGrowth(pattern: LogPattern, actual: readonly Json[], seen: Seen | undefined): Wrong | undefined {
	if (seen === undefined || pattern.isPart) return undefined;
	const grown = actual.length - seen.length;
	// A log that is full forgets its oldest, but it does not become shorter.
	if (grown < 0) return { about: undefined, what: "missing" };
	const least = expectedOf(pattern).length - seen.told - pattern.lacks;
	if (grown < least) return { about: undefined, what: "missing" };
	const isExact = pattern.lacks > 0 || pattern.entries.some(({ omitted }) => omitted);
	return isExact && grown > least ? { about: undefined, what: "unexpected" } : undefined;
}

function expectedOf({ entries }: LogPattern): LogPattern["entries"] {
	return entries.filter(({ omitted }) => !omitted);
}

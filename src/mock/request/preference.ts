import { parseDurations } from "../fault/duration.ts";

/** What a client asks of the answer itself (RFC 7240), under the names that Prism gave it. */
export interface Preference {
	/** The documented status to answer with. */
	readonly code?: number;
	/** The name of the documented example to answer with. */
	readonly example?: string;
	/** Whether the answer is made up, whatever examples there are. */
	readonly dynamic?: boolean;
	/** The answer comes so much later, in milliseconds. */
	readonly delayMs?: number;
	/** What is honoured, as `Preference-Applied` says it. */
	readonly applied: string;
}

type Members = { -readonly [Name in keyof Omit<Preference, "applied">]: Preference[Name] };

/** More preferences than this in one request are not looked at. */
const PREFERENCES_MAX = 50;

/**
 * Reads `Prefer: code=404, example="empty"` and Prism's query parameters (`__code`, `__example`, `__dynamic`,
 * `__delay`). Undefined when nothing of this is asked: unknown preferences, and values that make no sense, are ignored.
 *
 * @example readPreference("code=404; x=1, dynamic=true", "") // { code: 404, dynamic: true, applied: "code=404, dynamic=true" }
 */
export function readPreference(header: string | undefined, query: string): Preference | undefined {
	const members: Members = {};
	const applied: string[] = [];
	for (const [name, value] of [...headerPairs(header ?? ""), ...queryPairs(query)]) {
		const before = Object.keys(members).length;
		READERS.get(name)?.(members, value);
		if (Object.keys(members).length > before) applied.push(`${name}=${/^[\w.-]+$/.test(value) ? value : quote(value)}`);
	}
	return applied.length === 0 ? undefined : { ...members, applied: applied.join(", ") };
}

/** The first of several of the same name counts (RFC 7240, section 2). */
const READERS: ReadonlyMap<string, (members: Members, value: string) => void> = new Map([
	[
		"code",
		(members, value) => {
			if (/^[2-5]\d\d$/.test(value)) members.code ??= Number(value);
		},
	],
	[
		"example",
		(members, value) => {
			if (value !== "") members.example ??= value;
		},
	],
	[
		"dynamic",
		(members, value) => {
			if (value === "true" || value === "") members.dynamic ??= true;
		},
	],
	[
		"delay",
		(members, value) => {
			const duration = parseDurations(value);
			if (duration !== undefined) members.delayMs ??= duration.maxMs;
		},
	],
]);

type Pair = readonly [name: string, value: string];

const PREFERENCE = /\s*([\w-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s,;"]*))?[^,]*(?:,|$)/y;

function headerPairs(header: string): readonly Pair[] {
	const pairs: Pair[] = [];
	PREFERENCE.lastIndex = 0;
	while (pairs.length < PREFERENCES_MAX && PREFERENCE.lastIndex < header.length) {
		const [, name, value = ""] = PREFERENCE.exec(header) ?? [];
		if (name === undefined) break;
		pairs.push([name.toLowerCase(), value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, "$1") : value]);
	}
	return pairs;
}

function queryPairs(query: string): readonly Pair[] {
	if (!query.includes("__")) return [];
	return [...new URLSearchParams(query)].flatMap(([name, value]) =>
		name.startsWith("__") ? [[name.slice(2), value] as const] : [],
	);
}

/** Header text holds no control characters and nothing beyond Latin-1. */
function quote(value: string): string {
	return `"${value.replaceAll(/[^\x20-\x7e]/g, "?").replaceAll(/["\\]/g, "\\$&")}"`;
}

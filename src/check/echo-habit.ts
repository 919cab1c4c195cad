import type { Json } from "../http/exchange.ts";
import type { Habit } from "../model/resource.ts";
import { identify, isObject, propertyOf } from "../model/value.ts";

/** What was sent and what came back. */
export interface Echo {
	readonly sent: Json;
	readonly read: Json | undefined;
}

/** What a habit makes of a value; undefined when it is about others. */
type HabitForm = readonly [Habit, (sent: Json) => Json | undefined];

/** The closed list of harmless habits; each is idempotent. */
const HABITS: readonly HabitForm[] = [
	["trim", (sent) => (typeof sent === "string" ? sent.trim() : undefined)],
	["lower-case", (sent) => (typeof sent === "string" ? sent.toLowerCase() : undefined)],
	["upper-case", (sent) => (typeof sent === "string" ? sent.toUpperCase() : undefined)],
	["unicode-nfc", (sent) => (typeof sent === "string" ? sent.normalize("NFC") : undefined)],
	[
		"number",
		(sent) =>
			typeof sent === "string" && sent.trim() !== "" && Number.isFinite(Number(sent)) ? Number(sent) : undefined,
	],
	["number", (sent) => (typeof sent === "number" ? String(sent) : undefined)],
	[
		"date",
		(sent) => (typeof sent === "string" && !Number.isNaN(Date.parse(sent)) ? new Date(sent).toISOString() : undefined),
	],
	[
		"sorted",
		(sent) =>
			Array.isArray(sent) ? sent.toSorted((a: Json, b: Json) => (identify(a) < identify(b) ? -1 : 1)) : undefined,
	],
];

/**
 * The harmless habit that explains every echo, or undefined when none does.
 *
 * @example habitOf([{ sent: "A@X", read: "a@x" }, { sent: "B@y", read: "b@y" }]) // "lower-case"
 */
export function habitOf(echoes: readonly Echo[]): Habit | undefined {
	const simple = HABITS.find((form) => echoes.every((echo) => isResult(form, echo)));
	return simple?.[0] ?? (echoes.every(isFilledIn) ? "default-filled" : undefined);
}

function isResult([habit, change]: HabitForm, { sent, read }: Echo): boolean {
	const changed = change(sent);
	if (changed === undefined || read === undefined) return false;
	return identify(changed) === identify(read) || (habit === "date" && isSameInstant(changed, read));
}

/** One instant has several spellings (RFC 3339 5.6). */
function isSameInstant(a: Json, b: Json): boolean {
	if (typeof a !== "string" || typeof b !== "string") return false;
	return a.includes("T") && b.includes("T") && Date.parse(a) === Date.parse(b);
}

/** What came back is what was sent, with members that were not: at the top, or in objects inside. */
export function isFilledIn({ sent, read }: Echo): boolean {
	if (Array.isArray(sent) && Array.isArray(read))
		return sent.length === read.length && sent.every((item, index) => isFilledIn({ sent: item, read: read[index] }));
	if (!isObject(sent) || !isObject(read)) return identify(sent) === identify(read);
	return Object.entries(sent).every(([name, value]) =>
		isFilledIn({ sent: value as Json, read: propertyOf(read, name) as Json | undefined }),
	);
}

/** What else is known of a value that was sent. */
export interface Returned extends Echo {
	/** What stood there before it was sent. */
	readonly before?: Json | undefined;
	/** What stands there in an item that was made without it. */
	readonly unset?: Json | undefined;
}

/** What happened to a value that did not come back as it was sent, in the fewest words. */
export function nameDeviation({ sent, read, before, unset }: Returned): string {
	if (before !== undefined && identify(read) === identify(before) && identify(sent) !== identify(before))
		return "unchanged from before";
	if (isEmpty(read) || (unset !== undefined && identify(read) === identify(unset))) return "not stored";
	if (isMasked(sent, read)) return "masked";
	if (isShortened(sent, read)) return "shortened";
	if (
		Array.isArray(sent) &&
		Array.isArray(read) &&
		sent.every((item) => read.some((other) => identify(other as Json) === identify(item as Json)))
	)
		return "added to";
	return "changed";
}

function isEmpty(read: Json | undefined): boolean {
	return read === undefined || read === null || read === "" || (Array.isArray(read) && read.length === 0);
}

/** Three or more signs of the same kind in a row that were not sent. */
function isMasked(sent: Json, read: Json | undefined): boolean {
	return (
		typeof sent === "string" &&
		typeof read === "string" &&
		/([*•x.…])\1{2,}/i.test(read) &&
		!/([*•x.…])\1{2,}/i.test(sent)
	);
}

function isShortened(sent: Json, read: Json | undefined): boolean {
	if (typeof sent === "string" && typeof read === "string") return read.length < sent.length && sent.startsWith(read);
	if (!Array.isArray(sent) || !Array.isArray(read) || read.length >= sent.length) return false;
	const known = new Set(sent.map((item) => identify(item as Json)));
	return read.every((item) => known.has(identify(item as Json)));
}

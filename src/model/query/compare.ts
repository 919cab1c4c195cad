import { isTimeOfMaking } from "../infer/field-owner.ts";
import { identify, isServerValue, type Value } from "../value.ts";

/** Ways in which services order texts: by code, by letters whatever their case, as a dictionary has them, numbers as such. */
const COLLATIONS: readonly ((a: string, b: string) => number)[] = [
	(a, b) => (a < b ? -1 : a > b ? 1 : 0),
	(a, b) => order(a.toLowerCase(), b.toLowerCase()),
	new Intl.Collator("en").compare,
	new Intl.Collator("en", { numeric: true }).compare,
];

function order(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
/** A simulated server's own values begin with this. */
const SYMBOL = "§";

/**
 * Which of two values comes first, where every plausible way to order them says the same: negative, zero or positive.
 * Undefined where they disagree, or where a value is not known or nothing.
 *
 * @example compareSurely(9, 10) // -1; compareSurely("9", "10") // undefined
 */
export function compareSurely(a: Value | undefined, b: Value | undefined): number | undefined {
	if (typeof a === "number" && typeof b === "number") return a - b;
	if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
	if (typeof a !== "string" || typeof b !== "string") return undefined;
	if (a.startsWith(SYMBOL) || b.startsWith(SYMBOL)) return compareMakings(a, b);
	if (INSTANT.test(a) && INSTANT.test(b) && a.length > DAY_LENGTH && b.length > DAY_LENGTH)
		return Date.parse(a) - Date.parse(b);
	const [first, ...others] = COLLATIONS.map((compare) => Math.sign(compare(a, b)));
	return others.every((other) => other === first) ? first : undefined;
}

/** What a simulated server says of when an item was made: by the number of the call that made it. */
const MADE = /^§stable (.+)#c(\d+)\.([^.]+)$/;

function compareMakings(a: string, b: string): number | undefined {
	const [one, other] = [MADE.exec(a), MADE.exec(b)];
	const field = one?.[3] ?? "";
	const areAlike = one?.[1] === other?.[1] && field === other?.[3] && isTimeOfMaking(field);
	return one === null || other === null || !areAlike ? undefined : Number(one[2]) - Number(other[2]);
}

const DAY_LENGTH = 10;

/** The order in which a server of ours puts values: numbers and instants by size, texts by code, what is nothing last. */
export function compareAsServed(a: Value | undefined, b: Value | undefined): number {
	const [aIsNothing, bIsNothing] = [isNothing(a), isNothing(b)];
	if (aIsNothing || bIsNothing) return Number(aIsNothing) - Number(bIsNothing);
	const sure = compareSurely(a, b);
	return sure ?? order(textOf(a), textOf(b));
}

function isNothing(value: Value | undefined): boolean {
	return value === undefined || value === null || isServerValue(value);
}

export function textOf(value: Value | undefined): string {
	return typeof value === "string" ? value : identify(value);
}

import type { Entry } from "../state.ts";
import { identify, isServerValue, propertyOf, type Value } from "../value.ts";

/** Whether an item holds these values; unknown where only the server knows what it holds. */
export function holdsFields({ value }: Entry, fields: Readonly<Record<string, Value>>): "yes" | "no" | "unknown" {
	const held = Object.entries(fields).map(([name, wanted]) => ({ wanted, now: propertyOf(value, name) }));
	if (held.every(({ wanted, now }) => identify(now) === identify(wanted))) return "yes";
	return held.some(({ wanted, now }) => now !== undefined && !isServerValue(now) && identify(now) !== identify(wanted))
		? "no"
		: "unknown";
}

/** @example meansFields({ status: "pending" }) // 'status "pending"' */
export function meansFields(fields: Readonly<Record<string, Value>>): string {
	return Object.entries(fields)
		.map(([name, value]) => `${name} ${JSON.stringify(value)}`)
		.join(" and ");
}

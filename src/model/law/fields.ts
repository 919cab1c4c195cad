import type { Entry } from "../state.ts";
import { identify, isServerValue, propertyOf, type Value } from "../value.ts";

/** Whether an item holds these values, of several in a list one; unknown where only the server knows what it holds. */
export function holdsFields({ value }: Entry, fields: Readonly<Record<string, Value>>): "yes" | "no" | "unknown" {
	const held = Object.entries(fields).map(([name, wanted]) => holdsOne(propertyOf(value, name), wanted));
	if (held.every((one) => one === "yes")) return "yes";
	return held.includes("no") ? "no" : "unknown";
}

function holdsOne(now: Value | undefined, wanted: Value): "yes" | "no" | "unknown" {
	const words = Array.isArray(wanted) ? (wanted as readonly Value[]) : [wanted];
	if (words.some((word) => identify(now) === identify(word))) return "yes";
	return now === undefined || isServerValue(now) ? "unknown" : "no";
}

/** @example meansFields({ status: "pending" }) // 'status "pending"' */
export function meansFields(fields: Readonly<Record<string, Value>>): string {
	return Object.entries(fields)
		.map(
			([name, value]) =>
				`${name} ${[value]
					.flat()
					.map((word) => JSON.stringify(word))
					.join(" or ")}`,
		)
		.join(" and ");
}

import { isObject, type Value } from "../model/value.ts";

/** A value of this length that comes back in a refusal is what was meant. */
const VALUE_LENGTH_MIN = 4;

/**
 * The fields that a refusal speaks of: those whose names it quotes, else those whose values it repeats, else those whose
 * names it uses as words.
 *
 * @example fieldsMentioned(`Key 'kind' not present`, ["key", "kind"], {}) // ["kind"]
 */
export function fieldsMentioned(
	refusal: string,
	names: readonly string[],
	body: Readonly<Record<string, Value>>,
): readonly string[] {
	const quoted = names.filter((name) => new RegExp(`["'\`/.\\[“‘]${escaped(name)}["'\`\\]”’\\\\]`, "i").test(refusal));
	if (quoted.length > 0) return quoted;
	const repeated = names.filter((name) => textsIn(body[name]).some((text) => refusal.includes(text)));
	if (repeated.length > 0) return repeated;
	return names.filter((name) => new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`, "i").test(refusal));
}

function textsIn(value: Value | undefined): readonly string[] {
	if (typeof value === "string") return value.length < VALUE_LENGTH_MIN ? [] : [value];
	if (Array.isArray(value)) return value.flatMap((item: Value) => textsIn(item));
	return isObject(value ?? null) ? Object.values(value as Readonly<Record<string, Value>>).flatMap(textsIn) : [];
}

export function escaped(text: string): string {
	return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

import type { Json } from "../http/exchange.ts";

/**
 * The items that stand in a body at a JSON Pointer; none where there is no list.
 *
 * @example listIn({ data: [1, 2] }, "/data") // [1, 2]
 */
export function listIn(body: Json | undefined, at: string): readonly Json[] {
	const list = at
		.split("/")
		.slice(1)
		.reduce<Json | undefined>((inner, name) => memberOf(inner, name), body);
	return Array.isArray(list) ? list : [];
}

export function memberOf(value: Json | undefined, name: string): Json | undefined {
	const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
	return isRecord ? new Map(Object.entries(value as Readonly<Record<string, Json>>)).get(name) : undefined;
}

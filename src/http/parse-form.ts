import type { Json } from "./exchange.ts";
import { memberShape, TEXT, type ValueShape } from "./parameter.ts";
import { parseText } from "./parse-scalar.ts";

/**
 * Reads `application/x-www-form-urlencoded` by the shape of its object: repeated names become arrays where the shape
 * has one.
 *
 * @example parseForm("a=1&b=x&b=y", { kind: "object", properties: { b: { kind: "array", items: TEXT } }, additional: TEXT })
 */
export function parseForm(text: string, shape: ValueShape): Json {
	const members: Record<string, Json> = Object.create(null);
	const shapeOf = (name: string): ValueShape => (shape.kind === "object" ? memberShape(shape, name) : TEXT);
	for (const [name, value] of new URLSearchParams(text)) {
		const own = shapeOf(name);
		const before = members[name];
		if (own.kind !== "array") members[name] ??= parseText(value, own);
		else members[name] = [...(Array.isArray(before) ? before : []), parseText(value, own.items)];
	}
	return { ...members };
}

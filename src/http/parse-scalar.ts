import type { Json } from "./exchange.ts";
import type { ScalarType, ValueShape } from "./parameter.ts";

/** Reads one text by its shape; what is nested deeper than a style can say came as JSON. */
export function parseText(text: string, shape: ValueShape): Json {
	if (shape.kind === "scalar") return parseScalar(text, shape.types);
	try {
		return JSON.parse(text) as Json;
	} catch {
		return text;
	}
}

const INTEGER = /^-?(?:0|[1-9]\d*)$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads a scalar from text, in the spelling of JSON: `10`, `true`, `null`. What is none of the types stays text.
 *
 * @example parseScalar("10", ["integer"]) // 10
 */
export function parseScalar(text: string, types: readonly ScalarType[]): Json {
	if (types.includes("integer") && INTEGER.test(text)) return Number(text);
	if (types.includes("number") && NUMBER.test(text)) return Number(text);
	if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
	if (types.includes("null") && text === "null") return null;
	return text;
}

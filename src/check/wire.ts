import type { Parameter } from "../contract/contract.ts";
import { valueShapeOf } from "../contract/value-shape.ts";
import type { Json } from "../http/exchange.ts";
import { parseParameter } from "../http/parse-parameter.ts";
import { serializeParameter } from "../http/serialize-parameter.ts";
import { typesOf } from "../schema/navigate.ts";
import type { Validation } from "../schema/validate.ts";

/**
 * Whether a value of a parameter is on the wire still what it was meant to be: valid where it was valid, and broken
 * where it was broken. An empty list is not sent at all, every text is a text, and `null` has no form.
 *
 * @example isSameOnWire(page, { value: null, valid: false }, validation) // false: the parameter would be left out
 */
export function isSameOnWire(
	parameter: Parameter,
	{ value, valid }: { readonly value: Json; readonly valid: boolean },
	validation: Validation,
): boolean {
	const { schema, name } = parameter;
	const text = serializeParameter(parameter, value);
	if (schema === undefined || text === undefined || isChangedUnderWay(parameter, text)) return false;
	const sources = { path: { [name]: text }, query: text, headers: { [name.toLowerCase()]: text } };
	const parsed = parseParameter(parameter, valueShapeOf(schema), sources);
	if (parsed.kind === "absent") return false;
	return (parsed.kind === "value" && validation.validate(schema, parsed.value, "request").length === 0) === valid;
}

/** Dots and slashes are for whoever finds the way, spaces around a header are not its own, and nothing is no number. */
function isChangedUnderWay(parameter: Parameter, text: string): boolean {
	if (parameter.in === "path") return text === "" || /^\.{1,2}$/.test(text) || /%2f|%5c|%00/i.test(text);
	if (parameter.in === "header") return text !== text.trim();
	const isText = parameter.schema === undefined || typesOf(parameter.schema).includes("string");
	return !isText && /^[^=]*=$/.test(text);
}

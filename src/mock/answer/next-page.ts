import type { Json } from "../../http/exchange.ts";
import type { NextPattern } from "../../model/pattern.ts";
import type { Neighbours } from "../../model/query/beside.ts";
import { cursorText } from "../../model/query/cursor.ts";
import { isServerValue, type Value } from "../../model/value.ts";
import type { Schema } from "../../schema/schema.ts";
import { traitsOf } from "../schema-traits.ts";

/** What an answer says of the page that follows: a URL, a token, or a number. */
export function nextValue(pattern: NextPattern, schema: Schema | undefined, self: string): Json | undefined {
	const { isLink, query, parameter, value } = pattern;
	if (isLink) return urlOf(self, query);
	const asked = parameter === undefined ? undefined : query[parameter];
	if (asked === undefined) return undefined;
	const text = isServerValue(asked) ? cursorText(value) : asked;
	const wantsText = schema !== undefined && !traitsOf(schema).isNumber;
	return typeof text === "number" && wantsText ? String(text) : (text as Json | undefined);
}

/** What says that no page follows: null where the schema has it, else an empty text, else nothing at all. */
export function nothingFor(schema: Schema | undefined): Json | undefined {
	return schema !== undefined && traitsOf(schema).types.includes("null") ? null : undefined;
}

/** The pages around this one, as a Link header (RFC 8288, section 3); undefined when there are none. */
export function linksTo(neighbours: Neighbours, self: string): string | undefined {
	const links = Object.entries(neighbours).map(([relation, query]) => `<${urlOf(self, query)}>; rel="${relation}"`);
	return links.length === 0 ? undefined : links.join(", ");
}

function urlOf(self: string, query: Readonly<Record<string, Value>>): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		for (const one of Array.isArray(value) ? (value as readonly Value[]) : [value]) {
			const text = isServerValue(one) ? cursorText(one) : String(one);
			if (text !== undefined) parameters.append(name, text);
		}
	}
	const text = parameters.toString();
	return text === "" ? self : `${self}?${text}`;
}

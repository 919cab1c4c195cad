import { type Context, reportAt, schemaOf } from "./context.ts";
import type { Parameter, ParameterPlace, ParameterStyle } from "./contract.ts";
import { hintOf } from "./did-you-mean.ts";
import { normalizeExamples } from "./example.ts";
import { isJsonName } from "./media-type.ts";
import { field, kindOf, type RawObject, textField } from "./node.ts";
import { defaultExplode, defaultStyle, isParameterPlace, PARAMETER_PLACES, styleAt } from "./parameter-style.ts";
import { child, itemsOf, mapChild, type Part, partAt } from "./part.ts";
import { enter, follow } from "./reference.ts";

/** A parameter as the document writes it, once its name and place are known to be good. */
export interface RawParameter {
	readonly name: string;
	readonly part: Part<RawObject>;
	/** `query`, …; in 2.0 also `body` and `formData`. */
	readonly in: string;
}

/** These travel by other means: the security schemes and the media types say them (OpenAPI 3.1, Parameter Object). */
const SAID_ELSEWHERE: readonly string[] = ["accept", "content-type", "authorization"];

/**
 * The parameters of a path item and its operation, merged: one of a later owner takes the place of one with the same
 * name and place of an earlier. What is no parameter is listed and left out.
 */
export function gatherParameters(context: Context, owners: readonly Part[]): readonly RawParameter[] {
	const merged = new Map<string, RawParameter>();
	for (const owner of owners) {
		const own = new Map<string, RawParameter>();
		for (const item of itemsOf(enter(context, owner, "parameters"))) {
			const parameter = readParameter(context, item);
			if (parameter === undefined) continue;
			const key = `${parameter.in} ${parameter.name}`;
			if (own.has(key)) reportTwice(context, item, parameter);
			else own.set(key, parameter);
		}
		for (const [key, parameter] of own) merged.set(key, parameter);
	}
	return [...merged.values()];
}

function reportTwice(context: Context, item: Part, { name, in: place }: RawParameter): void {
	const message = `the ${place} parameter "${name}" is declared twice; the first one counts`;
	reportAt(context, item, { code: "duplicate-parameter", message });
}

function readParameter(context: Context, item: Part): RawParameter | undefined {
	const part = follow(context, item);
	if (part === undefined) return undefined;
	const name = textField(part.value, "name");
	const place = field(part.value, "in");
	if (name === undefined || name === "") {
		reportAt(context, part, { code: "invalid-parameter", message: "a parameter has no name; it is left out" });
		return undefined;
	}
	const places = context.version === "2.0" ? [...PARAMETER_PLACES, "body", "formData"] : PARAMETER_PLACES;
	if (typeof place === "string" && places.includes(place)) return { name, in: place, part };
	const said = typeof place === "string" ? `"${place}"` : kindOf(place);
	reportAt(context, child(part, "in") ?? part, {
		code: "invalid-parameter",
		message: `the place of parameter "${name}" is ${said} and must be one of ${places.join(", ")}; it is left out`,
		...(typeof place === "string" && hintOf(place, places)),
	});
	return undefined;
}

/**
 * A parameter of OpenAPI 3, its defaults filled in; undefined when it is one that OpenAPI tells to ignore or that
 * cannot be used.
 */
export function normalizeParameter(context: Context, raw: RawParameter): Parameter | undefined {
	const { name, in: place, part } = raw;
	if (!isParameterPlace(place)) return undefined;
	if (isSaidElsewhere(context, raw)) return undefined;
	const content = firstContent(part);
	const carrier = content?.part ?? part;
	const schema = schemaOf(context, child(carrier, "schema"));
	const description = textField(part.value, "description");
	return {
		name,
		in: place,
		required: place === "path" || field(part.value, "required") === true,
		deprecated: field(part.value, "deprecated") === true,
		...(description !== undefined && { description }),
		...serialization(context, part, place),
		...(schema !== undefined && { schema }),
		...(content !== undefined && { mediaType: content.name }),
		examples: normalizeExamples(context, carrier, content !== undefined && isJsonName(content.name)),
		source: part.source,
	};
}

/** Whether it is a header parameter that OpenAPI 3 tells to ignore, which is listed. Nobody means it otherwise in 2.0. */
export function isSaidElsewhere(context: Context, { name, in: place, part }: RawParameter): boolean {
	if (place !== "header" || !SAID_ELSEWHERE.includes(name.toLowerCase())) return false;
	const message = `the header parameter "${name}" is ignored: OpenAPI leaves it to security schemes and media types`;
	reportAt(context, part, { code: "ignored-parameter", message });
	return true;
}

function firstContent(part: Part): { readonly name: string; readonly part: Part } | undefined {
	const content = mapChild(part, "content");
	const name = content === undefined ? undefined : Object.keys(content.value)[0];
	if (content === undefined || name === undefined) return undefined;
	return { name: name.toLowerCase(), part: partAt(content, name, content.value[name]) };
}

type Serialization = Pick<Parameter, "style" | "explode" | "allowReserved" | "allowEmptyValue">;

function serialization(context: Context, part: Part<RawObject>, place: ParameterPlace): Serialization {
	const style = styleOf(context, part, place);
	const explode = field(part.value, "explode");
	return {
		style,
		explode: typeof explode === "boolean" ? explode : defaultExplode(style),
		allowReserved: field(part.value, "allowReserved") === true,
		allowEmptyValue: field(part.value, "allowEmptyValue") === true,
	};
}

function styleOf(context: Context, part: Part<RawObject>, place: ParameterPlace): ParameterStyle {
	const written = child(part, "style");
	const style = written === undefined ? defaultStyle(place) : styleAt(place, written.value);
	if (style !== undefined || written === undefined) return style ?? defaultStyle(place);
	const message = `style ${JSON.stringify(written.value)} is not defined in ${place}; "${defaultStyle(place)}" is used`;
	reportAt(context, written, { code: "invalid-parameter", message });
	return defaultStyle(place);
}

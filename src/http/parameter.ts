import type { Json } from "./exchange.ts";

/**
 * What the wire needs to know of a parameter. `Parameter` of the contract has these fields and more.
 * Styles are those of OpenAPI 3.1, 4.8.12.3, and `cookie` of 3.2.
 */
export interface ParameterForm {
	readonly name: string;
	readonly in: "path" | "query" | "header" | "cookie" | "querystring";
	readonly style: "simple" | "label" | "matrix" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject" | "cookie";
	readonly explode: boolean;
	readonly allowReserved: boolean;
	/** Set when the value is serialized by a media type (`content`) and not by a style. */
	readonly mediaType?: string;
}

/** What a value is made of, so that text can be read back: on the wire, `10` may be a number or a string. */
export type ValueShape =
	| {
			readonly kind: "scalar";
			readonly types: readonly ScalarType[];
			/** What it is where it comes in parts: an object, or a list, or else a plain value. */
			readonly inner?: ValueShape;
	  }
	| { readonly kind: "array"; readonly items: ValueShape }
	| {
			readonly kind: "object";
			readonly properties: Readonly<Record<string, ValueShape>>;
			readonly additional: ValueShape;
	  };

export type ScalarType = "string" | "integer" | "number" | "boolean" | "null";

export const TEXT: ValueShape = { kind: "scalar", types: ["string"] };

export type JsonObject = { readonly [key: string]: Json };

export function isArray(value: Json): value is readonly Json[] {
	return Array.isArray(value);
}

export function isObject(value: Json): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a shape is where its value comes in parts. */
export function shapeInParts(shape: ValueShape): ValueShape {
	return shape.kind === "scalar" && shape.inner !== undefined ? shape.inner : shape;
}

/** The shape of a member; a name like `toString` is no property unless the shape says so. */
export function memberShape(shape: ValueShape & { readonly kind: "object" }, name: string): ValueShape {
	return (Object.hasOwn(shape.properties, name) ? shape.properties[name] : undefined) ?? shape.additional;
}

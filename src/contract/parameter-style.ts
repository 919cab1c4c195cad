import type { ParameterPlace, ParameterStyle } from "./contract.ts";

/** Which styles are defined where (OpenAPI 3.2, Parameter Object, "Style Values"); the first is the default. */
const STYLES: Readonly<Record<ParameterPlace, readonly ParameterStyle[]>> = {
	path: ["simple", "label", "matrix"],
	query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
	header: ["simple"],
	cookie: ["form", "cookie"],
	querystring: ["form"],
};

/** Every place a parameter can have. */
export const PARAMETER_PLACES: readonly string[] = Object.keys(STYLES);

export function isParameterPlace(text: unknown): text is ParameterPlace {
	return typeof text === "string" && PARAMETER_PLACES.includes(text);
}

export function defaultStyle(place: ParameterPlace): ParameterStyle {
	return STYLES[place][0] ?? "form";
}

/** The style when it is one that is defined at this place. */
export function styleAt(place: ParameterPlace, style: unknown): ParameterStyle | undefined {
	return STYLES[place].find((known) => known === style);
}

/** Arrays and objects are exploded by default where the style is `form` or `cookie` (OpenAPI 3.2, Parameter Object). */
export function defaultExplode(style: ParameterStyle): boolean {
	return style === "form" || style === "cookie" || style === "deepObject";
}

/** What a `collectionFormat` of Swagger 2.0 is called since 3.0. Tabs have no style; they are read as spaces. */
export function styleOfCollection(
	format: unknown,
	place: ParameterPlace,
): { readonly style: ParameterStyle; readonly explode: boolean } {
	const plain = defaultStyle(place);
	if (format === "multi") return { style: plain, explode: true };
	if (place !== "query") return { style: plain, explode: false };
	if (format === "ssv" || format === "tsv") return { style: "spaceDelimited", explode: false };
	if (format === "pipes") return { style: "pipeDelimited", explode: false };
	return { style: "form", explode: false };
}

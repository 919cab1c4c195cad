import type { Schema } from "../../schema/schema.ts";

/** How each text and number was made. */
export type Recipes = ReadonlyMap<string | number, Recipe>;

/** How a value was made, so that the same calls can be made with others. */
export type Recipe =
	| { readonly kind: "fresh"; readonly resource: string }
	| { readonly kind: "neighbour"; readonly of: string; readonly alike: number }
	| { readonly kind: "own"; readonly schema: Schema; readonly name: string }
	| { readonly kind: "word"; readonly schema: Schema; readonly name: string }
	| { readonly kind: "formed"; readonly text: string };

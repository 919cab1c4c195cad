import type { Value } from "../../model/value.ts";
import type { Schema } from "../../schema/schema.ts";
import { alike } from "./alike.ts";
import { keyOfOurOwn, type OwnOptions } from "./own-key.ts";
import type { Recipe, Recipes } from "./recipe.ts";

/** How a source of values makes one that is new, and remembers how. */
export interface Minting {
	readonly note: (value: Value | undefined, recipe: Recipe) => Value | undefined;
	readonly mint: (make: () => Value | undefined) => Value | undefined;
	readonly number: () => number;
}

/** Letters that stand in no id of hexadecimal digits. */
const LETTERS = "zw";
/** One that begins with the text, one in another case, one that ends with it. */
const TOLD_APART: ReadonlySet<number> = new Set([0, 4, 5]);

/** Texts that carry the run's marker: two, and those that a careless comparison takes for the first. */
export function createWords(
	options: OwnOptions,
	{ note, mint, number }: Minting,
): (schema: Schema, name: string) => readonly string[] {
	const admits = (schema: Schema, text: string): boolean =>
		options.validation.validate(schema, text, "request").length === 0;
	const word = (schema: Schema, name: string): readonly string[] => {
		const made = mint(() => keyOfOurOwn(options, { schema, name: `${LETTERS}${number()}` }));
		if (typeof made !== "string") return [];
		note(made, { kind: "word", schema, name });
		return [made];
	};
	const like = (schema: Schema, of: string): readonly string[] =>
		alike(of).flatMap((text, index) => {
			if (text === undefined || !TOLD_APART.has(index) || !admits(schema, text)) return [];
			note(text, { kind: "neighbour", of, alike: index });
			return [text];
		});
	return (schema, name) => {
		const first = word(schema, name);
		return [...first, ...word(schema, name), ...first.flatMap((text) => like(schema, text))];
	};
}

/** What is like a word of ours is ours as well. */
export function isWord(recipes: Recipes, value: Value): boolean {
	const recipe = typeof value === "string" ? recipes.get(value) : undefined;
	return recipe?.kind === "word" || (recipe?.kind === "neighbour" && isWord(recipes, recipe.of));
}

import type { Call } from "../../model/call.ts";
import { isObject, isServerValue, type Value } from "../../model/value.ts";
import { alike } from "./alike.ts";
import type { Recipe, Recipes } from "./recipe.ts";
import type { ValueSource } from "./value-source.ts";

/**
 * The same calls with keys and credentials of their own: each is made anew in the way in which it was made, and texts
 * that look alike still do. Undefined when a new one cannot be made.
 */
export function rename(calls: readonly Call[], recipes: Recipes, source: ValueSource): readonly Call[] | undefined {
	const names: Names = new Map();
	for (const name of namesIn(calls)) if (!nameAnew(name, { recipes, source, names })) return undefined;
	return calls.map((call) => replaceNames(call as unknown as Value, names) as unknown as Call);
}

interface Renaming {
	readonly recipes: Recipes;
	readonly source: ValueSource;
	readonly names: Names;
}

type Name = string | number;
type Names = Map<Name, Name>;

function nameAnew(name: Name, renaming: Renaming): boolean {
	const { recipes, names } = renaming;
	const recipe = recipes.get(name);
	if (recipe === undefined || names.has(name)) return true;
	const made = makeAnew(recipe, renaming);
	if (typeof made !== typeof name) return false;
	names.set(name, made as Name);
	return true;
}

function makeAnew(recipe: Recipe, renaming: Renaming): Value | undefined {
	switch (recipe.kind) {
		case "fresh":
			return renaming.source.fresh(recipe.resource);
		case "own":
			return renaming.source.value(recipe.schema, recipe.name, true);
		case "formed":
			return renaming.source.formed(recipe.text);
		case "word":
			return renaming.source.words(recipe.schema, recipe.name)[0];
		case "neighbour": {
			if (!nameAnew(recipe.of, renaming)) return undefined;
			const base = renaming.names.get(recipe.of);
			return typeof base === "string" ? alike(base)[recipe.alike] : undefined;
		}
	}
}

function namesIn(value: unknown): readonly Name[] {
	if (typeof value === "string" || typeof value === "number") return [value];
	if (isServerValue(value)) return [];
	if (Array.isArray(value)) return value.flatMap(namesIn);
	return isObject(value) ? Object.values(value).flatMap(namesIn) : [];
}

function replaceNames(value: Value, names: ReadonlyMap<Name, Name>): Value {
	if (typeof value === "string" || typeof value === "number") return names.get(value) ?? value;
	if (isServerValue(value) || value === null || typeof value !== "object") return value;
	if (Array.isArray(value)) return value.map((item: Value) => replaceNames(item, names));
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaceNames(member, names)]));
}

import type { Call } from "../../model/call.ts";
import { isObject, isServerValue, type Value } from "../../model/value.ts";
import { alike, type Recipe, type ValueSource } from "./value-source.ts";

/**
 * The same calls with keys and credentials of their own: each is made anew in the way in which it was made, and texts
 * that look alike still do. Undefined when a new text cannot be made.
 */
export function rename(
	calls: readonly Call[],
	recipes: ReadonlyMap<string, Recipe>,
	source: ValueSource,
): readonly Call[] | undefined {
	const names = new Map<string, string>();
	for (const text of textsIn(calls)) if (!nameAnew(text, { recipes, source, names })) return undefined;
	return calls.map((call) => replaceTexts(call as unknown as Value, names) as unknown as Call);
}

interface Renaming {
	readonly recipes: ReadonlyMap<string, Recipe>;
	readonly source: ValueSource;
	readonly names: Map<string, string>;
}

function nameAnew(text: string, renaming: Renaming): boolean {
	const { recipes, names } = renaming;
	const recipe = recipes.get(text);
	if (recipe === undefined || names.has(text)) return true;
	const made = makeAnew(recipe, renaming);
	if (typeof made !== "string") return false;
	names.set(text, made);
	return true;
}

function makeAnew(recipe: Recipe, renaming: Renaming): Value | undefined {
	switch (recipe.kind) {
		case "fresh":
			return renaming.source.fresh(recipe.resource);
		case "own":
			return renaming.source.value(recipe.schema, recipe.name, true);
		case "neighbour": {
			if (!nameAnew(recipe.of, renaming)) return undefined;
			const base = renaming.names.get(recipe.of);
			return base === undefined ? undefined : alike(base)[recipe.alike];
		}
	}
}

function textsIn(value: unknown): readonly string[] {
	if (typeof value === "string") return [value];
	if (isServerValue(value)) return [];
	if (Array.isArray(value)) return value.flatMap(textsIn);
	return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

function replaceTexts(value: Value, names: ReadonlyMap<string, string>): Value {
	if (typeof value === "string") return names.get(value) ?? value;
	if (isServerValue(value) || value === null || typeof value !== "object") return value;
	if (Array.isArray(value)) return value.map((item: Value) => replaceTexts(item, names));
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaceTexts(member, names)]));
}
